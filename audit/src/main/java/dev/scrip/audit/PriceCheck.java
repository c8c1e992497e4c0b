package dev.scrip.audit;

import dev.scrip.ledger.Fact;
import dev.scrip.ledger.RatedUsage;
import dev.scrip.pricing.AppliedAdjustment;
import dev.scrip.pricing.Credits;
import java.math.BigDecimal;
import java.math.RoundingMode;

/// Whether what is charged follows from the base and the adjustments that a fact states.
///
/// A fact states the base to a millionth of a credit, while the price was worked out from the exact
/// one. So the figures are bounds: of all bases that are shown so, the lowest and the highest. What
/// the price book said, and whether it applied, is not in the facts and not checked here.
final class PriceCheck {

    private static final BigDecimal HALF_A_MICRO = new BigDecimal("0.0000005");
    private static final BigDecimal SMALLEST = new BigDecimal("0.001");
    private static final int MICRO_DECIMALS = 6;
    private static final int CHARGE_DECIMALS = 3;

    private final Fact fact;
    private final RatedUsage usage;
    private final BigDecimal baseLow;
    private final BigDecimal baseHigh;
    private BigDecimal low;
    private BigDecimal high;

    private PriceCheck(Fact fact, RatedUsage usage) {
        this.fact = fact;
        this.usage = usage;
        this.baseLow = usage.base().toBigDecimal().subtract(HALF_A_MICRO);
        this.baseHigh = usage.base().toBigDecimal().add(HALF_A_MICRO);
        this.low = baseLow;
        this.high = baseHigh;
    }

    static void require(Fact fact, RatedUsage usage) {
        if (!usage.adjustments().isEmpty()) {
            new PriceCheck(fact, usage).walk();
        }
    }

    private void walk() {
        for (var step : usage.adjustments()) {
            take(step);
            within(
                    "the credits after " + step.id(),
                    step.after(),
                    low.setScale(MICRO_DECIMALS, RoundingMode.HALF_UP),
                    high.setScale(MICRO_DECIMALS, RoundingMode.HALF_UP));
        }
        within("the credits", usage.credits(), charged(low), charged(high));
    }

    private void take(AppliedAdjustment step) {
        switch (step.kind()) {
            case OFF_PEAK, LOAD, COMMITMENT, VOLUME, PLAN, ACCOUNT, PROMOTION -> {
                if (step.fixed() != null) {
                    low = step.fixed().toBigDecimal().multiply(usage.quantity());
                    high = low;
                } else {
                    low = low.multiply(factor(step));
                    high = high.multiply(factor(step));
                }
            }
            case LOWEST_FACTOR -> {
                Mismatch.unless(
                        low.compareTo(baseHigh.multiply(factor(step))) <= 0,
                        fact,
                        "what the lowest factor raised",
                        "less than that part of the base",
                        low.toPlainString());
                low = baseLow.multiply(factor(step));
                high = baseHigh.multiply(factor(step));
            }
            case HIGHEST_FACTOR -> {
                Mismatch.unless(
                        high.compareTo(baseLow.multiply(factor(step))) >= 0,
                        fact,
                        "what the highest factor lowered",
                        "more than that part of the base",
                        high.toPlainString());
                low = baseLow.multiply(factor(step));
                high = baseHigh.multiply(factor(step));
            }
            case COST_FLOOR, MINIMUM_CHARGE -> {
                Mismatch.unless(
                        step.after().toBigDecimal().compareTo(charged(low)) >= 0,
                        fact,
                        "what " + step.id() + " raised",
                        "no more than " + step.after(),
                        charged(low).toPlainString());
                low = step.after().toBigDecimal();
                high = low;
            }
        }
    }

    private BigDecimal factor(AppliedAdjustment step) {
        var factor = step.factor();
        if (factor == null) {
            throw new Mismatch(fact, "the factor of " + step.id(), "one", "none");
        }
        return factor;
    }

    private static BigDecimal charged(BigDecimal exact) {
        return exact.setScale(CHARGE_DECIMALS, RoundingMode.HALF_UP).max(SMALLEST);
    }

    private void within(String what, Credits stated, BigDecimal from, BigDecimal to) {
        var credits = stated.toBigDecimal();
        Mismatch.unless(
                credits.compareTo(from) >= 0 && credits.compareTo(to) <= 0,
                fact,
                what,
                from.compareTo(to) == 0
                        ? from.toPlainString()
                        : from.toPlainString() + " to " + to.toPlainString(),
                stated);
    }
}
