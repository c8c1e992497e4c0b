package dev.scrip.pricing;

/// The adjustments would sell a call under its cost, and the price book refuses to.
public final class UnderCostException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    UnderCostException(String operation, Money price, Money cost) {
        super(
                "The adjustments of the price book would sell "
                        + operation
                        + " for "
                        + price
                        + ", under its cost of "
                        + cost
                        + ", which its limits refuse.");
    }
}
