package dev.scrip.audit;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.AccountStatus;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.FactId;
import dev.scrip.ledger.GrantCategory;
import dev.scrip.ledger.GrantTerms;
import dev.scrip.ledger.LedgerSettings;
import dev.scrip.pricing.Credits;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// Takes the facts in their order, works out what each must say, and throws a [Mismatch] at the
/// first that says something else.
///
/// The balance of a fact is what is available right after it, at its own time. Two kinds state it
/// otherwise, and are held to that: what happened by itself states the balance of the instant at
/// which it happened, with all grants gone that lapse at that instant; and the last capture of a
/// hold states it with what the release right behind it gives back.
final class FactCheck {

    private static final int PRIORITY_OF_PLANS = 50;

    private final Map<AccountId, AccountBook> accounts = new HashMap<>();
    private final ArrayDeque<FollowUp> followUps = new ArrayDeque<>();
    private final SeenRequests requests;
    private final CorrectionCheck corrections;
    private final BurnCheck burns;
    private long lastSeq;
    private Instant lastAt = Instant.MIN;

    /// @param facts looks up an earlier fact
    FactCheck(LedgerSettings settings, LongFunction<Fact> facts) {
        requests = new SeenRequests(settings);
        corrections = new CorrectionCheck(followUps, facts);
        burns = new BurnCheck(followUps);
    }

    Map<AccountId, AccountBook> accounts() {
        return accounts;
    }

    long lastSeq() {
        return lastSeq;
    }

    void check(Fact fact) {
        Mismatch.unlessEqual(fact, "the number of the fact", lastSeq + 1, fact.seq());
        Mismatch.unless(
                !fact.at().isBefore(lastAt),
                fact,
                "the time of the fact",
                lastAt + " or later",
                fact.at());
        requests.check(fact);
        var followUp = followUps.poll();
        var account = account(fact, followUp);
        Instant as;
        if (followUp != null) {
            Mismatch.unlessEqual(
                    fact,
                    "whom the fact that was decided with the one before is about",
                    followUp.account(),
                    fact.account());
            follow(account, fact, followUp);
            as = followUp.as();
        } else {
            as = asOf(account, fact);
            take(account, fact, as);
        }
        long available =
                Math.addExact(account.available(as), BurnCheck.stillToCome(account, fact, as));
        Mismatch.unlessEqual(fact, "the balance", new Credits(available), fact.balance());
        account.lastSeq = fact.seq();
        lastSeq = fact.seq();
        lastAt = fact.at();
    }

    /// What is decided together is stored together.
    void endBatch(Fact last) {
        Mismatch.unless(
                followUps.isEmpty(),
                last,
                "the fact that was decided with the last of its batch",
                followUps.peek(),
                "nothing");
    }

    private AccountBook account(Fact fact, @Nullable FollowUp followUp) {
        var account = accounts.get(fact.account());
        if (fact instanceof Fact.AccountOpened opened && followUp == null) {
            Mismatch.unless(account == null, fact, "accounts of that name before", "none", "one");
            var created = new AccountBook(opened);
            accounts.put(opened.account(), created);
            return created;
        }
        if (account == null) {
            throw new Mismatch(fact, "the account", "opened before", "unknown");
        }
        return account;
    }

    /// At which instant the fact counts. What was due by then must have happened.
    private static Instant asOf(AccountBook account, Fact fact) {
        var due = account.nextDue();
        var instant =
                switch (fact) {
                    case Fact.Expired expired -> expired.instant();
                    case Fact.PeriodStarted started -> started.start();
                    case Fact.Released released
                            when released.reason() == Fact.ReleaseReason.EXPIRED ->
                            due;
                    default -> null;
                };
        if (instant == null) {
            Mismatch.unless(
                    due.isAfter(fact.at()),
                    fact,
                    "what happens by itself first",
                    "what is due at " + due,
                    "nothing");
            return fact.at();
        }
        Mismatch.unlessEqual(fact, "the instant at which it happened by itself", due, instant);
        Mismatch.unless(
                !instant.isAfter(fact.at()),
                fact,
                "the instant at which it happened by itself",
                fact.at() + " or earlier",
                instant);
        return instant;
    }

