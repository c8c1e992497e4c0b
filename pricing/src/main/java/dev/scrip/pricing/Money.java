package dev.scrip.pricing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/// An exact amount of the price book's currency; negative for a loss.
///
/// Unit: nano-units (a billionth of a dollar), fine enough for the cost of one token. Range: ±9.2
/// billion units. Arithmetic that would leave the range throws [ArithmeticException].
public record Money(long nanos) implements Comparable<Money> {

    public static final Money ZERO = new Money(0);

    private static final int DECIMALS = 9;
    private static final long MICROS_PER_CREDIT = 1_000_000;
    private static final Pattern FIGURE = Pattern.compile("-?\\d{1,10}(\\.\\d{1,9})?");

    /// Reads a plain decimal such as `29` or `0.0002`.
    ///
    /// @throws IllegalArgumentException if it is no plain decimal with at most 10 digits before and
    ///   9 after the point, or out of range
    public static Money parse(String figure) {
        if (figure.length() > 21 || !FIGURE.matcher(figure).matches()) {
            throw new IllegalArgumentException(
                    "Money must be a plain decimal such as 29 or 0.0002, with at most 10 digits"
                            + " before and 9 after the point, but was "
                            + Text.quote(figure));
        }
        return of(new BigDecimal(figure), RoundingMode.UNNECESSARY);
    }

    /// Takes over a computed figure. The caller names the rounding to a nano-unit.
    ///
    /// @throws IllegalArgumentException if it is out of range
    public static Money of(BigDecimal figure, RoundingMode rounding) {
        try {
            return new Money(
                    figure.movePointRight(DECIMALS).setScale(0, rounding).longValueExact());
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "Money must be between -9223372036 and 9223372036 in steps of a billionth, but"
                            + " was "
                            + Text.quote(figure.toString()),
                    e);
        }
    }

    public Money plus(Money other) {
        return new Money(Math.addExact(nanos, other.nanos));
    }

    public Money minus(Money other) {
        return new Money(Math.subtractExact(nanos, other.nanos));
    }

    /// The value of some credits when this is the price of one: rounded half up to a nano-unit,
    /// ties away from zero, so that a correction is exactly the negative of what it corrects.
    public Money timesCredits(Credits credits) {
        long high = Math.multiplyHigh(nanos, credits.micros());
        long low = nanos * credits.micros();
        if ((high == 0 && low >= 0) || (high == -1 && low < 0)) {
            long rest = low % MICROS_PER_CREDIT;
            return new Money(
                    low / MICROS_PER_CREDIT
                            + (Math.abs(rest) >= MICROS_PER_CREDIT / 2 ? Long.signum(low) : 0));
        }
        return of(toBigDecimal().multiply(credits.toBigDecimal()), RoundingMode.HALF_UP);
    }

    /// Scales by a factor such as a quantity. The caller names the rounding.
    public Money times(BigDecimal factor, RoundingMode rounding) {
        return of(toBigDecimal().multiply(factor), rounding);
    }

    public boolean isZero() {
        return nanos == 0;
    }

    public boolean isNegative() {
        return nanos < 0;
    }

    public BigDecimal toBigDecimal() {
        return BigDecimal.valueOf(nanos, DECIMALS);
    }

    @Override
    public int compareTo(Money other) {
        return Long.compare(nanos, other.nanos);
    }

    /// The figure without trailing zeros, which [#parse] reads back: `0.0002`, `29`.
    @Override
    public String toString() {
        return nanos == 0 ? "0" : toBigDecimal().stripTrailingZeros().toPlainString();
    }
}
