package dev.scrip.client;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of events.
///
/// @param events in the order they were sent
/// @param duplicates that had been charged before
public record EventOutcomes(
        List<Outcome> events, int received, int charged, int duplicates, int refused) {

    /// What became of one. What does not apply is null.
    ///
    /// @param index from 0
    /// @param outcome `charged`, `duplicate` or `refused`
    /// @param charge its id
    /// @param code why it was refused; send it again when that is mended
    /// @param pointer the field at fault, within the event
    public record Outcome(
            int index,
            @Nullable String id,
            String outcome,
            @Nullable String charge,
            @Nullable BigDecimal credits,
            @Nullable String code,
            @Nullable String detail,
            @Nullable String pointer) {}

    public EventOutcomes {
        events = List.copyOf(events);
    }
}
