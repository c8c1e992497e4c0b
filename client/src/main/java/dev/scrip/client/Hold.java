package dev.scrip.client;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Instant;

/// Credits that are set aside.
///
/// @param id for the calls that capture, extend and release it
/// @param expiresAt when it is released by itself
public record Hold(
        String id,
        String account,
        String operation,
        BigDecimal heldCredits,
        Instant expiresAt,
        HeldMeta meta) {

    /// @param creditsRemaining what can be spent beside the hold
    /// @param creditsResetAt when the plan grants again
    public record HeldMeta(
            BigDecimal creditsHeld, BigDecimal creditsRemaining, Instant creditsResetAt) {}

    public Hold {
        requireNonNull(id, "id");
        requireNonNull(heldCredits, "held_credits");
    }
}
