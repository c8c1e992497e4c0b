package dev.scrip.client;

import java.math.BigDecimal;

/// What captures of an operation came to, within 1 %.
///
/// @param count captures so far
/// @param enough whether holds may go by it
/// @param p50 what half of them came to at most; p95 and p99 likewise
public record CaptureEstimates(
        String operation,
        long count,
        boolean enough,
        BigDecimal p50,
        BigDecimal p95,
        BigDecimal p99) {}
