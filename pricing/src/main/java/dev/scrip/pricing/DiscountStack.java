package dev.scrip.pricing;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The deepest discount that adjustments can give on one operation when all that lower its price
/// come together.
final class DiscountStack {

    private final List<String> steps = new ArrayList<>();
    private BigDecimal credits;

    private DiscountStack(BigDecimal base) {
        this.credits = base;
    }

    /// What a pricing owner should know of the margin that the deepest stack leaves; null when it
    /// holds. An operation under its floor at list price has a warning of its own.
    static @Nullable DesignWarning doubt(
            DesignBrief brief, CreditPrice price, DesignedOperation operation) {
        var margin = operation.margin();
        if (margin == null || margin.compareTo(operation.marginFloor()) < 0) {
            return null;
        }
        var base = operation.credits().toBigDecimal();
        var stack = new DiscountStack(base);
        stack.deepen(brief.adjustments(), operation.operation());
        if (stack.steps.isEmpty()) {
            return null;
        }
        var factor = stack.credits.divide(base, MathContext.DECIMAL128);
        var lowest = brief.adjustments().limits().lowestFactor();
        if (lowest != null && factor.compareTo(lowest) < 0) {
            factor = lowest;
        }
        var unitPrice = base.multiply(price.perCredit().toBigDecimal()).multiply(factor);
        var cost = operation.unitCost();
        boolean raised =
                brief.adjustments().limits().costFloor() != AdjustmentLimits.CostFloor.NONE
                        && unitPrice.compareTo(cost) < 0;
        var left =
                raised
                        ? BigDecimal.ZERO
                        : BigDecimal.ONE.subtract(cost.divide(unitPrice, MathContext.DECIMAL128));
        return left.compareTo(operation.marginFloor()) >= 0
                ? null
                : new DesignWarning(
                        DesignWarning.Kind.DISCOUNTS_BELOW_FLOOR,
                        operation.operation(),
                        stack.message(operation, price, factor, left, raised));
    }

    /// Each step is taken only where it lowers the price, so the order leaves the lowest there is.
    private void deepen(Adjustments adjustments, String operation) {
        for (var rule : adjustments.rules()) {
            if (!rule.operations().contains(operation)) {
                continue;
            }
            var lowest = credits;
            for (var effect : rule.possibleEffects()) {
                lowest = lowest.min(effect.apply(credits, BigDecimal.ONE));
            }
            if (lowest.compareTo(credits) < 0) {
                var factor = lowest.divide(credits, MathContext.DECIMAL128);
                steps.add(rule.id() + " × " + Prose.figure(factor));
                credits = lowest;
            }
        }
    }

    private String message(
            DesignedOperation operation,
            CreditPrice price,
            BigDecimal factor,
            BigDecimal left,
            boolean raised) {
        var floor = operation.marginFloor();
        var needed =
                operation
                        .unitCost()
                        .divide(
                                BigDecimal.ONE
                                        .subtract(floor)
                                        .multiply(operation.credits().toBigDecimal())
                                        .multiply(price.perCredit().toBigDecimal()),
                                3,
                                RoundingMode.CEILING);
        return (steps.size() == 1 ? "With " : "Together, ")
                + String.join(", ", steps)
                + " can bring it to "
                + Prose.figure(factor)
                + " of its price, which "
                + (raised
                        ? "the limits raise to its cost: it keeps nothing, "
                        : left.signum() < 0
                                ? "is under its cost, "
                                : "keeps " + Prose.percent(left) + ", ")
                + "under its floor of "
                + Prose.percent(floor)
                + ". The smallest factor that holds is "
                + Prose.figure(needed)
                + ": make a discount smaller, or set lowest_factor in adjustment_limits.";
    }
}
