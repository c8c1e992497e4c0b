package dev.scrip.client;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Credits that were deposited.
///
/// @param costBasis what was paid for one of them
/// @param expiresAt null when they never expire
public record GrantedCredits(
        String id,
        String account,
        BigDecimal credits,
        String category,
        int priority,
        Instant effectiveAt,
        @Nullable Instant expiresAt,
        MoneyAmount costBasis,
        Meta meta) {

    /// @param creditsRemaining of the whole account, right after
    public record Meta(BigDecimal creditsRemaining) {}

    public GrantedCredits {
        requireNonNull(id, "id");
        requireNonNull(meta, "meta");
    }
}
