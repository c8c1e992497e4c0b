package dev.scrip.pricing;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Something in a credit table that deserves a second look, and what to do about it.
///
/// @param operation null when it is about the whole table
public record DesignWarning(Kind kind, @Nullable String operation, String message) {

    public enum Kind {
        MARGIN_BELOW_FLOOR,
        COST_MISSING,
        COST_STALE,
        USAGE_UNKNOWN,
        RATE_MISSING,
        COSTS_NOTHING,
        PLAN_BELOW_FLOOR,
        MARGIN_BELOW_TARGET,
        COST_SPREAD_LARGE,
        COMPETITOR_FAR_OFF,
        TOO_MANY_LEVELS,
        TOO_FEW_LEVELS,
        UNATTRIBUTED_COST,
        ROUNDING_MOVES_PRICE,
        BLENDED_COST_TOO_LOW,
        MONTHLY_CALLS_MISSING,
        DISCOUNTS_BELOW_FLOOR
    }

    /// Such as `margin_below_floor`; stable.
    public String code() {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
