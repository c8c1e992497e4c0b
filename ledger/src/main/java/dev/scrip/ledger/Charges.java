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
        var payment = pay(account, usage, now);
        if (payment.refusal() != null) {
            return Outcome.of(payment.refusal());
        }
        var draws = payment.draws();
        var fact =
                new Fact.Charged(
                        seq,
                        now,
                        account.id,
                        charge.request(),
                        usage,
                        draws,
                        account.available(now).minus(Draw.sumOfLive(draws, now)),
                        account.grants.quota(now),
                        account.periodEnd);
        return Outcome.of(new Reply.Charged(fact, false, rates(asked, usage, true, now)), fact);
    }

    /// Answers whether a call would be taken, by the rules that take it.
    static Outcome estimate(Account asked, Command.Estimate estimate, Instant now) {
        var refusal = refuse(asked, estimate.usage(), now);
        if (refusal == null) {
            refusal = pay(asked.payer(), estimate.usage(), now).refusal();
        }
        return Outcome.of(new Reply.Estimated(AccountViews.of(asked, now), refusal));
    }

    /// Why a call is not even to be paid: the child's own reasons first, then its pool's.
    static Reply.@Nullable Refusal refuse(Account asked, RatedUsage usage, Instant now) {
        var refusal = firstRefusal(asked, usage, now);
        return refusal
                        instanceof
                        Reply.RateLimited(
                                var account,
                                var limit,
                                var required,
                                var left,
                                var wait,
                                _)
                ? new Reply.RateLimited(
                        account, limit, required, left, wait, rates(asked, usage, false, now))
                : refusal;
    }

    private static Reply.@Nullable Refusal firstRefusal(
            Account asked, RatedUsage usage, Instant now) {
        var refusal = refuseBy(asked, usage, now);
        return refusal == null && asked.pool != null ? refuseBy(asked.pool, usage, now) : refusal;
    }

    /// What is left of the rates of an account, and of its pool, that a call is about.
    ///
    /// @param counted whether the call is still to be counted
    static List<RateLeft> rates(Account asked, RatedUsage usage, boolean counted, Instant now) {
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

    private static Reply.@Nullable Refusal refuseBy(
            Account account, RatedUsage usage, Instant now) {
        if (account.status != AccountStatus.OPEN) {
            return new Reply.AccountNotOpen(account.id, account.status);
        }
        var limits = account.limits;
        return limits == null ? null : limits.refuse(account, usage, now);
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

    /// The grants that pay for a call, by when it happened; otherwise why none do.
    private static Payment pay(Account account, RatedUsage usage, Instant now) {
        var price = usage.credits();
        var late = LateUsage.usedAt(usage, now);
        if (late == null) {
            var draws = pay(account, usage.operation(), price, now);
            return draws == null
                    ? new Payment(List.of(), tooFew(account, usage, price, now))
                    : new Payment(draws, null);
        }
        var draws = LateUsage.draws(account, usage.operation(), price, late);
        var payable = Draw.sum(draws);
        return mayOwe(account, price.minus(payable))
                ? new Payment(draws, null)
                : new Payment(
                        List.of(),
                        new Reply.TooFewCredits(
                                account.id,
                                price,
                                payable,
                                account.grants.quota(now),
                                account.periodEnd,
                                late));
    }

    /// @param refusal null when the draws pay, with what may be owed
    private record Payment(List<Draw> draws, Reply.@Nullable TooFewCredits refusal) {}

    /// The grants that pay for something now. What they do not pay is owed; null when the account
    /// may not owe so much.
    static @Nullable List<Draw> pay(Account account, String operation, Credits price, Instant now) {
        var payable = account.grants.payable(operation, now).min(price);
        return mayOwe(account, price.minus(payable))
                ? account.grants.draws(payable, operation, now)
                : null;
    }

    private static boolean mayOwe(Account account, Credits credits) {
        return credits.isZero() || account.overage.allows(credits, account.receivable());
    }
}
