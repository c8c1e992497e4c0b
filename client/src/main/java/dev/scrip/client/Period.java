package dev.scrip.client;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/// The time between two grants of a plan.
///
/// @param start inclusive
/// @param end exclusive
public record Period(Instant start, Instant end) {

    public Period {
        requireNonNull(start, "start");
        requireNonNull(end, "end");
    }
}
