package dev.scrip.pricing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Pattern;

/// What the quantity of an operation counts when its credits are not for one of it: tokens by the
/// thousand, rows, seconds.
///
/// @param name of one, such as `token`
/// @param per for how many of them the credits and the unit cost are; whole, 1 to a billion
/// @param included how many of each call cost the customer nothing; they cost us what the others do
public record PriceUnit(String name, BigDecimal per, BigDecimal included) {

    public static final int NAME_MAX = 40;

    private static final Pattern NAME =
            Pattern.compile("[A-Za-z][A-Za-z0-9 _-]{0," + (NAME_MAX - 1) + "}");

    public PriceUnit {
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    "The name of a unit must be a letter, then at most 39 letters, digits, spaces,"
                            + " _ or -, but was "
                            + Text.quote(name));
        }
        if (per.compareTo(BigDecimal.ONE) < 0
                || per.compareTo(PriceBook.QUANTITY_MAX) > 0
                || per.stripTrailingZeros().scale() > 0) {
            throw new IllegalArgumentException(
                    "Credits must be per a whole number of units from 1 to a billion, but were per "
                            + Text.quote(per.toString()));
        }
        if (included.signum() < 0
                || included.compareTo(PriceBook.QUANTITY_MAX) > 0
                || included.stripTrailingZeros().scale() > PriceBook.QUANTITY_DECIMALS) {
            throw new IllegalArgumentException(
                    "The included units must be from 0 to a billion with at most "
                            + PriceBook.QUANTITY_DECIMALS
                            + " decimals, but were "
                            + Text.quote(included.toString()));
        }
        per = plain(per);
        included = plain(included);
    }

    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    // 1000 and 1000.0 are the same price, so they must be equal.
    private static BigDecimal plain(BigDecimal value) {
        var stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0, RoundingMode.UNNECESSARY) : stripped;
    }

    /// How much of a quantity is paid for.
    BigDecimal priced(BigDecimal quantity) {
        return quantity.subtract(included).max(BigDecimal.ZERO);
    }

    /// What the credits are for: `1,000 tokens`, `second`.
    public String amount() {
        return counted(per);
    }

    /// Behind a figure: `per 1,000 tokens, first 100 included`.
    public String words() {
        return "per "
                + amount()
                + (included.signum() == 0 ? "" : ", first " + Prose.figure(included) + " included");
    }

    private String counted(BigDecimal count) {
        return count.compareTo(BigDecimal.ONE) == 0 ? name : Prose.figure(count) + " " + plural();
    }

    private String plural() {
        int last = name.charAt(name.length() - 1);
        if (Character.isUpperCase(last)) {
            return name;
        }
        var lower = name.toLowerCase(Locale.ROOT);
        if (lower.matches(".*[^aeiou]y")) {
            return name.substring(0, name.length() - 1) + "ies";
        }
        return name + (lower.matches(".*(s|x|ch|sh)") ? "es" : "s");
    }
}
