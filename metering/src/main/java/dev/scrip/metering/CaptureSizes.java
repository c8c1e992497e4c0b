package dev.scrip.metering;

import dev.scrip.pricing.Credits;

/// How many credits captures of an operation came to. The count is exact, the shares of it are
/// within 1 % of a capture that happened.
///
/// @param p50 half of the captures came to this much or less; 0 when there were none
public record CaptureSizes(long count, Credits p50, Credits p95, Credits p99) {}
