package dev.scrip.client;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Instant;

/// An account as it was opened.
///
/// @param id your name for the customer
/// @param includedCredits what its plan grants in each period
public record OpenedAccount(
        String id,
        String plan,
        BigDecimal includedCredits,
        String zone,
        Instant openedAt,
        Period period) {

    public OpenedAccount {
        requireNonNull(id, "id");
        requireNonNull(period, "period");
    }
}
