package dev.scrip.client;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A promise of an account to buy credits, for which a price book may ask less.
///
/// @param creditsPerMonth 0 ends the promise
/// @param until null when it has no end
public record Commitment(BigDecimal creditsPerMonth, @Nullable Instant until) {

    public Commitment {
        requireNonNull(creditsPerMonth, "credits_per_month");
    }
}
