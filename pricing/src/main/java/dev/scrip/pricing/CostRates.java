package dev.scrip.pricing;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// What one unit of each resource costs, in the price book's currency.
///
/// @param computePerSecond a second of CPU or GPU time
/// @param memoryPerGbSecond a gigabyte (1,000 MB) held for a second
/// @param storagePerGb a gigabyte read or written
/// @param bandwidthPerGb a gigabyte sent
/// @param thirdParty price of one unit a supplier bills, by the unit's name, such as
///   `gpt-4o.input_token`
public record CostRates(
        BigDecimal computePerSecond,
        BigDecimal memoryPerGbSecond,
        BigDecimal storagePerGb,
        BigDecimal bandwidthPerGb,
        SortedMap<String, BigDecimal> thirdParty) {

    public static final CostRates NONE =
            new CostRates(
                    BigDecimal.ZERO,
                    BigDecimal.ZERO,
                    BigDecimal.ZERO,
                    BigDecimal.ZERO,
                    Collections.emptySortedMap());

    public CostRates {
        thirdParty = Collections.unmodifiableSortedMap(new TreeMap<>(thirdParty));
        notNegative("compute_per_second", computePerSecond);
        notNegative("memory_per_gb_second", memoryPerGbSecond);
        notNegative("storage_per_gb", storagePerGb);
        notNegative("bandwidth_per_gb", bandwidthPerGb);
        thirdParty.forEach((unit, rate) -> notNegative("third_party." + unit, rate));
    }

    /// Costs the resource use of one call, or of the mean call.
    ///
    /// @throws IllegalArgumentException if the use names a third-party unit without a rate
    public CostBreakdown cost(ResourceUse use) {
        var seconds = use.computeMs().movePointLeft(3);
        var thirdPartyCost = BigDecimal.ZERO;
        for (var used : use.thirdParty().entrySet()) {
            var rate = thirdParty.get(used.getKey());
            if (rate == null) {
                throw new IllegalArgumentException(
                        "The third-party unit ("
                                + used.getKey()
                                + ") has no rate. Known units: "
                                + String.join(", ", thirdParty.keySet())
                                + ".");
            }
            thirdPartyCost = thirdPartyCost.add(used.getValue().multiply(rate));
        }
        return new CostBreakdown(
                seconds.multiply(computePerSecond),
                use.memoryMb().movePointLeft(3).multiply(seconds).multiply(memoryPerGbSecond),
                use.storageKb().movePointLeft(6).multiply(storagePerGb),
                use.bandwidthKb().movePointLeft(6).multiply(bandwidthPerGb),
                thirdPartyCost,
                BigDecimal.ZERO);
    }

    private static void notNegative(String name, BigDecimal rate) {
        if (rate.signum() < 0) {
            throw new IllegalArgumentException(
                    "The cost rate " + name + " (" + rate + ") must not be negative.");
        }
    }
}
