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
public record ChargeRequest(
        String account,
        String operation,
        BigDecimal quantity,
        @Nullable MeasuredUse use,
        SortedMap<String, String> attributes,
        @Nullable String apiKey) {

    public ChargeRequest {
        requireNonNull(account, "account");
        requireNonNull(operation, "operation");
        requireNonNull(quantity, "quantity");
        attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
    }

    /// One call of an operation.
    public static ChargeRequest of(String account, String operation) {
        return new ChargeRequest(
                account, operation, BigDecimal.ONE, null, Collections.emptySortedMap(), null);
    }

    public ChargeRequest withQuantity(BigDecimal quantity) {
        return new ChargeRequest(account, operation, quantity, use, attributes, apiKey);
    }

    public ChargeRequest withUse(MeasuredUse use) {
        return new ChargeRequest(account, operation, quantity, use, attributes, apiKey);
    }

    public ChargeRequest withAttributes(Map<String, String> attributes) {
        return new ChargeRequest(
                account, operation, quantity, use, new TreeMap<>(attributes), apiKey);
    }

    public ChargeRequest withApiKey(String apiKey) {
        return new ChargeRequest(account, operation, quantity, use, attributes, apiKey);
    }
}
