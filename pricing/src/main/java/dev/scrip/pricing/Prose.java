package dev.scrip.pricing;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// How figures read in a sentence: short, grouped, with their unit.
public final class Prose {

    private static final MathContext SHOWN = new MathContext(5, RoundingMode.HALF_EVEN);
    private static final BigDecimal THOUSAND = new BigDecimal("1000");

    private Prose() {}

    /// A figure in five significant digits, whole thousands never cut: `112.5`, `0.00015`,
    /// `1,234,567`.
    static String figure(BigDecimal value) {
        var shown =
                value.abs().compareTo(THOUSAND) >= 0
                        ? value.setScale(value.scale() > 0 ? 1 : 0, RoundingMode.HALF_EVEN)
                        : value.round(SHOWN);
        return grouped(shown.signum() == 0 ? "0" : shown.stripTrailingZeros().toPlainString());
    }

    static String figure(long value) {
        return grouped(Long.toString(value));
    }

    /// A count with its word: `1 call`, `1,234 calls`.
    ///
    /// @param word in the singular; its plural takes an s
    public static String counted(long count, String word) {
        return figure(count) + " " + word + (count == 1 ? "" : "s");
    }

    /// A figure with its word: `1 credit`, `0.5 credits`. Shown as by [#figure].
    static String counted(BigDecimal count, String word) {
        return figure(count) + " " + numbered(count, word);
    }

    /// The word for a figure that is written out elsewhere: `credit` for 1, otherwise `credits`.
    public static String numbered(BigDecimal count, String word) {
        return count.compareTo(BigDecimal.ONE) == 0 ? word : word + "s";
    }

    static String money(BigDecimal amount, String currency) {
        var sign = amount.signum() < 0 ? "-" : "";
        var figure = figure(amount.abs());
        // Nobody writes $2.5.
        var shown = figure.matches(".*\\.\\d") ? figure + "0" : figure;
        return currency.equals("USD") ? sign + "$" + shown : currency + " " + sign + shown;
    }

    /// A share as a percentage with one decimal: `0.845` reads `84.5 %`.
    static String percent(BigDecimal share) {
        var shown = share.movePointRight(2).setScale(1, RoundingMode.HALF_EVEN);
        return (shown.signum() == 0 ? "0" : figure(shown)) + " %";
    }

    private static String grouped(String plain) {
        int start = plain.startsWith("-") ? 1 : 0;
        int point = plain.indexOf('.');
        var text = new StringBuilder(plain);
        for (int i = (point < 0 ? plain.length() : point) - 3; i > start; i -= 3) {
            text.insert(i, ',');
        }
        return text.toString();
    }
}
