package dev.scrip.client;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A published price book, without what it says.
///
/// @param inForce whether calls are charged by it now
/// @param calledOff whether it never takes effect, since one that was published later does so no
///   later
/// @param publishedAt null for one of before this was kept
/// @param publishedBy the id of an API key; null when a start of the server published its pricing
///   file
/// @param reason null when none was given
/// @param overrideReason null when it broke no rule
public record PriceBookVersion(
        String version,
        Instant effectiveFrom,
        boolean inForce,
        boolean calledOff,
        @Nullable Instant publishedAt,
        @Nullable String publishedBy,
        @Nullable String reason,
        @Nullable String overrideReason) {

    public PriceBookVersion {
        requireNonNull(version, "version");
        requireNonNull(effectiveFrom, "effectiveFrom");
    }
}
