package dev.scrip.ledger;

import dev.scrip.pricing.Credits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// How accounts come by credits: when they are opened, by their plan, and by grants. Like
/// [Ledger#decide], it answers and changes nothing.
final class Deposits {

    private Deposits() {}

    static Outcome grant(Account account, Command.GrantCredits grant, long seq, Instant now) {
        if (overflows(account, grant.terms().amount())) {
            return Outcome.of(new Reply.BalanceOverflow(account.id, account.available(now)));
        }
        var terms = grant.terms();
        var balance = account.available(now);
        if (terms.isLive(now)) {
            balance = balance.plus(terms.amount());
        }
        var fact = new Fact.Granted(seq, now, account.id, grant.request(), terms, balance);
        var reply = new Reply.Granted(fact, false);
        var settled = account.receivable.min(terms.amount());
        if (terms.category() != GrantCategory.PAID || !terms.isLive(now) || settled.isZero()) {
            return Outcome.of(reply, fact);
        }
        var settlement =
                new Fact.Settled(seq + 1, now, account.id, seq, settled, balance.minus(settled));
        return new Outcome.Decided(reply, List.of(fact, settlement));
    }

    /// True when all grants together, those not yet in effect included, would leave the range.
    private static boolean overflows(Account account, Credits amount) {
        long sum = amount.micros();
        // Half the range, so that the grants of later periods cannot reach its end either.
        long limit = Long.MAX_VALUE / 2;
        for (var grant : account.grants) {
            sum += grant.terms.amount().micros();
            if (sum < 0 || sum > limit) {
                return true;
            }
        }
        return sum > limit;
    }

    static Outcome open(Command.OpenAccount open, long seq, Instant now) {
        var id = open.account();
        var end = Account.periodEnd(now, open.zone(), 0);
        var opened =
                new Fact.AccountOpened(seq, now, id, open.request(), open.plan(), open.zone(), end);
        var facts = new ArrayList<Fact>(2);
        facts.add(opened);
        addPlanGrant(facts, seq + 1, now, id, open.plan(), now, end, Credits.ZERO);
        return new Outcome.Decided(new Reply.Opened(opened, false), facts);
    }

    static void addPlanGrant(
            List<Fact> facts,
            long seq,
            Instant now,
            AccountId id,
            PlanTerms plan,
            Instant start,
            Instant end,
            Credits balance) {
        if (plan.included().isZero()) {
            return;
        }
        var terms =
                new GrantTerms(
                        plan.included(),
                        GrantTerms.PRIORITY_DEFAULT,
                        GrantCategory.PLAN,
                        start,
                        end,
                        plan.costBasis());
        facts.add(new Fact.Granted(seq, now, id, null, terms, balance.plus(plan.included())));
    }
}
