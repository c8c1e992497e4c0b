package dev.scrip.ledger;

import dev.scrip.pricing.Credits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How accounts come by credits: when they are opened, by their plan, by grants and top-ups. Like
/// [Ledger#decide], it answers and changes nothing.
final class Deposits {

    private Deposits() {}

    static Outcome grant(Account account, Command.GrantCredits asked, long seq, Instant now) {
        var bonus = asked.bonus();
        var total =
                bonus == null
                        ? asked.terms().amount()
                        : plus(asked.terms().amount(), bonus.amount());
        if (total == null || overflows(account, total)) {
            return Outcome.of(new Reply.BalanceOverflow(account.id, account.available(now)));
        }
        var facts = new ArrayList<Fact>(1);
        var granted =
                grant(facts, account, asked.terms(), asked.origin(), asked.request(), seq, now);
        if (bonus != null) {
            var origin = GrantOrigin.causedBy(GrantOrigin.Kind.BONUS, seq);
            var balance = added(facts.getLast().balance(), bonus, now);
            facts.add(
                    new Fact.Granted(
                            seq + facts.size(), now, account.id, null, bonus, origin, balance));
        }
        return new Outcome.Decided(new Reply.Granted(granted, false), facts);
    }

    /// Adds a grant, and what it pays at once of what is owed.
    private static Fact.Granted grant(
            List<Fact> facts,
            Account account,
            GrantTerms terms,
            GrantOrigin origin,
            @Nullable RequestKey request,
            long seq,
            Instant now) {
        var balance = added(account.available(now), terms, now);
        var granted = new Fact.Granted(seq, now, account.id, request, terms, origin, balance);
        facts.add(granted);
        var settled = account.receivable().min(terms.amount());
        if (account.overage.payment() == Overage.Payment.FROM_PURCHASES
                && terms.category() == GrantCategory.PAID
                && terms.isLive(now)
                && settled.isPositive()) {
            facts.add(
                    new Fact.Settled(
                            seq + 1, now, account.id, seq, settled, balance.minus(settled)));
        }
        return granted;
    }

    private static Credits added(Credits balance, GrantTerms terms, Instant now) {
        return terms.isLive(now) ? balance.plus(terms.amount()) : balance;
    }

    private static @Nullable Credits plus(Credits a, Credits b) {
        return a.micros() > Long.MAX_VALUE - b.micros() ? null : a.plus(b);
    }

    /// True when all grants together, those not yet in effect included, would leave the range.
    private static boolean overflows(Account account, Credits amount) {
        // Half the range, so that the grants of later periods cannot reach its end either.
        long limit = Long.MAX_VALUE / 2;
        return amount.micros() > limit - account.grants.amounts().micros();
    }

    static Outcome open(Command.OpenAccount open, long seq, Instant now) {
        var id = open.account();
        var end = open.plan().periodEnd(now, open.zone(), 0);
        var opened =
                new Fact.AccountOpened(
                        seq, now, id, open.request(), open.plan(), open.zone(), end, null);
        var facts = new ArrayList<Fact>(2);
        facts.add(opened);
        addPlanGrant(facts, id, open.plan(), GrantOrigin.PLAN, open.plan().included(), now, end);
        return new Outcome.Decided(new Reply.Opened(opened, false), facts);
    }

    static Outcome openChild(Command.OpenChild open, Account pool, long seq, Instant now) {
        var opened =
                new Fact.AccountOpened(
                        seq,
                        now,
                        open.account(),
                        open.request(),
                        pool.plan.ofChild(),
                        pool.zone,
                        pool.periodEnd,
                        pool.id);
        return Outcome.of(new Reply.Opened(opened, false), opened);
    }

    /// Adds credits that a plan grants for a period, right after the facts there are; none for
    /// none.
    static void addPlanGrant(
            List<Fact> facts,
            AccountId id,
            PlanTerms plan,
            GrantOrigin origin,
            Credits credits,
            Instant start,
            Instant end) {
        if (credits.isZero()) {
            return;
        }
        var last = facts.getLast();
        var terms =
                new GrantTerms(
                        credits,
                        GrantTerms.PRIORITY_DEFAULT,
                        GrantCategory.PLAN,
                        start,
                        end,
                        plan.costBasis());
        facts.add(
                new Fact.Granted(
                        last.seq() + 1,
                        last.at(),
                        id,
                        null,
                        terms,
                        origin,
                        last.balance().plus(credits)));
    }

    static Outcome confirmTopUp(
            Account account, Command.ConfirmTopUp asked, long seq, Instant now) {
        var topUps = account.openTopUp(asked.topUp());
        if (topUps == null) {
            return Outcome.of(new Reply.TopUpNotOpen(account.id, asked.topUp()));
        }
        if (overflows(account, topUps.openCredits)
                || !GrantTerms.isWorthCountable(topUps.openCredits, asked.costBasis())) {
            return Outcome.of(new Reply.BalanceOverflow(account.id, account.available(now)));
        }
        var life = asked.life();
        var terms =
                new GrantTerms(
                        topUps.openCredits,
                        GrantTerms.PRIORITY_DEFAULT,
                        GrantCategory.PAID,
                        now,
                        life == null ? null : now.plus(life),
                        asked.costBasis());
        var origin = GrantOrigin.causedBy(GrantOrigin.Kind.TOP_UP, asked.topUp());
        var facts = new ArrayList<Fact>(1);
        var granted = grant(facts, account, terms, origin, asked.request(), seq, now);
        return new Outcome.Decided(new Reply.Granted(granted, false), facts);
    }

    static Outcome failTopUp(Account account, Command.FailTopUp asked, long seq, Instant now) {
        var topUps = account.openTopUp(asked.topUp());
        if (topUps == null) {
            return Outcome.of(new Reply.TopUpNotOpen(account.id, asked.topUp()));
        }
        var fact =
                new Fact.TopUpFailed(
                        seq,
                        now,
                        account.id,
                        asked.request(),
                        asked.topUp(),
                        asked.reason(),
                        account.available(now));
        return Outcome.of(new Reply.Done(fact, false), fact);
    }
}
