package dev.scrip.pricing;

import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How far adjustments may move a price together.
///
/// @param lowestFactor of the base, below which no stack goes, in (0, 1]; null for no such bound
/// @param highestFactor of the base, above which no stack goes, at least 1; null for no such bound
/// @param minimumCharge the least that a priced call costs, in thousandths of a credit
/// @param costFloor what happens when adjustments would sell a call under its cost
public record AdjustmentLimits(
        @Nullable BigDecimal lowestFactor,
        @Nullable BigDecimal highestFactor,
        Credits minimumCharge,
        CostFloor costFloor) {

    /// No bound but the smallest charge.
    public static final AdjustmentLimits NONE =
            new AdjustmentLimits(null, null, Credits.SMALLEST_CHARGE, CostFloor.NONE);

    /// What happens when adjustments would sell a call under its expected cost. A call whose base
    /// is under its cost already never costs more than its base by this.
    public enum CostFloor {
        NONE,
        /// The price is raised to the cost, up to the next thousandth of a credit.
        RAISE_TO_COST,
        /// The call is not priced.
        REFUSE;

        /// Such as `raise_to_cost`.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public AdjustmentLimits {
        if (lowestFactor != null) {
            PriceEffect.requireFactor(lowestFactor);
            if (lowestFactor.compareTo(BigDecimal.ONE) > 0) {
                throw new IllegalArgumentException(
                        "The lowest factor ("
                                + lowestFactor
                                + ") must be at most 1: a call without adjustments has 1.");
            }
        }
        if (highestFactor != null) {
            PriceEffect.requireFactor(highestFactor);
            if (highestFactor.compareTo(BigDecimal.ONE) < 0) {
                throw new IllegalArgumentException(
                        "The highest factor ("
                                + highestFactor
                                + ") must be at least 1: a call without adjustments has 1.");
            }
        }
        if (!minimumCharge.covers(Credits.SMALLEST_CHARGE) || !minimumCharge.isChargeable()) {
            throw new IllegalArgumentException(
                    "The minimum charge ("
                            + minimumCharge
                            + ") must be at least "
                            + Credits.SMALLEST_CHARGE
                            + " credits, in steps of that.");
        }
    }
}
