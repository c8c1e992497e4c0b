package dev.scrip.insight;

import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// The rated calls of one operation over a window, added up.
///
/// @param listRevenue the credits at list price
/// @param yieldRevenue what the burned credits earned when they were bought
/// @param cost what the calls cost us
/// @param floor the share of revenue that should remain, 0 to 1; null when the price book in force
///   does not have the operation any more
public record OperationTotals(
        String operation,
        long calls,
        Credits credits,
        Money listRevenue,
        Money yieldRevenue,
        Money cost,
        @Nullable BigDecimal floor) {

    public OperationTotals {
        if (floor != null && (floor.signum() < 0 || floor.compareTo(BigDecimal.ONE) >= 0)) {
            throw new IllegalArgumentException(
                    "The margin floor ("
                            + floor
                            + ") of "
                            + operation
                            + " must be in [0, 1). Maybe it is meant as a percentage.");
        }
    }
}
