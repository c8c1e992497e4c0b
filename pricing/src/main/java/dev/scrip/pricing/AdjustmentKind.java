package dev.scrip.pricing;

import java.util.Locale;

/// What put a factor or a bound on a price. The words are stable.
public enum AdjustmentKind {
    OFF_PEAK,
    LOAD,
    COMMITMENT,
    VOLUME,
    PLAN,
    ACCOUNT,
    PROMOTION,
    /// The stack of adjustments would have gone under the lowest factor allowed.
    LOWEST_FACTOR,
    /// It would have gone over the highest.
    HIGHEST_FACTOR,
    /// It would have sold the call under its cost.
    COST_FLOOR,
    /// The call would have cost less than the least that is charged.
    MINIMUM_CHARGE;

    /// Such as `off_peak`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// @throws IllegalArgumentException if it is none
    public static AdjustmentKind of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /// Whether it bounds the price that the adjustments led to.
    public boolean isLimit() {
        return switch (this) {
            case OFF_PEAK, LOAD, COMMITMENT, VOLUME, PLAN, ACCOUNT, PROMOTION -> false;
            case LOWEST_FACTOR, HIGHEST_FACTOR, COST_FLOOR, MINIMUM_CHARGE -> true;
        };
    }
}
