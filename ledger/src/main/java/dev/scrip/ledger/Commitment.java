package dev.scrip.ledger;

import dev.scrip.pricing.Credits;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How many credits a month an account has promised to buy. It earns prices; nothing is collected
/// by it here.
///
/// @param creditsPerMonth not negative; zero for no promise
/// @param until before which it holds; null when no end was agreed on
public record Commitment(Credits creditsPerMonth, @Nullable Instant until) {

    public static final Commitment NONE = new Commitment(Credits.ZERO, null);

    public Commitment {
        if (creditsPerMonth.micros() < 0) {
            throw new IllegalArgumentException(
                    "A commitment (" + creditsPerMonth + " credits a month) must not be negative.");
        }
    }

    /// Credits a month at an instant; zero once it is over.
    public Credits at(Instant instant) {
        return until == null || instant.isBefore(until) ? creditsPerMonth : Credits.ZERO;
    }
}
