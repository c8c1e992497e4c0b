package dev.scrip.pricing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/// An exact amount of credits; negative in corrections.
///
/// Unit: micro-credits, so the half credit of a cached call is exact. Range: ±9.2 trillion credits.
/// Arithmetic that would leave the range throws [ArithmeticException]; nothing wraps silently.
public record Credits(long micros) implements Comparable<Credits> {

    public static final Credits ZERO = new Credits(0);

    /// The smallest amount a priced call may cost: 0.001 credit.
    public static final Credits SMALLEST_CHARGE = new Credits(1_000);

    static final int DECIMALS = 6;
    private static final long MICROS = 1_000_000;
    private static final Pattern FIGURE = Pattern.compile("-?\\d{1,13}(\\.\\d{1,6})?");

    public static Credits of(long whole) {
        return new Credits(Math.multiplyExact(whole, MICROS));
    }

    /// Reads a price-list figure such as `0.5` or `250`.
    ///
    /// @throws IllegalArgumentException if it is no plain decimal with at most 13 digits before and
    ///   6 after the point, or out of range
    public static Credits parse(String figure) {
        if (figure.length() > 21 || !FIGURE.matcher(figure).matches()) {
            throw new IllegalArgumentException(
                    "Credits must be a plain decimal such as 0.5 or 250, with at most 13 digits"
                            + " before and 6 after the point, but was "
                            + Text.quote(figure));
        }
        return of(new BigDecimal(figure), RoundingMode.UNNECESSARY);
    }

    /// Takes over a computed figure. The caller names the rounding to a micro-credit.
    ///
    /// @throws IllegalArgumentException if it is out of range
    public static Credits of(BigDecimal figure, RoundingMode rounding) {
        try {
            return new Credits(
                    figure.movePointRight(DECIMALS).setScale(0, rounding).longValueExact());
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "Credits must be between -9223372036854 and 9223372036854 in steps of a"
                            + " millionth, but was "
                            + Text.quote(figure.toString()),
                    e);
        }
    }

    public Credits plus(Credits other) {
        return new Credits(Math.addExact(micros, other.micros));
    }

    public Credits minus(Credits other) {
        return new Credits(Math.subtractExact(micros, other.micros));
    }

    /// Scales by a price factor. The caller names the rounding: it decides who keeps the dust.
    public Credits times(BigDecimal factor, RoundingMode rounding) {
        var scaled = BigDecimal.valueOf(micros).multiply(factor).setScale(0, rounding);
        return new Credits(scaled.longValueExact());
    }

    /// Rounds to the smallest amount that is charged, a thousandth of a credit.
    public Credits toSmallestCharge(RoundingMode rounding) {
        var steps =
                BigDecimal.valueOf(micros)
                        .divide(BigDecimal.valueOf(SMALLEST_CHARGE.micros), 0, rounding)
                        .longValueExact();
        return new Credits(Math.multiplyExact(steps, SMALLEST_CHARGE.micros));
    }

    /// Whether it is a whole number of the smallest charge.
    public boolean isChargeable() {
        return micros % SMALLEST_CHARGE.micros == 0;
    }

    public boolean covers(Credits amount) {
        return micros >= amount.micros;
    }

    public boolean isPositive() {
        return micros > 0;
    }

    public boolean isZero() {
        return micros == 0;
    }

    public Credits min(Credits other) {
        return micros <= other.micros ? this : other;
    }

    /// Whole credits, the rest dropped: for headers that take integers only.
    public long floor() {
        return Math.floorDiv(micros, MICROS);
    }

    public BigDecimal toBigDecimal() {
        return BigDecimal.valueOf(micros, DECIMALS);
    }

    @Override
    public int compareTo(Credits other) {
        return Long.compare(micros, other.micros);
    }

    /// The figure without trailing zeros, which [#parse] reads back: `0.5`, `250`.
    @Override
    public String toString() {
        return micros % MICROS == 0
                ? Long.toString(micros / MICROS)
                : toBigDecimal().stripTrailingZeros().toPlainString();
    }
}
