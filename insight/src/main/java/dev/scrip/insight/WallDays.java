package dev.scrip.insight;

import dev.scrip.pricing.Prose;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// On which day of the month the accounts of a plan use up their bundle.
///
/// @param accounts those that use more than their bundle, by day, the first being 1
public record WallDays(SortedMap<Integer, Integer> accounts) {

    private static final BigDecimal DAYS = new BigDecimal("30");

    public WallDays {
        accounts = Collections.unmodifiableSortedMap(new TreeMap<>(accounts));
    }

    /// The day on which half of them have hit the wall, nearest rank; null when nobody does.
    public @Nullable Integer median() {
        int all = accounts.values().stream().mapToInt(Integer::intValue).sum();
        int seen = 0;
        for (var day : accounts.entrySet()) {
            seen += day.getValue();
            if (2 * seen >= all) {
                return day.getKey();
            }
        }
        return null;
    }

    /// The first day on which more than a bundle has been used.
    ///
    /// @param used in the month, more than is included
    /// @param daily the same by day; null for the same amount on each of 30 days
    static int day(
            BigDecimal included, BigDecimal used, @Nullable SortedMap<Integer, BigDecimal> daily) {
        if (daily == null) {
            return included.multiply(DAYS).divide(used, 0, RoundingMode.DOWN).intValueExact() + 1;
        }
        var sum = BigDecimal.ZERO;
        for (var day : daily.entrySet()) {
            sum = sum.add(day.getValue());
            if (sum.compareTo(included) > 0) {
                return day.getKey();
            }
        }
        throw new IllegalArgumentException(
                "The days add up to "
                        + sum.toPlainString()
                        + " "
                        + Prose.numbered(sum, "credit")
                        + ", the month to "
                        + used.toPlainString()
                        + ".");
    }
}
