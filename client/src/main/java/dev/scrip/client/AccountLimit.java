package dev.scrip.client;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// A bound on what an account may do: so many calls in a time, or so many credits in a day, week or
/// month. Of all calls, or those with one of the customer's keys, or of an operation.
///
/// @param id tells the limits of an account apart
/// @param apiKey null for any
/// @param operation such as `image.resize` or `image.*`; null for any
/// @param calls of a rate limit, otherwise null
/// @param perSeconds of a rate limit, otherwise null
/// @param credits of a spend cap, otherwise null
/// @param per of a spend cap, otherwise null
public record AccountLimit(
        String id,
        @Nullable String apiKey,
        @Nullable String operation,
        @Nullable Integer calls,
        @Nullable Integer perSeconds,
        @Nullable BigDecimal credits,
        @Nullable Window per) {

    /// Over which a spend cap counts.
    public enum Window {
        @JsonProperty("day")
        DAY,
        @JsonProperty("week")
        WEEK,
        @JsonProperty("month")
        MONTH
    }

    public AccountLimit {
        requireNonNull(id, "id");
    }

    /// At most so many calls in a time that slides.
    public static AccountLimit rate(String id, int calls, int perSeconds) {
        return new AccountLimit(id, null, null, calls, perSeconds, null, null);
    }

    /// At most so many credits in each day, week or month.
    public static AccountLimit cap(String id, BigDecimal credits, Window per) {
        return new AccountLimit(id, null, null, null, null, credits, per);
    }

    public AccountLimit ofApiKey(String key) {
        return new AccountLimit(id, key, operation, calls, perSeconds, credits, per);
    }

    /// @param name of an operation, or of a family of them such as `image.*`
    public AccountLimit ofOperation(String name) {
        return new AccountLimit(id, apiKey, name, calls, perSeconds, credits, per);
    }
}
