package dev.scrip.pricing;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// How the cost of one call of an operation is known.
public sealed interface OperationCost {

    /// From what a call uses, at the cost rates.
    record Modelled(ResourceUse use) implements OperationCost {}

    /// As stated, such as from an invoice. With a resource use beside it, the breakdown shows which
    /// part of the stated cost the cost rates explain.
    record Stated(BigDecimal amount, @Nullable ResourceUse use) implements OperationCost {

        public Stated {
            if (amount.signum() < 0) {
                throw new IllegalArgumentException(
                        "The unit cost (" + amount + ") must not be negative.");
            }
        }
    }

    /// From the costs of many calls; the unit cost is their mean.
    record Measured(CostProfile profile) implements OperationCost {}

    /// The cost of the mean call by category.
    ///
    /// @throws IllegalArgumentException if a third-party unit has no rate
    default CostBreakdown breakdown(CostRates rates) {
        return switch (this) {
            case Modelled(var use) -> rates.cost(use);
            case Measured(var profile) -> profile.meanBreakdown();
            case Stated(var amount, var use) ->
                    (use == null ? CostBreakdown.ZERO : rates.cost(use)).within(amount);
        };
    }
}
