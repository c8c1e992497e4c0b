package dev.scrip.client;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.List;

/// A call that was charged to a hold or a lease.
///
/// @param status `captured` when the hold ended with it, otherwise `partly_captured`
/// @param hold the id of the hold or the lease
/// @param creditsReleased what went back to the account
/// @param creditsHeld what is held still
/// @param meta the block to copy into your own API's answer
public record Capture(
        String id,
        String status,
        String hold,
        String account,
        String operation,
        BigDecimal quantity,
        BigDecimal creditsConsumed,
        BigDecimal creditsReleased,
        BigDecimal creditsHeld,
        Charge.Price price,
        List<Charge.Draw> drawnFrom,
        Charge.CreditsMeta meta) {

    public Capture {
        requireNonNull(id, "id");
        requireNonNull(creditsConsumed, "credits_consumed");
        requireNonNull(meta, "meta");
        drawnFrom = List.copyOf(drawnFrom);
    }
}
