package dev.scrip.pricingfile;

import dev.scrip.pricing.ResourceUse;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One recorded call of a usage log.
///
/// @param row where it is in the log: its line, or its position counted from 1
/// @param account as the log calls it, not blank, at most 200 characters; null when the log does
///   not say
/// @param operation as the pricing file names it, its size band included where the log has the size
/// @param at null when the log has no time
/// @param quantity how many units, greater than 0; 1 when the log does not say
/// @param use what the whole call used; [ResourceUse#NONE] when the log does not say
/// @param cost what the whole call cost, where the log says so itself
public record UsageEvent(
        long row,
        @Nullable String account,
        String operation,
        @Nullable Instant at,
        BigDecimal quantity,
        ResourceUse use,
        @Nullable BigDecimal cost) {

    /// Whether the log says what the call used or cost.
    public boolean isMeasured() {
        return cost != null || !use.isNothing();
    }
}
