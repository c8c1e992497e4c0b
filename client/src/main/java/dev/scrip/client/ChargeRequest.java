package dev.scrip.client;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A call to be charged, or to be estimated.
///
/// @param account as the API company names its customer
/// @param operation such as `chat.complete.m`
/// @param quantity how many units of it; usually one
/// @param use what the call used, when it was measured: margins then show its real cost
/// @param attributes what you want to tell calls apart by; kept with the charge's idempotency key
/// @param apiKey which of the customer's own keys made the call
/// @param quote the price that was bound for it ([BoundQuote#quote]); null for that of now. Not for
///   estimates
public record ChargeRequest(
        String account,
        String operation,
        BigDecimal quantity,
        @Nullable MeasuredUse use,
        SortedMap<String, String> attributes,
        @Nullable String apiKey,
        @Nullable String quote) {

    public ChargeRequest {
        requireNonNull(account, "account");
        requireNonNull(operation, "operation");
        requireNonNull(quantity, "quantity");
        attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
    }

    /// One call of an operation.
    public static ChargeRequest of(String account, String operation) {
        return new ChargeRequest(
                account, operation, BigDecimal.ONE, null, Collections.emptySortedMap(), null, null);
    }

    public ChargeRequest withQuantity(BigDecimal quantity) {
        return new ChargeRequest(account, operation, quantity, use, attributes, apiKey, quote);
    }

    public ChargeRequest withUse(MeasuredUse use) {
        return new ChargeRequest(account, operation, quantity, use, attributes, apiKey, quote);
    }

    public ChargeRequest withAttributes(Map<String, String> attributes) {
        return new ChargeRequest(
                account, operation, quantity, use, new TreeMap<>(attributes), apiKey, quote);
    }

    public ChargeRequest withApiKey(String apiKey) {
        return new ChargeRequest(account, operation, quantity, use, attributes, apiKey, quote);
    }

    /// The call that a quote was made for, at its price.
    public static ChargeRequest at(BoundQuote quote) {
        return of(quote.account(), quote.operation())
                .withQuantity(quote.quantity())
                .withQuote(quote.quote());
    }

    /// @param quote [BoundQuote#quote], made for this account, operation and quantity
    public ChargeRequest withQuote(String quote) {
        return new ChargeRequest(account, operation, quantity, use, attributes, apiKey, quote);
    }
}
