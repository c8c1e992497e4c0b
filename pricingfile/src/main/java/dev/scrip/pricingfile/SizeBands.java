package dev.scrip.pricingfile;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Splits the calls of one operation by size: a call belongs to the first band it fits in.
///
/// @param column the column of the log that says how large a call is
/// @param unit what the sizes count, as customers read it, such as `prompt tokens`
/// @param upTo the largest size of each band, bounds included, rising
public record SizeBands(String column, String unit, Map<String, BigDecimal> upTo) {

    public SizeBands {
        upTo = Collections.unmodifiableMap(new LinkedHashMap<>(upTo));
    }

    /// The band of a size, or null above the last one.
    public @Nullable String of(BigDecimal size) {
        for (var band : upTo.entrySet()) {
            if (size.compareTo(band.getValue()) <= 0) {
                return band.getKey();
            }
        }
        return null;
    }
}
