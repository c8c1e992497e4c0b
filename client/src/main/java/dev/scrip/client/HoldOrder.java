package dev.scrip.client;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A wish to set credits aside: what one unit of the operation costs, unless one of quantity,
/// credits and estimate says otherwise.
///
/// @param quantity to hold what so many units cost
/// @param maxCredits to hold as many, whatever the operation costs
/// @param estimate to hold what earlier captures came to
/// @param quote the price that was bound for it ([BoundQuote#quote]); null for that of now
/// @param expiresInSeconds until it is released by itself; null for a quarter of an hour
public record HoldOrder(
        String account,
        String operation,
        @Nullable BigDecimal quantity,
        @Nullable BigDecimal maxCredits,
        @Nullable Share estimate,
        @Nullable String quote,
        @JsonProperty("expires_in") @Nullable Long expiresInSeconds) {

    /// How many of 100 earlier captures a hold is to cover.
    public enum Share {
        @JsonProperty("p50")
        P50,
        @JsonProperty("p95")
        P95,
        @JsonProperty("p99")
        P99
    }

    public HoldOrder {
        requireNonNull(account, "account");
        requireNonNull(operation, "operation");
    }

    /// What one unit of the operation costs.
    public static HoldOrder of(String account, String operation) {
        return new HoldOrder(account, operation, null, null, null, null, null);
    }

    /// What the call costs that a quote was made for.
    public static HoldOrder at(BoundQuote quote) {
        return new HoldOrder(
                quote.account(),
                quote.operation(),
                quote.quantity(),
                null,
                null,
                quote.quote(),
                null);
    }

    /// What so many units cost.
    public HoldOrder withQuantity(BigDecimal quantity) {
        return new HoldOrder(account, operation, quantity, null, null, quote, expiresInSeconds);
    }

    public HoldOrder withMaxCredits(BigDecimal maxCredits) {
        return new HoldOrder(account, operation, null, maxCredits, null, null, expiresInSeconds);
    }

    /// What so many of 100 earlier captures came to at most.
    public HoldOrder withEstimate(Share estimate) {
        return new HoldOrder(account, operation, null, null, estimate, null, expiresInSeconds);
    }

    /// @param life in whole seconds
    public HoldOrder withLife(Duration life) {
        return new HoldOrder(
                account, operation, quantity, maxCredits, estimate, quote, life.toSeconds());
    }
}