    private void take(AccountBook account, Fact fact, Instant as) {
        requireStatus(account, fact);
        switch (fact) {
            case Fact.AccountOpened opened -> open(account, opened);
            case Fact.PeriodStarted started -> startPeriod(account, started);
            case Fact.Granted granted -> {
                Mismatch.unless(
                        granted.request() != null,
                        fact,
                        "who asked for the grant",
                        "a key",
                        "none");
                grant(account, granted);
                expectSettlement(account, granted);
            }
            case Fact.OverageSet set -> account.overageLimit = set.overage().limit().micros();
            case Fact.Settled settled ->
                    throw new Mismatch(settled, "the fact before", "a bought grant", "another");
            case Fact.Charged charged -> BurnCheck.charge(account, charged);
            case Fact.Expired expired -> lapse(account, expired);
            case Fact.Held held -> BurnCheck.hold(account, held);
            case Fact.HoldExtended extended ->
                    BurnCheck.openHold(account, fact, extended.hold()).expires = extended.expires();
            case Fact.Captured captured -> burns.capture(account, captured);
            case Fact.Released released -> {
                Mismatch.unless(
                        released.reason() != Fact.ReleaseReason.CAPTURED,
                        fact,
                        "the fact before",
                        "the last capture of the hold",
                        "another");
                if (released.reason() == Fact.ReleaseReason.EXPIRED) {
                    Mismatch.unlessEqual(
                            fact,
                            "when the hold ends",
                            as,
                            BurnCheck.openHold(account, fact, released.hold()).expires);
                    requireNoLapse(account, fact, as);
                }
                burns.release(account, released, as);
            }
            case Fact.Reversed reversed -> corrections.reverse(account, reversed);
            case Fact.Voided voided -> corrections.voidGrant(account, voided);
            case Fact.StatusChanged changed -> account.status = changed.status();
            case Fact.ReceivablePaid _,
                    Fact.Adjusted _,
                    Fact.PlanChanged _,
                    Fact.PlanChangeScheduled _,
                    Fact.LimitsSet _,
                    Fact.AlertsSet _,
                    Fact.AlertFired _,
                    Fact.AlertRearmed _,
                    Fact.TopUpRuleSet _,
                    Fact.TopUpRequested _,
                    Fact.TopUpFailed _ ->
                    throw new Mismatch(fact, "the kind of the fact", "a checked one", fact.id());
        }
    }

    private static void requireStatus(AccountBook account, Fact fact) {
        boolean allowed =
                switch (fact) {
                    case Fact.Charged _, Fact.Held _ -> account.status == AccountStatus.OPEN;
                    case Fact.AccountOpened _,
                            Fact.PeriodStarted _,
                            Fact.PlanChanged _,
                            Fact.AlertFired _,
                            Fact.AlertRearmed _,
                            Fact.Expired _,
                            Fact.Reversed _ ->
                            true;
                    case Fact.Released released ->
                            released.request() == null || account.status != AccountStatus.CLOSED;
                    case Fact.Granted _,
                            Fact.HoldExtended _,
                            Fact.Captured _,
                            Fact.Voided _,
                            Fact.OverageSet _,
                            Fact.Settled _,
                            Fact.ReceivablePaid _,
                            Fact.Adjusted _,
                            Fact.PlanChangeScheduled _,
                            Fact.LimitsSet _,
                            Fact.AlertsSet _,
                            Fact.TopUpRuleSet _,
                            Fact.TopUpRequested _,
                            Fact.TopUpFailed _,
                            Fact.StatusChanged _ ->
                            account.status != AccountStatus.CLOSED;
                };
        Mismatch.unless(
                allowed, fact, "the account's status", "one that allows it", account.status);
    }

