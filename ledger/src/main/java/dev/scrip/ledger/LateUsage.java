package dev.scrip.ledger;

import dev.scrip.pricing.Credits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which grants pay for usage that arrives after it happened: those that were in effect then, also
/// when they have lapsed since, in the burn order of the account's plan. What took effect later
/// does not pay, unless it is what they rolled over into.
///
/// Usage from [LedgerSettings#LATE_MAX] ago or before has no such choice: what lapsed is forgotten
/// by then, and what the account has pays, as it does for usage that claims to be from the future.
final class LateUsage {

    private LateUsage() {}

    /// When the usage happened, if that decides which grants pay; null when they are today's.
    static @Nullable Instant usedAt(RatedUsage usage, Instant now) {
        var usedAt = usage.usedAt();
        return usedAt != null
                        && usedAt.isBefore(now)
                        && usedAt.plus(LedgerSettings.LATE_MAX).isAfter(now)
                ? usedAt
                : null;
    }

    /// The grants that pay, in burn order; less than asked when they have too little.
    static List<Draw> draws(Account account, String operation, Credits price, Instant usedAt) {
        var lapsed = account.lapsed.live(usedAt);
        if (lapsed.isEmpty()) {
            var payable = account.grants.payable(operation, usedAt);
            return account.grants.draws(payable.min(price), operation, usedAt);
        }
        for (var grant : account.grants) {
            if (grant.isLive(usedAt) || account.lapsed.rolledInto(grant, usedAt)) {
                lapsed.add(grant);
            }
        }
        lapsed.sort(account.plan.burnOrder().comparator());
        return draws(lapsed, operation, price);
    }

    private static List<Draw> draws(List<Grant> grants, String operation, Credits price) {
        var rest = price;
        var draws = new ArrayList<Draw>(1);
        for (var grant : grants) {
            var taken = grant.terms.paysFor(operation) ? rest.min(grant.remaining()) : Credits.ZERO;
            if (taken.isPositive()) {
                rest = rest.minus(taken);
                draws.add(
                        new Draw(grant.seq, taken, grant.terms.expires(), grant.terms.costBasis()));
            }
        }
        return draws;
    }
}
