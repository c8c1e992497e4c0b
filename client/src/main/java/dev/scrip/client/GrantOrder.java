package dev.scrip.client;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Credits to deposit.
///
/// @param effectiveAt null for at once
/// @param expiresAt null for never
/// @param price what was paid for all of them; null for the list price of paid credits, and for
///   nothing for others
public record GrantOrder(
        BigDecimal credits,
        Category category,
        @Nullable Instant effectiveAt,
        @Nullable Instant expiresAt,
        @Nullable MoneyAmount price) {

    /// Why the credits are there.
    public enum Category {
        @JsonProperty("paid")
        PAID,
        @JsonProperty("promotional")
        PROMOTIONAL,
        @JsonProperty("plan")
        PLAN
    }

    public GrantOrder {
        requireNonNull(credits, "credits");
        requireNonNull(category, "category");
    }

    /// Bought at list price, to be spent at any time.
    public static GrantOrder paid(BigDecimal credits) {
        return new GrantOrder(credits, Category.PAID, null, null, null);
    }

    /// Given away, until an instant.
    public static GrantOrder promotional(BigDecimal credits, Instant expiresAt) {
        return new GrantOrder(credits, Category.PROMOTIONAL, null, expiresAt, null);
    }
}
