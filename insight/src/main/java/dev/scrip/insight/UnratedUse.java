package dev.scrip.insight;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// A resource that recorded calls used and whose cost rate is 0, so that a calibration, which
/// multiplies rates, gives it none of the bill.
///
/// @param line of the bill that pays for it: a category, or `total`
/// @param field of the cost rates, such as `storage_per_gb` or `third_party.token`
/// @param used in what the rate is for: seconds, GB seconds, GB, units
/// @param billed on that line, in all periods
/// @param rate by which its use adds up to that line; null when the line pays for other use too,
///   and nothing tells the two apart
public record UnratedUse(
        String line, String field, BigDecimal used, BigDecimal billed, @Nullable BigDecimal rate) {}
