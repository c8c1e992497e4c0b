package dev.scrip.insight;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which bundles plans should have, for accounts that use what they use and take the cheapest.
///
/// @param plans in any order
/// @param overagePrice of a credit beyond the bundle, on every plan
/// @param costPerCredit what a credit costs us when it is used
/// @param accounts by what they use, the least first
/// @param shareOverMax how many of the accounts on paid plans may use more than their bundle; null
///   for no bound
/// @param marginMin the share of all revenue to keep at least; null for no bound
public record BundleQuestion(
        List<PlanOffer> plans,
        BigDecimal overagePrice,
        BigDecimal costPerCredit,
        List<AccountUse> accounts,
        @Nullable BigDecimal shareOverMax,
        @Nullable BigDecimal marginMin) {

    /// More combinations than this are refused: they would take minutes and fill gigabytes.
    public static final long COMBINATIONS_MAX = 200_000;

    public BundleQuestion {
        plans = List.copyOf(plans);
        accounts =
                accounts.stream()
                        .sorted(
                                Comparator.comparing(AccountUse::credits)
                                        .thenComparing(AccountUse::account))
                        .toList();
        if (plans.isEmpty() || accounts.isEmpty()) {
            throw new IllegalArgumentException(
                    "Bundles are chosen for at least one plan and one account.");
        }
        var seen = new HashSet<String>();
        long combinations = 1;
        for (var plan : plans) {
            if (!seen.add(plan.id())) {
                throw new IllegalArgumentException("The plan " + plan.id() + " is there twice.");
            }
            combinations = Math.min(combinations * plan.included().size(), COMBINATIONS_MAX + 1);
        }
        if (combinations > COMBINATIONS_MAX) {
            throw new IllegalArgumentException(
                    "The plans have more than "
                            + COMBINATIONS_MAX
                            + " combinations of included credits. Give fewer candidates.");
        }
    }
}
