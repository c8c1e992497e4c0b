package dev.scrip.metering;

import dev.scrip.ledger.AccountId;
import dev.scrip.pricing.Quote;
import java.time.Instant;

/// A price that holds for one account, operation and quantity until an instant.
///
/// @param expiresAt from when it does not hold any more
public record BoundQuote(AccountId account, Quote quote, Instant expiresAt) {}
