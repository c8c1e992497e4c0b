package dev.scrip.pricingfile;

import dev.scrip.pricing.CostProfile;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the calls of a usage log cost at the cost rates, by operation.
///
/// @param rows how many calls the log has
/// @param profiles of operations whose calls say what they used or cost; other calls of them are
///   left out
/// @param units the quantities of all calls, whether they say what they used or not
/// @param last when each operation was called last, where the log has times
/// @param first null when the log has no times
public record UsageCosts(
        Path file,
        long rows,
        SortedMap<String, CostProfile> profiles,
        SortedMap<String, BigDecimal> units,
        SortedMap<String, Instant> last,
        @Nullable Instant first,
        @Nullable Instant end) {

    private static final BigDecimal MONTH_SECONDS =
            BigDecimal.valueOf(Duration.ofDays(30).toSeconds());

    public UsageCosts {
        profiles = sorted(profiles);
        units = sorted(units);
        last = sorted(last);
    }

    /// Calls in 30 days at the pace of the log, half up; its own count when it has no times or is
    /// of less than a day.
    long monthlyCalls(String operation) {
        var count = units.getOrDefault(operation, BigDecimal.ZERO);
        if (first != null && end != null) {
            var span = Duration.between(first, end);
            if (span.compareTo(Duration.ofDays(1)) >= 0) {
                count =
                        count.multiply(MONTH_SECONDS)
                                .divide(
                                        BigDecimal.valueOf(span.toSeconds()),
                                        0,
                                        RoundingMode.HALF_UP);
            }
        }
        return count.setScale(0, RoundingMode.HALF_UP).longValueExact();
    }

    private static <V> SortedMap<String, V> sorted(Map<String, V> map) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }
}
