package dev.scrip.pricing;

import java.math.BigDecimal;

/// What an adjustment does to a price.
public sealed interface PriceEffect {

    /// The price so far, times a factor.
    ///
    /// @param factor greater than 0, at most [#FACTOR_MAX], with at most 6 decimals; a factor of 0
    ///   would make calls free by accident
    record Times(BigDecimal factor) implements PriceEffect {

        public Times {
            requireFactor(factor);
        }
    }

    /// Other credits in place of the price so far.
    ///
    /// @param credits of what the table's credits are for, greater than 0
    record Fixed(Credits credits) implements PriceEffect {

        public Fixed {
            if (!credits.isPositive()) {
                throw new IllegalArgumentException(
                        "Fixed credits (" + credits + ") must be greater than 0.");
            }
        }
    }

    BigDecimal FACTOR_MAX = new BigDecimal("1000");

    int FACTOR_DECIMALS = 6;

    /// The exact price after this, before any rounding.
    default BigDecimal apply(BigDecimal before, BigDecimal quantity) {
        return switch (this) {
            case Times(var factor) -> before.multiply(factor);
            case Fixed(var credits) -> credits.toBigDecimal().multiply(quantity);
        };
    }

    /// Whether it leaves every price as it is.
    default boolean isNothing() {
        return switch (this) {
            case Times(var factor) -> factor.compareTo(BigDecimal.ONE) == 0;
            case Fixed _ -> false;
        };
    }

    /// @throws IllegalArgumentException if it is no factor
    static void requireFactor(BigDecimal factor) {
        if (factor.signum() <= 0
                || factor.compareTo(FACTOR_MAX) > 0
                || factor.stripTrailingZeros().scale() > FACTOR_DECIMALS) {
            throw new IllegalArgumentException(
                    "A factor must be greater than 0, at most "
                            + FACTOR_MAX
                            + " and have at most "
                            + FACTOR_DECIMALS
                            + " decimals, but was "
                            + Text.quote(factor.toString()));
        }
    }
}
