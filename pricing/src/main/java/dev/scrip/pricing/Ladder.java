package dev.scrip.pricing;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The friendly credit values a table may use, rising.
///
/// @param name such as `1-2.5-5`, or `list` for values written out
/// @param values greater than 0, with at most 6 decimals, at most 10 trillion
public record Ladder(String name, List<BigDecimal> values) {

    /// The name of a ladder whose values are written out.
    public static final String LIST = "list";

    private static final BigDecimal TOP = new BigDecimal("10000000");
    private static final int DECIMALS_MAX = 6;
    private static final int DIGITS_MAX = 13;
    private static final Pattern FIGURE = Pattern.compile("\\d{1,13}(\\.\\d{1,6})?");
    private static final SortedMap<String, List<BigDecimal>> NAMED =
            new TreeMap<>(
                    Map.of(
                            "1-2.5-5", decades("1", "2.5", "5"),
                            "1-2-5", decades("1", "2", "5"),
                            "1-5-10-50", decades("1", "5"),
                            "1-2-5-10-25", decadesFromTwo()));

    /// The ladder used when none is named.
    public static final Ladder DEFAULT = named("1-2.5-5");

    /// Which of the two neighbouring values a figure takes.
    public enum Rounding {
        /// The nearer one by ratio: 75 goes to 100 rather than 50, because it is ×1.33 from the one
        /// and ×1.5 from the other. A tie goes to the lower.
        NEAREST_LOG,
        /// The nearer one by difference. A tie goes to the lower.
        NEAREST,
        /// The next one that is not smaller; above the top there is none.
        UP,
        /// The next one that is not larger; below the ladder, the lowest.
        DOWN
    }

    public Ladder {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("A ladder needs at least one value.");
        }
        var plain = new ArrayList<BigDecimal>();
        for (int i = 0; i < values.size(); i++) {
            var value = plain(values.get(i));
            check(value, i + 1);
            if (i > 0 && value.compareTo(plain.getLast()) <= 0) {
                throw new IllegalArgumentException(
                        "The ladder value at position "
                                + (i + 1)
                                + " ("
                                + value.toPlainString()
                                + ") must be greater than the one before it ("
                                + plain.getLast().toPlainString()
                                + ").");
            }
            plain.add(value);
        }
        values = List.copyOf(plain);
    }

    /// A ladder that repeats over the decades from 1 to 10 million.
    ///
    /// @throws IllegalArgumentException if there is none of that name
    public static Ladder named(String name) {
        var values = NAMED.get(name);
        if (values == null) {
            throw new IllegalArgumentException(
                    "There is no ladder "
                            + Text.quote(name)
                            + ". Named ladders: "
                            + String.join(", ", NAMED.keySet())
                            + ". Maybe it is meant as a list of values such as 1,5,10,50.");
        }
        return new Ladder(name, values);
    }

    public static Ladder of(List<BigDecimal> values) {
        return new Ladder(LIST, values);
    }

    /// Reads a name, or values separated by commas: `1-2.5-5` or `1,5,10,50`.
    ///
    /// @throws IllegalArgumentException if it is neither
    public static Ladder parse(String text) {
        if (NAMED.containsKey(text)) {
            return named(text);
        }
        if (!text.contains(",") && !FIGURE.matcher(text).matches()) {
            return named(text);
        }
        var values = new ArrayList<BigDecimal>();
        for (var figure : Arrays.asList(text.split(",", -1))) {
            if (!FIGURE.matcher(figure.strip()).matches()) {
                throw new IllegalArgumentException(
                        "The ladder value at position "
                                + (values.size() + 1)
                                + " must be a plain decimal such as 2.5, but was "
                                + Text.quote(figure)
                                + ".");
            }
            values.add(new BigDecimal(figure.strip()));
        }
        return of(values);
    }

    public static List<String> names() {
        return List.copyOf(NAMED.keySet());
    }

    /// The value of the ladder a figure takes. The comparisons are exact.
    ///
    /// @throws IllegalArgumentException if the figure is not greater than 0, or [Rounding#UP] finds
    ///   nothing above it
    public BigDecimal round(BigDecimal figure, Rounding mode) {
        if (figure.signum() <= 0) {
            throw new IllegalArgumentException(
                    "Only a figure greater than 0 has a place on a ladder, but it was "
                            + Text.quote(figure.toString())
                            + ". Maybe the operation is meant to be free.");
        }
        if (figure.compareTo(values.getFirst()) <= 0) {
            return values.getFirst();
        }
        if (figure.compareTo(values.getLast()) > 0) {
            if (mode == Rounding.UP) {
                throw new IllegalArgumentException(
                        "The figure "
                                + Text.quote(figure.toString())
                                + " is above the top of the ladder ("
                                + values.getLast().toPlainString()
                                + "), so it cannot be rounded up.");
            }
            return values.getLast();
        }
        int above = 1;
        while (values.get(above).compareTo(figure) < 0) {
            above++;
        }
        var upper = values.get(above);
        var lower = values.get(above - 1);
        if (upper.compareTo(figure) == 0) {
            return upper;
        }
        var nearerUpper =
                switch (mode) {
                    case UP -> true;
                    case DOWN -> false;
                    case NEAREST -> figure.subtract(lower).compareTo(upper.subtract(figure)) > 0;
                    // figure / lower > upper / figure, without a division
                    case NEAREST_LOG ->
                            figure.multiply(figure).compareTo(lower.multiply(upper)) > 0;
                };
        return nearerUpper ? upper : lower;
    }

    /// The name, or the values when they are written out.
    @Override
    public String toString() {
        return name.equals(LIST)
                ? String.join(",", values.stream().map(BigDecimal::toPlainString).toList())
                : name;
    }

    private static void check(BigDecimal value, int position) {
        if (value.signum() <= 0) {
            throw new IllegalArgumentException(
                    "The ladder value at position "
                            + position
                            + " ("
                            + value.toPlainString()
                            + ") must be greater than 0. Free operations need no value on it.");
        }
        if (value.scale() > DECIMALS_MAX || value.precision() - value.scale() > DIGITS_MAX) {
            throw new IllegalArgumentException(
                    "The ladder value at position "
                            + position
                            + " ("
                            + Text.quote(value.toString())
                            + ") must have at most 6 decimals and 13 digits before the point.");
        }
    }

    private static List<BigDecimal> decades(String... steps) {
        var values = new ArrayList<BigDecimal>();
        for (int decade = 0; ; decade++) {
            for (var step : steps) {
                var value = plain(new BigDecimal(step).scaleByPowerOfTen(decade));
                if (value.compareTo(TOP) > 0) {
                    return values;
                }
                values.add(value);
            }
        }
    }

    /// 1, 2, 5, 10, 25, 50, 100, 250 …: whole numbers throughout, so 2 stands in for 2.5.
    private static List<BigDecimal> decadesFromTwo() {
        var values = decades("1", "2.5", "5");
        values.set(1, new BigDecimal("2"));
        return values;
    }

    /// Without trailing zeros and never in powers of ten, so that equal values are equal records.
    private static BigDecimal plain(BigDecimal value) {
        var stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 && stripped.precision() - stripped.scale() <= DIGITS_MAX
                ? stripped.setScale(0)
                : stripped;
    }
}
