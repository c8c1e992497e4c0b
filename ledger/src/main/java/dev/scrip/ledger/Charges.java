package dev.scrip.ledger;

import dev.scrip.pricing.Credits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What charges take, and from which grants. Like [Ledger#decide], it answers and changes nothing.
final class Charges {

    private Charges() {}

    static Outcome charge(Account account, Command.Charge charge, long seq, Instant now) {
        if (account.status != AccountStatus.OPEN) {
            return Outcome.of(new Reply.AccountNotOpen(account.id, account.status));
        }
        var available = account.available(now);
        var quota = account.quota(now);
        var price = charge.usage().credits();
        var draws = pay(account, price, available, now);
        if (draws == null) {
            return Outcome.of(
                    new Reply.TooFewCredits(
                            account.id, price, available, quota, account.periodEnd));
        }
        var fact =
                new Fact.Charged(
                        seq,
                        now,
                        account.id,
                        charge.request(),
                        charge.usage(),
                        draws,
                        available.minus(Draw.sum(draws)),
                        quota,
                        account.periodEnd);
        return Outcome.of(new Reply.Charged(fact, false), fact);
    }

    /// The grants that pay for something now. What they do not pay is owed; null when the account
    /// may not owe so much.
    static @Nullable List<Draw> pay(
            Account account, Credits price, Credits available, Instant now) {
        if (available.covers(price)) {
            return draws(account, price, now);
        }
        return account.overage.allows(price.minus(available), account.receivable)
                ? draws(account, available, now)
                : null;
    }

    /// The grants that pay for something now, in burn order. What is available must cover it.
    static List<Draw> draws(Account account, Credits price, Instant now) {
        var rest = price;
        var draws = new ArrayList<Draw>(1);
        for (var grant : account.grants) {
            if (rest.isZero()) {
                break;
            }
            if (grant.remaining.isZero() || !grant.isEffective(now) || grant.isExpired(now)) {
                continue;
            }
            var taken = rest.min(grant.remaining);
            rest = rest.minus(taken);
            draws.add(new Draw(grant.seq, taken, grant.terms.expires(), grant.terms.costBasis()));
        }
        return draws;
    }
}
