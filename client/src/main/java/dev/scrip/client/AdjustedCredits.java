package dev.scrip.client;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;

/// Credits that were given or taken to set an account right.
///
/// @param id of the entry
/// @param credits without a sign
public record AdjustedCredits(String id, BigDecimal credits) {

    public AdjustedCredits {
        requireNonNull(id, "id");
        requireNonNull(credits, "credits");
    }
}
