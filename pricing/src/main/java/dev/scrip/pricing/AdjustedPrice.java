package dev.scrip.pricing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/// The way from the base of a priced call to what is charged: adjustments in their order, then the
/// limits of the stack, then the one rounding, half up to a thousandth of a credit; then the
/// floors, which are thousandths already.
final class AdjustedPrice {

    private final PriceBook book;
    private final OperationPrice price;
    private final BigDecimal quantity;
    private final BigDecimal base;
    private final List<AppliedAdjustment> applied = new ArrayList<>();
    private BigDecimal exact;

    AdjustedPrice(PriceBook book, OperationPrice price, BigDecimal quantity) {
        this.book = book;
        this.price = price;
        this.quantity = quantity;
        this.base = price.credits().toBigDecimal().multiply(quantity);
        this.exact = base;
    }

    AdjustedPrice in(Circumstances circumstances) {
        for (var rule : book.adjustments().rules()) {
            if (rule.operations().contains(price.operation())) {
                var effect = rule.effect(circumstances);
                if (effect != null && !effect.isNothing()) {
                    exact = effect.apply(exact, quantity);
                    applied.add(AppliedAdjustment.of(rule, effect, exact));
                }
            }
        }
        return this;
    }

    /// As an earlier price of the same operation was adjusted, whatever the circumstances are now.
    AdjustedPrice as(List<AppliedAdjustment> bound) {
        for (var one : bound) {
            var effect = one.effect();
            if (effect != null) {
                exact = effect.apply(exact, quantity);
                applied.add(
                        new AppliedAdjustment(
                                one.id(),
                                one.kind(),
                                one.factor(),
                                one.fixed(),
                                Credits.of(exact, RoundingMode.HALF_UP)));
            }
        }
        return this;
    }

    /// @throws UnderCostException if the price book refuses to sell under cost
    Quote quote() {
        limitStack();
        var credits = PriceBook.charge(exact);
        credits = floorAtCost(credits);
        var minimum = book.adjustments().limits().minimumCharge();
        if (!credits.covers(minimum)) {
            credits = minimum;
            // Without it, a tiny call is rounded up to the smallest charge, as it always is.
            if (!minimum.equals(Credits.SMALLEST_CHARGE)) {
                note(AdjustmentKind.MINIMUM_CHARGE, credits);
            }
        }
        return new Quote(
                price.operation(),
                quantity,
                Credits.of(base, RoundingMode.HALF_UP),
                credits,
                book.creditPrice().timesCredits(credits),
                price.unitCost().times(quantity, RoundingMode.HALF_UP),
                book.version(),
                applied);
    }

    private void limitStack() {
        var lowest = book.adjustments().limits().lowestFactor();
        var highest = book.adjustments().limits().highestFactor();
        if (lowest != null && exact.compareTo(base.multiply(lowest)) < 0) {
            exact = base.multiply(lowest);
            applied.add(AppliedAdjustment.limit(AdjustmentKind.LOWEST_FACTOR, lowest, exact));
        } else if (highest != null && exact.compareTo(base.multiply(highest)) > 0) {
            exact = base.multiply(highest);
            applied.add(AppliedAdjustment.limit(AdjustmentKind.HIGHEST_FACTOR, highest, exact));
        }
    }

    private Credits floorAtCost(Credits credits) {
        var policy = book.adjustments().limits().costFloor();
        if (policy == AdjustmentLimits.CostFloor.NONE || book.creditPrice().isZero()) {
            return credits;
        }
        var cost = price.unitCost().toBigDecimal().multiply(quantity);
        var creditPrice = book.creditPrice().toBigDecimal();
        var atCost =
                Credits.of(
                        cost.divide(creditPrice, PriceBook.CHARGE_DECIMALS, RoundingMode.CEILING),
                        RoundingMode.UNNECESSARY);
        var floor = atCost.min(PriceBook.charge(base));
        if (credits.covers(floor)) {
            return credits;
        }
        boolean underCost = exact.multiply(creditPrice).compareTo(cost) < 0;
        if (policy == AdjustmentLimits.CostFloor.REFUSE && underCost) {
            throw new UnderCostException(
                    price.operation(),
                    book.creditPrice().timesCredits(credits),
                    Money.of(cost, RoundingMode.HALF_UP));
        }
        // A price that covers the cost and was rounded under it is rounded up instead.
        note(AdjustmentKind.COST_FLOOR, floor);
        return floor;
    }

    private void note(AdjustmentKind limit, Credits credits) {
        applied.add(AppliedAdjustment.limit(limit, null, credits.toBigDecimal()));
    }
}