    private void follow(AccountBook account, Fact fact, FollowUp followUp) {
        switch (followUp) {
            case FollowUp.PlanGrant(_, _, var terms) -> {
                var granted = of(Fact.Granted.class, fact, "the plan's grant");
                Mismatch.unlessEqual(fact, "the terms of the plan's grant", terms, granted.terms());
                Mismatch.unless(
                        granted.request() == null,
                        fact,
                        "who asked for the grant",
                        "none",
                        "a key");
                grant(account, granted);
            }
            case FollowUp.Regrant(_, _, var terms) -> {
                var granted = of(Fact.Granted.class, fact, "the grant of what was paid");
                Mismatch.unlessEqual(fact, "the terms of the grant", terms, granted.terms());
                grant(account, granted);
            }
            case FollowUp.Settlement(_, _, var seq, var credits) ->
                    BurnCheck.settle(
                            account, of(Fact.Settled.class, fact, "the settlement"), seq, credits);
            case FollowUp.Release(_, var as, var hold) -> {
                var released = of(Fact.Released.class, fact, "the release of the captured hold");
                Mismatch.unlessEqual(fact, "the hold", hold, released.hold());
                Mismatch.unlessEqual(
                        fact, "the reason", Fact.ReleaseReason.CAPTURED, released.reason());
                burns.release(account, released, as);
            }
            case FollowUp.Lapse(_, _, var draw, var instant, var burned) -> {
                var expired = of(Fact.Expired.class, fact, "the lapse of what cannot go back");
                Mismatch.unlessEqual(
                        fact,
                        "the grant that lapsed",
                        FactId.grant(draw.grant()),
                        FactId.grant(expired.grant()));
                Mismatch.unlessEqual(
                        fact, "the credits that lapsed", draw.credits(), expired.rest());
                Mismatch.unlessEqual(fact, "the instant of the lapse", instant, expired.instant());
                long credits = draw.credits().micros();
                account.lapsed += credits;
                account.burned -= burned ? credits : 0;
            }
        }
    }

    private static <T extends Fact> T of(Class<T> kind, Fact fact, String what) {
        if (kind.isInstance(fact)) {
            return kind.cast(fact);
        }
        throw new Mismatch(fact, "the kind of the fact", what, fact.getClass().getSimpleName());
    }

    private void open(AccountBook account, Fact.AccountOpened opened) {
        Mismatch.unlessEqual(
                opened, "the end of the period", account.periodEnd, opened.periodEnd());
        expectPlanGrant(account, opened, opened.at(), opened.periodEnd());
    }

    private void startPeriod(AccountBook account, Fact.PeriodStarted started) {
        requireNoLapse(account, started, started.start());
        Mismatch.unless(
                !account.hasHoldThatEnds(started.start()),
                started,
                "holds that end when the period does",
                "released first",
                "open");
        int index = account.periodIndex + 1;
        Mismatch.unlessEqual(started, "the number of the period", index, started.index());
        Mismatch.unlessEqual(
                started, "the start of the period", account.periodStart(index), started.start());
        Mismatch.unlessEqual(
                started, "the end of the period", account.periodStart(index + 1), started.end());
        account.periodIndex = index;
        account.periodEnd = started.end();
        expectPlanGrant(account, started, started.start(), started.end());
    }

    private void expectPlanGrant(AccountBook account, Fact fact, Instant start, Instant end) {
        if (!account.plan.included().isZero()) {
            var terms =
                    new GrantTerms(
                            account.plan.included(),
                            PRIORITY_OF_PLANS,
                            GrantCategory.PLAN,
                            start,
                            end,
                            account.plan.costBasis());
            followUps.add(new FollowUp.PlanGrant(fact.account(), start, terms));
        }
    }

    private static void requireNoLapse(AccountBook account, Fact fact, Instant at) {
        Mismatch.unless(
                !account.hasGrantThatLapses(at),
                fact,
                "grants that lapse at the same instant",
                "lapsed first",
                "still there");
    }

    /// Bought credits pay first what is owed.
    private void expectSettlement(AccountBook account, Fact.Granted granted) {
        long paid = Math.min(account.owed, granted.terms().amount().micros());
        var grant = account.grant(granted.seq());
        if (paid > 0
                && granted.terms().category() == GrantCategory.PAID
                && grant != null
                && grant.mayBurn(granted.at())) {
            followUps.add(
                    new FollowUp.Settlement(granted.account(), granted.at(), granted.seq(), paid));
        }
    }

    private static void grant(AccountBook account, Fact.Granted granted) {
        account.add(new GrantBook(granted.seq(), granted.terms()));
        account.granted = Math.addExact(account.granted, granted.terms().amount().micros());
    }

    /// By itself, at its instant.
    private static void lapse(AccountBook account, Fact.Expired expired) {
        var grant = account.grant(expired.grant());
        if (grant == null) {
            throw new Mismatch(
                    expired, "the grant", "one that is there", FactId.grant(expired.grant()));
        }
        Mismatch.unlessEqual(
                expired,
                "when " + FactId.grant(grant.seq) + " lapses",
                grant.expires == null ? "never" : grant.expires,
                expired.instant());
        Mismatch.unlessEqual(
                expired, "the credits that lapsed", new Credits(grant.left), expired.rest());
        account.remove(grant);
        account.lapsed = Math.addExact(account.lapsed, grant.left);
    }
}
