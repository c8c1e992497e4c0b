package dev.scrip.client;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a call used, measured; what is null counts as nothing.
///
/// @param computeMs CPU or GPU time in milliseconds
/// @param memoryMb megabytes held while computing
/// @param storageKb kilobytes read or written
/// @param bandwidthKb kilobytes sent
/// @param thirdParty units bought from a supplier, by the unit's name in the price book
public record MeasuredUse(
        @Nullable BigDecimal computeMs,
        @Nullable BigDecimal memoryMb,
        @Nullable BigDecimal storageKb,
        @Nullable BigDecimal bandwidthKb,
        SortedMap<String, BigDecimal> thirdParty) {

    public MeasuredUse {
        thirdParty = Collections.unmodifiableSortedMap(new TreeMap<>(thirdParty));
    }

    /// For calls whose cost is a supplier's bill, such as tokens.
    public static MeasuredUse ofThirdParty(Map<String, BigDecimal> units) {
        return new MeasuredUse(null, null, null, null, new TreeMap<>(units));
    }
}
