package dev.scrip.client;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An account as it was opened.
///
/// @param id your name for the customer
/// @param includedCredits what its plan grants in each period
/// @param pool the account on whose credits it draws; null when it has its own
public record OpenedAccount(
        String id,
        String plan,
        BigDecimal includedCredits,
        String zone,
        Instant openedAt,
        Period period,
        @Nullable String pool) {

    public OpenedAccount {
        requireNonNull(id, "id");
        requireNonNull(period, "period");
    }
}
