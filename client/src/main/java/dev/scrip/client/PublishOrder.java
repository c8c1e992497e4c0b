package dev.scrip.client;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A price book to publish.
///
/// @param document its text in the format `scrip-price-book/1`; version and date in it do not count
/// @param basedOn the version that was the last one when this was decided, such as `pb_3`
/// @param effectiveFrom null for at once
/// @param reason why; at most 500 characters
/// @param overrideReason why, although it breaks its rules; at most 500 characters
public record PublishOrder(
        String document,
        String basedOn,
        @Nullable Instant effectiveFrom,
        @Nullable String reason,
        @Nullable String overrideReason) {

    public PublishOrder {
        requireNonNull(document, "document");
        requireNonNull(basedOn, "basedOn");
    }

    /// At once, without a reason.
    public static PublishOrder of(String document, String basedOn) {
        return new PublishOrder(document, basedOn, null, null, null);
    }

    public PublishOrder from(@Nullable Instant effectiveFrom) {
        return new PublishOrder(document, basedOn, effectiveFrom, reason, overrideReason);
    }

    public PublishOrder because(@Nullable String reason) {
        return new PublishOrder(document, basedOn, effectiveFrom, reason, overrideReason);
    }

    /// Although it breaks its rules.
    public PublishOrder although(@Nullable String overrideReason) {
        return new PublishOrder(document, basedOn, effectiveFrom, reason, overrideReason);
    }
}
