package dev.scrip.client;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where an account stands.
///
/// @param id your name for the customer
/// @param period the one under way; at its end the plan grants again
/// @param grants in the order in which they are burned
public record AccountState(
        String id, String plan, Period period, Balance credits, List<Grant> grants) {

    /// @param available what can be spent now
    /// @param quota what the grants that are in effect deposited
    /// @param used the difference
    public record Balance(BigDecimal available, BigDecimal quota, BigDecimal used) {

        public Balance {
            requireNonNull(available, "available");
        }
    }

    /// @param category `plan`, `paid` or `promotional`
    /// @param priority lower burns first
    /// @param credits what it deposited
    /// @param expiresAt null when it never expires
    public record Grant(
            String id,
            String category,
            int priority,
            BigDecimal credits,
            BigDecimal remaining,
            Instant effectiveAt,
            @Nullable Instant expiresAt) {}

    public AccountState {
        requireNonNull(id, "id");
        requireNonNull(credits, "credits");
        grants = List.copyOf(grants);
    }
}
