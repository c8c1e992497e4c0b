package dev.scrip.pricing;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is known of an operation before it has a price.
///
/// @param operation such as `image.resize`
/// @param title what a customer reads beside it
/// @param monthlyCalls how often it is called, which weights averages; null when unknown
/// @param valueMultiplier how much more a call is worth than its cost ratio says; 1 when nothing
///   speaks for it, at most [#MULTIPLIER_MAX]
/// @param valueReason why, in words a customer may read; empty when the multiplier is 1
/// @param pinned credits set by hand; zero makes the operation free; null to have them designed
/// @param marginFloor share of list revenue to keep at least; null for the table's own
/// @param unit for how much of what the cost and the credits are; null when they are for a call
public record OperationDesign(
        String operation,
        String title,
        OperationCost cost,
        @Nullable Long monthlyCalls,
        BigDecimal valueMultiplier,
        String valueReason,
        List<Competitor> competitors,
        @Nullable Credits pinned,
        @Nullable BigDecimal marginFloor,
        @Nullable PriceUnit unit) {

    public static final BigDecimal MULTIPLIER_MAX = new BigDecimal("1000");

    /// One whose cost and credits are for a call.
    public OperationDesign(
            String operation,
            String title,
            OperationCost cost,
            @Nullable Long monthlyCalls,
            BigDecimal valueMultiplier,
            String valueReason,
            List<Competitor> competitors,
            @Nullable Credits pinned,
            @Nullable BigDecimal marginFloor) {
        this(
                operation,
                title,
                cost,
                monthlyCalls,
                valueMultiplier,
                valueReason,
                competitors,
                pinned,
                marginFloor,
                null);
    }

    public OperationDesign {
        competitors = List.copyOf(competitors);
        if (valueMultiplier.signum() <= 0 || valueMultiplier.compareTo(MULTIPLIER_MAX) > 0) {
            throw new IllegalArgumentException(
                    "The value multiplier ("
                            + valueMultiplier
                            + ") of "
                            + operation
                            + " must be greater than 0 and at most "
                            + MULTIPLIER_MAX
                            + ". Maybe the operation is meant to be free.");
        }
        if (monthlyCalls != null && monthlyCalls < 0) {
            throw new IllegalArgumentException(
                    "The monthly calls ("
                            + monthlyCalls
                            + ") of "
                            + operation
                            + " must not be negative.");
        }
        if (pinned != null && pinned.micros() < 0) {
            throw new IllegalArgumentException(
                    "The credits (" + pinned + ") of " + operation + " must not be negative.");
        }
        if (marginFloor != null) {
            DesignBrief.checkShare("margin floor", marginFloor);
        }
    }

    /// An operation of which only the cost is known.
    public static OperationDesign of(String operation, String title, OperationCost cost) {
        return new OperationDesign(
                operation, title, cost, null, BigDecimal.ONE, "", List.of(), null, null);
    }

    public OperationDesign withCost(OperationCost other) {
        return new OperationDesign(
                operation,
                title,
                other,
                monthlyCalls,
                valueMultiplier,
                valueReason,
                competitors,
                pinned,
                marginFloor,
                unit);
    }

    public OperationDesign withMonthlyCalls(long calls) {
        return new OperationDesign(
                operation,
                title,
                cost,
                calls,
                valueMultiplier,
                valueReason,
                competitors,
                pinned,
                marginFloor,
                unit);
    }

    public OperationDesign withPinned(Credits credits) {
        return new OperationDesign(
                operation,
                title,
                cost,
                monthlyCalls,
                valueMultiplier,
                valueReason,
                competitors,
                credits,
                marginFloor,
                unit);
    }

    boolean isPinnedFree() {
        return pinned != null && pinned.isZero();
    }
}
