package dev.scrip.audit;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.AccountStatus;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.FactId;
import dev.scrip.ledger.GrantCategory;
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

    private final Map<AccountId, AccountBook> accounts = new HashMap<>();
    private final ArrayDeque<FollowUp> followUps = new ArrayDeque<>();
    private final SeenRequests requests;
    private final CorrectionCheck corrections;
    private final BurnCheck burns = new BurnCheck(followUps);
    private final GrantCheck grants = new GrantCheck(followUps);
    private final PlanCheck plans = new PlanCheck(followUps);
    private final DueCheck due = new DueCheck();

    private long lastSeq;
    private Instant lastAt = Instant.MIN;

    /// @param facts looks up an earlier fact
    FactCheck(LedgerSettings settings, LongFunction<Fact> facts) {
        requests = new SeenRequests(settings);
        corrections = new CorrectionCheck(followUps, facts);
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
        } else if (grants.isBonus(fact) && fact instanceof Fact.Granted bonus) {
            grants.bonus(account, bonus);
            as = fact.at();
        } else {
            grants.forgetPurchase();
            due.requireNothing(account.payer(), fact);
            as = DueCheck.asOf(account.payer(), fact);
            take(account, fact, as);
        }
        requireBalance(account, fact, as);
        lastSeq = fact.seq();
        lastAt = fact.at();
    }

    private static void requireBalance(AccountBook account, Fact fact, Instant as) {
        // A child has nothing when it is opened, whatever its pool has.
        long available =
                fact instanceof Fact.AccountOpened
                        ? 0
                        : Math.addExact(
                                account.payer().available(as),
                                BurnCheck.stillToCome(account, fact, as));
        Mismatch.unlessEqual(fact, "the balance", new Credits(available), fact.balance());
    }

    /// What is decided together is stored together.
    void endBatch(Fact last) {
        Mismatch.unless(
                followUps.isEmpty(),
                last,
                "the fact that was decided with the last of its batch",
                followUps.peek(),
                "nothing");
        grants.forgetPurchase();
        due.endBatch(last);
    }

    private AccountBook account(Fact fact, @Nullable FollowUp followUp) {
        var account = accounts.get(fact.account());
        if (fact instanceof Fact.AccountOpened opened && followUp == null) {
            Mismatch.unless(account == null, fact, "accounts of that name before", "none", "one");
            var pool = opened.pool();
            var created = new AccountBook(opened, pool == null ? null : known(fact, pool));
            accounts.put(opened.account(), created);
            return created;
        }
        return account == null ? known(fact, fact.account()) : account;
    }

    private AccountBook known(Fact fact, AccountId id) {
        var account = accounts.get(id);
        if (account == null) {
            throw new Mismatch(fact, "account " + id, "opened before", "unknown");
        }
        return account;
    }

    /// The child whose call it is; null when the account made it itself.
    private @Nullable AccountBook child(AccountBook account, Fact fact) {
        var id = Caller.child(fact);
        if (id == null) {
            return null;
        }
        var child = known(fact, id);
        Mismatch.unless(
                child.pool == account,
                fact,
                "the account that pays for " + id,
                child.pool == null ? "itself" : child.pool.id,
                account.id);
        return child;
    }

    private void take(AccountBook account, Fact fact, Instant as) {
        var child = child(account, fact);
        requireStatus(account, fact);
        requireAllowed(account, child, fact);
        switch (fact) {
            case Fact.AccountOpened opened -> plans.open(account, opened);
            case Fact.PeriodStarted started -> plans.startPeriod(account, started);
            case Fact.PlanChanged changed -> plans.change(account, changed);
            case Fact.PlanChangeScheduled scheduled -> PlanCheck.schedule(account, scheduled);
            case Fact.Granted granted -> grants.asked(account, granted);
            case Fact.OverageSet set -> account.overage = set.overage();
            case Fact.Settled settled ->
                    throw new Mismatch(settled, "the fact before", "a bought grant", "another");
            case Fact.ReceivablePaid paid -> CorrectionCheck.pay(account, paid);
            case Fact.Charged charged -> burns.charge(account, child, charged);
            case Fact.Expired expired -> lapse(account, expired);
            case Fact.Held held -> BurnCheck.hold(account, child, held);
            case Fact.HoldExtended extended ->
                    BurnCheck.openHold(account, fact, extended.hold()).expires = extended.expires();
            case Fact.Captured captured -> burns.capture(account, child, captured);
            case Fact.Released released -> release(account, released, as);
            case Fact.Reversed reversed -> corrections.reverse(account, reversed);
            case Fact.Voided voided -> {
                Mismatch.unless(
                        voided.request() != null, fact, "who asked for it", "a key", "none");
                corrections.voidGrant(account, voided);
            }
            case Fact.Adjusted adjusted -> CorrectionCheck.adjust(account, adjusted);
            case Fact.CommitmentSet _ -> {}
            case Fact.StatusChanged changed -> account.status = changed.status();
            case Fact.LimitsSet set -> account.limits = account.limits.with(set.limits());
            case Fact.AlertsSet set -> account.set(set.alerts());
            case Fact.AlertFired fired -> WatchCheck.fired(account, fired);
            case Fact.AlertRearmed rearmed -> WatchCheck.rearmed(account, rearmed);
            case Fact.TopUpRuleSet set -> account.set(set.rule());
            case Fact.TopUpRequested requested -> WatchCheck.topUp(account, requested);
            case Fact.TopUpFailed failed -> GrantCheck.open(account, fact, failed.topUp()).fail();
        }
    }

    private void release(AccountBook account, Fact.Released released, Instant as) {
        Mismatch.unless(
                released.reason() != Fact.ReleaseReason.CAPTURED,
                released,
                "the fact before",
                "the last capture of the hold",
                "another");
        if (released.reason() == Fact.ReleaseReason.EXPIRED) {
            Mismatch.unlessEqual(
                    released,
                    "when the hold ends",
                    as,
                    BurnCheck.openHold(account, released, released.hold()).expires);
            PlanCheck.requireNoLapse(account, released, as);
        }
        burns.release(account, released, as);
    }

    /// A child is charged through its pool, and only while both are open. Of its own it has a
    /// status and limits.
    private static void requireAllowed(
            AccountBook account, @Nullable AccountBook child, Fact fact) {
        if (account.pool != null) {
            boolean ofItsOwn = fact instanceof Fact.StatusChanged || fact instanceof Fact.LimitsSet;
            boolean poolClosed = account.pool.status == AccountStatus.CLOSED;
            Mismatch.unless(
                    fact instanceof Fact.AccountOpened || (ofItsOwn && !poolClosed),
                    fact,
                    "what is decided of a child of its own",
                    "its status and limits, while its pool is not closed",
                    fact.getClass().getSimpleName());
        }
        if (child != null && (fact instanceof Fact.Charged || fact instanceof Fact.Held)) {
            Mismatch.unlessEqual(
                    fact, "the status of " + child.id, AccountStatus.OPEN, child.status);
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
                            Fact.Reversed _,
                            Fact.TopUpFailed _ ->
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
                            Fact.CommitmentSet _,
                            Fact.TopUpRuleSet _,
                            Fact.TopUpRequested _,
                            Fact.StatusChanged _ ->
                            account.status != AccountStatus.CLOSED;
                };
        Mismatch.unless(
                allowed, fact, "the account's status", "one that allows it", account.status);
    }

    private void follow(AccountBook account, Fact fact, FollowUp followUp) {
        switch (followUp) {
            case FollowUp.PlanGrant expected ->
                    grants.planGrant(
                            account, of(Fact.Granted.class, fact, "the plan's grant"), expected);
            case FollowUp.PlanVoid(_, _, var grant) -> {
                var voided = of(Fact.Voided.class, fact, "the end of a grant of the plan before");
                Mismatch.unlessEqual(
                        fact,
                        "the grant that ends with its plan",
                        FactId.grant(grant),
                        FactId.grant(voided.grant()));
                Mismatch.unless(
                        voided.request() == null, fact, "who asked for it", "none", "a key");
                corrections.voidGrant(account, voided);
            }
            case FollowUp.Regrant expected ->
                    grants.regrant(
                            account,
                            of(Fact.Granted.class, fact, "the grant of what was paid"),
                            expected);
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
                account.lapsedLately.add(draw.grant(), credits);
            }
        }
    }

    private static <T extends Fact> T of(Class<T> kind, Fact fact, String what) {
        if (kind.isInstance(fact)) {
            return kind.cast(fact);
        }
        throw new Mismatch(fact, "the kind of the fact", what, fact.getClass().getSimpleName());
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
        if (grant.category == GrantCategory.PLAN) {
            account.lapseOfPlan(grant.left, expired.instant());
        }
        account.remove(grant);
        account.lapsedLately.add(grant, expired.at());
        account.lapsed = Math.addExact(account.lapsed, grant.left);
    }
}
