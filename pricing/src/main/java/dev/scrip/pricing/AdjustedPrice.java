package dev.scrip.pricing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/// The way from the base of a priced call to what is charged: adjustments in their order, then the
/// limits of the stack, then the one rounding, half up to a thousandth of a credit; then the
/// floors, which are thousandths already.
///
/// Until the rounding, prices are counted times what the unit is `per`, so that nothing is divided.
final class AdjustedPrice {

    private final PriceBook book;
    private final OperationPrice price;
    private final BigDecimal quantity;
    private final BigDecimal priced;
    private final BigDecimal base;
    private final List<AppliedAdjustment> applied = new ArrayList<>();
    private BigDecimal exact;

    AdjustedPrice(PriceBook book, OperationPrice price, BigDecimal quantity) {
        this.book = book;
        this.price = price;
        this.quantity = quantity;
        this.priced = price.priced(quantity);
        this.base = price.credits().toBigDecimal().multiply(priced);
        this.exact = base;
    }

    AdjustedPrice in(Circumstances circumstances) {
        for (var rule : book.adjustments().rules()) {
            if (rule.operations().contains(price.operation())) {
                var effect = rule.effect(circumstances);
                if (effect != null && !effect.isNothing()) {
                    exact = effect.apply(exact, priced);
                    applied.add(AppliedAdjustment.of(rule, effect, credits(exact)));
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
                exact = effect.apply(exact, priced);
                applied.add(
                        new AppliedAdjustment(
                                one.id(),
                                one.kind(),
                                one.factor(),
                                one.fixed(),
                                Credits.of(credits(exact), RoundingMode.HALF_UP)));
            }
        }
        return this;
    }

    /// @throws UnderCostException if the price book refuses to sell under cost
    Quote quote() {
        limitStack();
        var credits = charge(exact);
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
                Credits.of(credits(base), RoundingMode.HALF_UP),
                credits,
                book.creditPrice().timesCredits(credits),
                price.scaled(price.unitCost(), quantity),
                book.version(),
                applied);
    }

    private void limitStack() {
        var lowest = book.adjustments().limits().lowestFactor();
        var highest = book.adjustments().limits().highestFactor();
        if (lowest != null && exact.compareTo(base.multiply(lowest)) < 0) {
            exact = base.multiply(lowest);
            applied.add(
                    AppliedAdjustment.limit(AdjustmentKind.LOWEST_FACTOR, lowest, credits(exact)));
        } else if (highest != null && exact.compareTo(base.multiply(highest)) > 0) {
            exact = base.multiply(highest);
            applied.add(
                    AppliedAdjustment.limit(
                            AdjustmentKind.HIGHEST_FACTOR, highest, credits(exact)));
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
                        cost.divide(
                                creditPrice.multiply(price.per()),
                                PriceBook.CHARGE_DECIMALS,
                                RoundingMode.CEILING),
                        RoundingMode.UNNECESSARY);
        var floor = atCost.min(charge(base));
        if (credits.covers(floor)) {
            return credits;
        }
        boolean underCost = exact.multiply(creditPrice).compareTo(cost) < 0;
        if (policy == AdjustmentLimits.CostFloor.REFUSE && underCost) {
            throw new UnderCostException(
                    price.operation(),
                    book.creditPrice().timesCredits(credits),
                    price.scaled(price.unitCost(), quantity));
        }
        // A price that covers the cost and was rounded under it is rounded up instead.
        note(AdjustmentKind.COST_FLOOR, floor);
        return floor;
    }

    /// So many credits, half up to a micro-credit where a unit divides them.
    private BigDecimal credits(BigDecimal scaled) {
        return price.scaled(scaled, Credits.DECIMALS);
    }

    private Credits charge(BigDecimal scaled) {
        return PriceBook.charge(price.scaled(scaled, PriceBook.CHARGE_DECIMALS));
    }

    private void note(AdjustmentKind limit, Credits credits) {
        applied.add(AppliedAdjustment.limit(limit, null, credits.toBigDecimal()));
    }
}
