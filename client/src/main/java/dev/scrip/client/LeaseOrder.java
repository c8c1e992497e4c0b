package dev.scrip.client;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A wish to borrow credits.
///
/// @param expiresInSeconds until the lease ends by itself
/// @param apiKey which of the customer's own keys they are lent to; null for none
public record LeaseOrder(
        String account,
        BigDecimal credits,
        @JsonProperty("expires_in") long expiresInSeconds,
        @Nullable String apiKey) {

    public LeaseOrder {
        requireNonNull(account, "account");
        requireNonNull(credits, "credits");
    }

    /// @param life in whole seconds
    public static LeaseOrder of(String account, BigDecimal credits, Duration life) {
        return new LeaseOrder(account, credits, life.toSeconds(), null);
    }

    public LeaseOrder withApiKey(String key) {
        return new LeaseOrder(account, credits, expiresInSeconds, key);
    }
}
