package dev.scrip.ledger;

import dev.scrip.pricing.Credits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What charges take, and from which grants. Like [Ledger#decide], it answers and changes nothing.
final class Charges {

    private Charges() {}

    static Outcome charge(Account asked, Command.Charge charge, long seq, Instant now) {
        var refusal = refuse(asked, charge.usage(), now);
        if (refusal != null) {
            return Outcome.of(refusal);
        }
        var account = asked.payer();
        var usage = charge.usage().ofChild(asked.childName());
        var draws = pay(account, usage.operation(), usage.credits(), now);
        if (draws == null) {
            return Outcome.of(tooFew(account, usage, usage.credits(), now));
        }
        var fact =
                new Fact.Charged(
                        seq,
                        now,
                        account.id,
                        charge.request(),
                        usage,
                        draws,
                        account.available(now).minus(Draw.sum(draws)),
                        account.grants.quota(now),
                        account.periodEnd);
        return Outcome.of(new Reply.Charged(fact, false, rates(asked, usage, true, now)), fact);
    }

    /// Answers whether a call would be taken, by the rules that take it.
    static Outcome estimate(Account asked, Command.Estimate estimate, Instant now) {
        var refusal = refuse(asked, estimate.usage(), now);
        var usage = estimate.usage();
        if (refusal == null
                && pay(asked.payer(), usage.operation(), usage.credits(), now) == null) {
            refusal = tooFew(asked.payer(), usage, usage.credits(), now);
        }
        return Outcome.of(new Reply.Estimated(AccountViews.of(asked, now), refusal));
    }

    /// Why a call is not even to be paid: the child's own reasons first, then its pool's.
    static Reply.@Nullable Refusal refuse(Account asked, RatedUsage usage, Instant now) {
        var refusal = firstRefusal(asked, usage, now);
        return refusal instanceof Reply.RateLimited(var account, var limit, var wait, _)
                ? new Reply.RateLimited(account, limit, wait, rates(asked, usage, false, now))
                : refusal;
    }

    private static Reply.@Nullable Refusal firstRefusal(
            Account asked, RatedUsage usage, Instant now) {
        var pool = asked.pool;
        if (pool == null) {
            return refuse(asked, usage, null, now);
        }
        var refusal = refuse(asked, usage, asked.childName(), now);
        return refusal == null ? refuse(pool, usage, null, now) : refusal;
    }

    /// What is left of the rates of an account, and of its pool, that a call is about.
    ///
    /// @param counted whether the call is still to be counted
    private static List<RateLeft> rates(
            Account asked, RatedUsage usage, boolean counted, Instant now) {
        if (asked.limits == null && asked.payer().limits == null) {
            return List.of();
        }
        var rates = new ArrayList<RateLeft>();
        for (var account : asked.pool == null ? List.of(asked) : List.of(asked, asked.pool)) {
            if (account.limits != null) {
                account.limits.addRates(rates, account.id, usage, counted, now);
            }
        }
        return List.copyOf(rates);
    }

    private static Reply.@Nullable Refusal refuse(
            Account account, RatedUsage usage, @Nullable String child, Instant now) {
        if (account.status != AccountStatus.OPEN) {
            return new Reply.AccountNotOpen(account.id, account.status);
        }
        var limits = account.limits;
        return limits == null
                ? null
                : limits.refuse(account, usage, account.payer().holdsOf(child), now);
    }

    static Reply.TooFewCredits tooFew(
            Account account, RatedUsage usage, Credits required, Instant now) {
        return new Reply.TooFewCredits(
                account.id,
                required,
                account.grants.payable(usage.operation(), now),
                account.grants.quota(now),
                account.periodEnd);
    }

    /// The grants that pay for something now. What they do not pay is owed; null when the account
    /// may not owe so much.
    static @Nullable List<Draw> pay(Account account, String operation, Credits price, Instant now) {
        var payable = account.grants.payable(operation, now);
        if (payable.covers(price)) {
            return account.grants.draws(price, operation, now);
        }
        return account.overage.allows(price.minus(payable), account.receivable)
                ? account.grants.draws(payable, operation, now)
                : null;
    }
}
