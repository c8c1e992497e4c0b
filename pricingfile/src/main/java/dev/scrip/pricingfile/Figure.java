package dev.scrip.pricingfile;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which plain decimals a field takes.
///
/// A figure is matched as text before it becomes a number, so no exponent, hexadecimal, underscore,
/// foreign digit or thousand-digit number ever reaches arithmetic.
enum Figure {
    /// An amount of money, in billionths at the finest.
    MONEY("0", false, "1000000000", false, 9, "an amount such as 0.0002 or 29"),
    PRICE("0", true, "1000000000", false, 9, "an amount greater than 0 such as 0.001"),
    /// A price of one unit, which may be finer than money: a token, a byte.
    RATE("0", false, "1000000000", false, 18, "a rate such as 0.0000025"),
    SHARE("0", false, "1", true, 6, "a share from 0 up to, but not including, 1, such as 0.70"),
    ROLLOVER_SHARE("0", true, "1", false, 6, "a share above 0 and at most 1, such as 0.5"),
    MULTIPLIER(
            "0", true, "1000", false, 6, "a factor greater than 0 and at most 1000, such as 1.5"),
    RISE("0", false, "1000", false, 6, "a share such as 0.2, or 1 for twice as much"),
    DAYS("0", false, "3660", false, 0, "a whole number of days such as 30"),
    LOAD("0", false, "1000", false, 6, "a load such as 0.9, where 1 is full capacity"),
    LOWEST_FACTOR("0", true, "1", false, 6, "a factor above 0 and at most 1, such as 0.4"),
    HIGHEST_FACTOR("1", false, "1000", false, 6, "a factor from 1 to 1000, such as 2"),
    CREDITS("0", false, "1000000000", false, 3, "credits such as 0.5 or 100, in steps of 0.001"),
    PRICED_CREDITS("0", true, "1000000000", false, 3, "credits greater than 0, in steps of 0.001"),
    LADDER_VALUE("0", true, "1000000000", false, 3, "a value greater than 0, in steps of 0.001"),
    AMOUNT("0", false, "1000000000000", false, 9, "a figure such as 50 or 0.5"),
    SIZE("0", true, "1000000000000", false, 6, "a size greater than 0 such as 500"),
    COUNT("0", false, "1000000000000", false, 0, "a whole number such as 120000"),
    EXACT_CREDITS("0", true, "1000000000", false, 18, "credits greater than 0 such as 112.5"),
    USED_CREDITS("0", false, "1000000000000", false, 18, "credits such as 32450 or 0.5"),
    DAY("1", false, "366", false, 0, "a day of the period from 1 on"),
    FULL_SHARE("0", false, "1", false, 6, "a share from 0 to 1, such as 0.1"),
    BUFFER("0", false, "100", false, 6, "a share on top such as 0.75"),
    INCLUDED("0", false, "1000000000", false, 6, "a figure from 0 to a billion such as 100"),
    POSITIVE_COUNT("0", true, "1000000000", false, 0, "a whole number greater than 0 such as 1000");

    private static final int LENGTH_MAX = 33;
    private static final Pattern PLAIN = Pattern.compile("-?\\d{1,13}(\\.\\d{1,18})?");

    private final BigDecimal min;
    private final boolean minExcluded;
    private final BigDecimal max;
    private final boolean maxExcluded;
    private final int decimalsMax;
    private final String expected;

    Figure(
            String min,
            boolean minExcluded,
            String max,
            boolean maxExcluded,
            int decimalsMax,
            String expected) {
        this.min = new BigDecimal(min);
        this.minExcluded = minExcluded;
        this.max = new BigDecimal(max);
        this.maxExcluded = maxExcluded;
        this.decimalsMax = decimalsMax;
        this.expected = expected;
    }

    String expected() {
        return expected;
    }

    /// Reads a plain decimal, or returns null if the text is none. It may still not fit the field.
    static @Nullable BigDecimal plain(String text) {
        return text.length() <= LENGTH_MAX && PLAIN.matcher(text).matches()
                ? new BigDecimal(text)
                : null;
    }

    /// What is wrong with a value, or null when nothing is.
    @Nullable String problem(BigDecimal value) {
        int low = value.compareTo(min);
        int high = value.compareTo(max);
        boolean isPercent = (this == SHARE && high >= 0) || (this == ROLLOVER_SHARE && high > 0);
        if (isPercent && value.compareTo(new BigDecimal("100")) < 0) {
            return value.toPlainString()
                    + " is no share. Maybe "
                    + value.movePointLeft(2).toPlainString()
                    + " is meant";
        }
        if (low < 0 || (minExcluded && low == 0)) {
            return value.toPlainString() + " is too small";
        }
        if (high > 0 || (maxExcluded && high == 0)) {
            return value.toPlainString() + " is too large";
        }
        if (value.stripTrailingZeros().scale() > decimalsMax) {
            return value.toPlainString() + " has too many decimals";
        }
        return null;
    }
}
