package dev.scrip.insight;

import java.math.BigDecimal;

/// What a call of one operation should cost before it is made simple.
///
/// @param credits greater than 0
/// @param monthlyCalls not negative; 0 also where they are unknown
public record ExactPrice(String operation, BigDecimal credits, BigDecimal monthlyCalls) {

    public ExactPrice {
        if (credits.signum() <= 0) {
            throw new IllegalArgumentException(
                    "The exact credits ("
                            + credits
                            + ") of "
                            + operation
                            + " must be greater than 0. A free operation needs no level.");
        }
        if (monthlyCalls.signum() < 0) {
            throw new IllegalArgumentException(
                    "The monthly calls ("
                            + monthlyCalls
                            + ") of "
                            + operation
                            + " must not be negative.");
        }
    }
}
