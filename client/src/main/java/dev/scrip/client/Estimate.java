package dev.scrip.client;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a call would cost, and whether the account could pay. A question is not an error: being
/// short of credits is an answer here.
///
/// @param reason why not, such as `insufficient_credits`; null when it is allowed
public record Estimate(
        boolean allowed,
        @Nullable String reason,
        String account,
        String operation,
        BigDecimal quantity,
        Charge.Price price,
        Meta meta) {

    /// @param creditsResetAt when the plan grants again
    public record Meta(
            BigDecimal creditsRequired, BigDecimal creditsRemaining, Instant creditsResetAt) {}

    public Estimate {
        requireNonNull(price, "price");
        requireNonNull(meta, "meta");
    }
}
