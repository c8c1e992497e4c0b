package dev.scrip.ledger;

import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The part of a charge that one grant paid.
///
/// @param grant the sequence number of the fact that granted it
/// @param expires when the grant expires, null for never
/// @param costBasis the grant's, so that yield needs no look-up
public record Draw(long grant, Credits credits, @Nullable Instant expires, Money costBasis) {

    /// What these credits earned when they were bought.
    public Money yieldValue() {
        return costBasis.timesCredits(credits);
    }
}
