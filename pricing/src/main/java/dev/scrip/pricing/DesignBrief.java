package dev.scrip.pricing;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a credit table is to be designed from.
///
/// @param currency ISO 4217; every amount of the brief is in it
/// @param baseOperation the operation that others are measured by; null for the cheapest common one
/// @param baseCredits what a call of it costs before multipliers, usually 1
/// @param marginFloor share of list revenue every operation must keep, in [0, 1)
/// @param plans what is sold on the table, by id; may be empty
/// @param burnPreference which credits accounts use first
/// @param adjustments what is to move prices by the circumstances of a call
public record DesignBrief(
        String currency,
        CostRates costRates,
        Ladder ladder,
        List<OperationDesign> operations,
        @Nullable String baseOperation,
        BigDecimal baseCredits,
        CreditPricing creditPricing,
        BigDecimal marginFloor,
        SortedMap<String, Plan> plans,
        BurnPreference burnPreference,
        Adjustments adjustments) {

    /// One by which the credits are used first that expire first.
    public DesignBrief(
            String currency,
            CostRates costRates,
            Ladder ladder,
            List<OperationDesign> operations,
            @Nullable String baseOperation,
            BigDecimal baseCredits,
            CreditPricing creditPricing,
            BigDecimal marginFloor,
            SortedMap<String, Plan> plans) {
        this(
                currency,
                costRates,
                ladder,
                operations,
                baseOperation,
                baseCredits,
                creditPricing,
                marginFloor,
                plans,
                BurnPreference.EXPIRY_FIRST,
                Adjustments.NONE);
    }

    public DesignBrief {
        operations = List.copyOf(operations);
        plans = Collections.unmodifiableSortedMap(new TreeMap<>(plans));
        if (operations.isEmpty()) {
            throw new IllegalArgumentException("A credit table needs at least one operation.");
        }
        if (baseCredits.signum() <= 0) {
            throw new IllegalArgumentException(
                    "The base credits (" + baseCredits + ") must be greater than 0.");
        }
        checkShare("margin floor", marginFloor);
        var seen = new HashSet<String>();
        for (var operation : operations) {
            if (!seen.add(operation.operation())) {
                throw new IllegalArgumentException(
                        "The operation (" + operation.operation() + ") is there twice.");
            }
        }
        if (baseOperation != null && !seen.contains(baseOperation)) {
            throw new IllegalArgumentException(
                    "The base operation ("
                            + baseOperation
                            + ") is none of the operations: "
                            + String.join(
                                    ", ",
                                    operations.stream().map(OperationDesign::operation).toList())
                            + ".");
        }
    }

    /// Whether an operation's credits were set to nothing by hand.
    boolean isMeantFree(String operation) {
        return operations.stream()
                .anyMatch(design -> design.operation().equals(operation) && design.isPinnedFree());
    }

    static void checkShare(String name, BigDecimal share) {
        if (share.signum() < 0 || share.compareTo(BigDecimal.ONE) >= 0) {
            throw new IllegalArgumentException(
                    "The "
                            + name
                            + " ("
                            + share
                            + ") must be in [0, 1). Maybe it is meant as a percentage.");
        }
    }
}
