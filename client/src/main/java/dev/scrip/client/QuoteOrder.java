package dev.scrip.client;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A wish to know what a call costs, and to have it at that price for a while.
///
/// @param quantity how many units of it; usually one
/// @param expiresInSeconds how long it shall hold; null for as long as the server says
public record QuoteOrder(
        String account,
        String operation,
        BigDecimal quantity,
        @JsonProperty("expires_in") @Nullable Long expiresInSeconds) {

    public QuoteOrder {
        requireNonNull(account, "account");
        requireNonNull(operation, "operation");
        requireNonNull(quantity, "quantity");
    }

    /// One call of an operation.
    public static QuoteOrder of(String account, String operation) {
        return new QuoteOrder(account, operation, BigDecimal.ONE, null);
    }

    public QuoteOrder withQuantity(BigDecimal quantity) {
        return new QuoteOrder(account, operation, quantity, expiresInSeconds);
    }

    /// @param life in whole seconds, at most what the server allows
    public QuoteOrder withLife(Duration life) {
        return new QuoteOrder(account, operation, quantity, life.toSeconds());
    }
}
