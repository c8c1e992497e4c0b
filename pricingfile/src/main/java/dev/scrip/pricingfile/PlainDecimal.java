package dev.scrip.pricingfile;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the decimals of logs, millions of them: what [Figure#plain] takes, without a pattern.
///
/// Programs write more digits after the point than anything here needs, so there may be up to 40;
/// and what is small or large with a short exponent, `2.5e-06`.
final class PlainDecimal {

    private static final int WHOLE_MAX = 13;
    private static final int LENGTH_MAX = 55;

    private static final Pattern WITH_EXPONENT =
            Pattern.compile("-?\\d{1,13}(\\.\\d{1,20})?[eE][-+]?\\d{1,2}");

    private PlainDecimal() {}

    /// The value, or null if the text is no plain decimal.
    static @Nullable BigDecimal of(String text) {
        int length = text.length();
        if (length == 0 || length > LENGTH_MAX) {
            return null;
        }
        int start = text.charAt(0) == '-' ? 1 : 0;
        int point = -1;
        long value = 0;
        for (int i = start; i < length; i++) {
            char c = text.charAt(i);
            if (c == '.' && point < 0 && i > start) {
                point = i;
            } else if (c >= '0' && c <= '9') {
                value = value * 10 + (c - '0');
            } else {
                return withExponent(text);
            }
        }
        int whole = (point < 0 ? length : point) - start;
        if (whole == 0 || whole > WHOLE_MAX || point == length - 1) {
            return null;
        }
        int scale = point < 0 ? 0 : length - point - 1;
        // Up to 18 digits the sum cannot have wrapped.
        return whole + scale <= 18
                ? BigDecimal.valueOf(start == 1 ? -value : value, scale)
                : new BigDecimal(text);
    }

    private static @Nullable BigDecimal withExponent(String text) {
        if (!WITH_EXPONENT.matcher(text).matches()) {
            return null;
        }
        var value = new BigDecimal(text);
        return value.scale() < 0 ? value.setScale(0) : value;
    }
}
