package dev.scrip.client;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/// What a call costs until [#expiresAt]: sent with its charge or hold, it is charged at that price
/// whatever becomes of load and price book meanwhile.
///
/// @param quote to be sent with the charge or the hold, as it is
/// @param base before adjustments and rounding
/// @param adjustments the steps from the base to the credits
/// @param listValue the credits at list price
/// @param priceBook the version that it goes by
public record BoundQuote(
        String quote,
        String account,
        String operation,
        BigDecimal quantity,
        BigDecimal credits,
        BigDecimal base,
        List<Charge.Adjustment> adjustments,
        MoneyAmount listValue,
        String priceBook,
        Instant expiresAt) {

    public BoundQuote {
        requireNonNull(quote, "quote");
        requireNonNull(credits, "credits");
        requireNonNull(expiresAt, "expires_at");
        adjustments = List.copyOf(adjustments);
    }
}
