package dev.scrip.pricing;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/// The list price of a credit, as customers read it: an amount for a number of credits.
///
/// One credit costs whole nano-units; any other price is refused.
///
/// @param amount what `per` credits cost
/// @param exact the price of one credit before it was made easy
/// @param why sentences with the figures it follows from
public record CreditPrice(
        BigDecimal amount, long per, String currency, BigDecimal exact, List<String> why) {

    private static final long PER = 1_000;
    private static final List<BigDecimal> EASY_STEPS =
            List.of(
                    new BigDecimal("1"),
                    new BigDecimal("2"),
                    new BigDecimal("2.5"),
                    new BigDecimal("5"),
                    new BigDecimal("10"));

    public CreditPrice {
        why = List.copyOf(why);
        if (amount.signum() <= 0) {
            throw new IllegalArgumentException(
                    "The credit price (" + amount + ") must be greater than 0.");
        }
        var _ = priceOfOne(amount, per);
    }

    /// A price already decided.
    ///
    /// @throws IllegalArgumentException if one credit would not cost whole nano-units
    public static CreditPrice fixed(BigDecimal amount, long per, String currency) {
        return new CreditPrice(
                amount,
                per,
                currency,
                amount.divide(BigDecimal.valueOf(per), MathContext.DECIMAL128),
                List.of(
                        "The pricing file sets "
                                + Prose.money(amount, currency)
                                + " per "
                                + Prose.figure(per)
                                + " credits."));
    }

    /// The price that keeps a margin over a cost: cost / (1 − margin), then up to the next price
    /// that is easy in the head, which is 1, 2, 2.5 or 5 times a power of ten for 1,000 credits.
    ///
    /// An exact price that is easy already stays.
    ///
    /// @param costPerCredit greater than 0
    /// @throws IllegalArgumentException if one credit would not cost whole nano-units
    public static CreditPrice forMargin(
            BigDecimal targetMargin, BigDecimal costPerCredit, String currency) {
        DesignBrief.checkShare("target margin", targetMargin);
        if (costPerCredit.signum() <= 0) {
            throw new IllegalArgumentException(
                    "The cost per credit (" + costPerCredit + ") must be greater than 0.");
        }
        var kept = BigDecimal.ONE.subtract(targetMargin);
        var amount = easyAmount(costPerCredit.multiply(BigDecimal.valueOf(PER)), kept);
        var exact = costPerCredit.divide(kept, MathContext.DECIMAL128);
        var exactAmount = exact.multiply(BigDecimal.valueOf(PER));
        return new CreditPrice(
                amount,
                PER,
                currency,
                exact,
                List.of(
                        "A margin of "
                                + Prose.percent(targetMargin)
                                + " on a cost of "
                                + Prose.money(costPerCredit, currency)
                                + " a credit needs "
                                + Prose.money(costPerCredit, currency)
                                + " / (1 − "
                                + Prose.figure(targetMargin)
                                + ") = "
                                + Prose.money(exact, currency)
                                + " a credit.",
                        amount.compareTo(exactAmount) == 0
                                ? Prose.money(amount, currency)
                                        + " per 1,000 credits is that price exactly, and"
                                        + " easy in the head."
                                : Prose.money(exactAmount, currency)
                                        + " per 1,000 credits becomes "
                                        + Prose.money(amount, currency)
                                        + ", the next price up that is easy in the head;"
                                        + " it keeps "
                                        + Prose.percent(margin(amount, costPerCredit))
                                        + "."));
    }

    /// The price of one credit, exact.
    public Money perCredit() {
        return priceOfOne(amount, per);
    }

    /// Such as `$1 per 1,000 credits`.
    @Override
    public String toString() {
        return Prose.money(amount, currency) + " per " + Prose.counted(per, "credit");
    }

    CreditPrice withFirst(List<String> reasons) {
        var all = new ArrayList<>(reasons);
        all.addAll(why);
        return new CreditPrice(amount, per, currency, exact, all);
    }

    private static Money priceOfOne(BigDecimal amount, long per) {
        try {
            return Money.of(
                    amount.divide(BigDecimal.valueOf(per), 9, RoundingMode.UNNECESSARY),
                    RoundingMode.UNNECESSARY);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "The credit price ("
                            + amount.toPlainString()
                            + " per "
                            + per
                            + ") makes one credit cost a fraction of a billionth. Maybe the"
                            + " credits are too small: give the base operation more of them.",
                    e);
        }
    }

    /// The smallest easy amount that keeps the margin, compared without a division: amount × (1 −
    /// margin) ≥ cost.
    private static BigDecimal easyAmount(BigDecimal cost, BigDecimal kept) {
        var about = cost.divide(kept, MathContext.DECIMAL128);
        // One decade lower, so that no rounding of the division can skip the right step.
        int decade = about.precision() - about.scale() - 2;
        while (true) {
            for (var step : EASY_STEPS) {
                var amount = step.scaleByPowerOfTen(decade);
                if (amount.multiply(kept).compareTo(cost) >= 0) {
                    var plain = amount.stripTrailingZeros();
                    return plain.scale() < 0 ? plain.setScale(0) : plain;
                }
            }
            decade++;
        }
    }

    private static BigDecimal margin(BigDecimal amount, BigDecimal costPerCredit) {
        return BigDecimal.ONE.subtract(
                costPerCredit
                        .multiply(BigDecimal.valueOf(PER))
                        .divide(amount, MathContext.DECIMAL128));
    }
}
