package dev.scrip.pricing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// One line of a price book.
///
/// @param operation such as `image.resize`
/// @param title what a customer reads beside it
/// @param credits for one of the quantity, or for as many as the unit says; zero for a free
///   operation
/// @param unitCost what the credits are for is expected to cost us, used when a charge brings no
///   measurement
/// @param unattributed the part of the unit cost that no measured use accounts for, such as a model
///   licence; it is added to what a measured use costs
/// @param marginFloor share of list revenue below which the operation counts as a leak, 0 to 1
/// @param unit what the quantity counts; null when the credits are for one of it
public record OperationPrice(
        String operation,
        String title,
        Credits credits,
        Money unitCost,
        Money unattributed,
        BigDecimal marginFloor,
        @Nullable PriceUnit unit) {

    private static final int MONEY_DECIMALS = 9;

    /// One whose credits are for one of its quantity.
    public OperationPrice(
            String operation,
            String title,
            Credits credits,
            Money unitCost,
            Money unattributed,
            BigDecimal marginFloor) {
        this(operation, title, credits, unitCost, unattributed, marginFloor, null);
    }

    public OperationPrice {
        if (credits.micros() < 0) {
            throw new IllegalArgumentException(
                    "The credits (" + credits + ") of " + operation + " must not be negative.");
        }
        if (unitCost.isNegative()) {
            throw new IllegalArgumentException(
                    "The unit cost (" + unitCost + ") of " + operation + " must not be negative.");
        }
        if (unattributed.isNegative()) {
            throw new IllegalArgumentException(
                    "The unattributed cost ("
                            + unattributed
                            + ") of "
                            + operation
                            + " must not be negative.");
        }
        if (marginFloor.signum() < 0 || marginFloor.compareTo(BigDecimal.ONE) >= 0) {
            throw new IllegalArgumentException(
                    "The margin floor ("
                            + marginFloor
                            + ") of "
                            + operation
                            + " must be in [0, 1). Maybe it is meant as a percentage.");
        }
    }

    /// Whether so much of it costs the customer nothing.
    boolean isFree(BigDecimal quantity) {
        return credits.isZero() || (unit != null && unit.priced(quantity).signum() == 0);
    }

    /// How much of a quantity is paid for.
    BigDecimal priced(BigDecimal quantity) {
        return unit == null ? quantity : unit.priced(quantity);
    }

    /// For how many of the quantity the credits are.
    BigDecimal per() {
        return unit == null ? BigDecimal.ONE : unit.per();
    }

    /// A figure of this price times a quantity, brought to the quantity: a third of a credit has no
    /// last decimal, so this is the one rounding, half up, of a price with a unit. Exact without.
    BigDecimal scaled(BigDecimal product, int decimals) {
        return unit == null ? product : product.divide(unit.per(), decimals, RoundingMode.HALF_UP);
    }

    /// Part of the unit cost for a quantity, half up to a nano-unit.
    Money scaled(Money part, BigDecimal quantity) {
        return Money.of(
                scaled(part.toBigDecimal().multiply(quantity), MONEY_DECIMALS),
                RoundingMode.HALF_UP);
    }
}
