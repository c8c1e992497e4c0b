package dev.scrip.client;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The load that prices go by.
///
/// @param load 1 is full capacity; null when it is not known, and then no load price is on
/// @param at when it was told; null when it is not known
/// @param knownUntil until when it counts unless another one is told
/// @param loadPricesOn the ids of the load prices that are on
public record LoadReading(
        @Nullable BigDecimal load,
        @Nullable Instant at,
        @Nullable Instant knownUntil,
        List<String> loadPricesOn) {

    public LoadReading {
        loadPricesOn = List.copyOf(loadPricesOn);
    }
}
