package dev.scrip.pricing;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// What one call used, measured; or the mean of many calls.
///
/// @param computeMs CPU or GPU time in milliseconds
/// @param memoryMb megabytes held while computing
/// @param storageKb kilobytes read or written
/// @param bandwidthKb kilobytes sent
/// @param thirdParty units bought from a supplier, by the unit's name in [CostRates]
public record ResourceUse(
        BigDecimal computeMs,
        BigDecimal memoryMb,
        BigDecimal storageKb,
        BigDecimal bandwidthKb,
        SortedMap<String, BigDecimal> thirdParty) {

    public static final ResourceUse NONE =
            new ResourceUse(
                    BigDecimal.ZERO,
                    BigDecimal.ZERO,
                    BigDecimal.ZERO,
                    BigDecimal.ZERO,
                    Collections.emptySortedMap());

    public ResourceUse {
        thirdParty = Collections.unmodifiableSortedMap(new TreeMap<>(thirdParty));
        notNegative("compute_ms", computeMs);
        notNegative("memory_mb", memoryMb);
        notNegative("storage_kb", storageKb);
        notNegative("bandwidth_kb", bandwidthKb);
        thirdParty.forEach((unit, used) -> notNegative("third_party." + unit, used));
    }

    private static void notNegative(String name, BigDecimal used) {
        if (used.signum() < 0) {
            throw new IllegalArgumentException(
                    "The resource use " + name + " (" + used + ") must not be negative.");
        }
    }

    /// Whether no resource was used at all.
    public boolean isNothing() {
        return computeMs.signum() == 0
                && memoryMb.signum() == 0
                && storageKb.signum() == 0
                && bandwidthKb.signum() == 0
                && thirdParty.values().stream().allMatch(used -> used.signum() == 0);
    }
}
