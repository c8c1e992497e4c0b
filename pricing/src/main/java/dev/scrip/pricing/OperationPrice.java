package dev.scrip.pricing;

import java.math.BigDecimal;

/// One line of a price book.
///
/// @param operation such as `image.resize`
/// @param title what a customer reads beside it
/// @param credits for one unit of quantity; zero for a free operation
/// @param unitCost what one call is expected to cost us, used when a charge brings no measurement
/// @param unattributed the part of the unit cost that no measured use accounts for, such as a model
///   licence; it is added to what a measured use costs
/// @param marginFloor share of list revenue below which the operation counts as a leak, 0 to 1
public record OperationPrice(
        String operation,
        String title,
        Credits credits,
        Money unitCost,
        Money unattributed,
        BigDecimal marginFloor) {

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
}
