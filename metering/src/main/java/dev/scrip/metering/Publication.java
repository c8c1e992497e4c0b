package dev.scrip.metering;

import dev.scrip.pricing.PriceBook;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A published price book, and how it came to be published.
///
/// @param publishedAt null for one that was published before this was kept
/// @param publishedBy the id of the API key that asked for it; null when a start of the server
///   published its pricing file
/// @param reason why, in its publisher's words; null when none was given
/// @param overrideReason why it was published although it breaks its rules; null when it breaks
///   none
public record Publication(
        PriceBook book,
        @Nullable Instant publishedAt,
        @Nullable String publishedBy,
        @Nullable String reason,
        @Nullable String overrideReason) {

    /// A pricing file that a start of the server publishes.
    public static Publication atStart(PriceBook book, Instant publishedAt) {
        return new Publication(book, publishedAt, null, null, null);
    }
}
