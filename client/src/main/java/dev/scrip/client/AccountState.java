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
/// @param pool the account on whose credits it draws, and which are shown here; null when it has
///   its own
/// @param grants in the order in which they are burned
/// @param commitment null when it has promised nothing
/// @param children the accounts that draw on this one
public record AccountState(
        String id,
        @Nullable String pool,
        String plan,
        Period period,
        Balance credits,
        List<Grant> grants,
        @Nullable Commitment commitment,
        List<String> children) {

    /// @param available what can be spent now
    /// @param quota what the grants that are in effect deposited
    /// @param used the difference
    /// @param held set aside by open holds and leases
    public record Balance(
            BigDecimal available, BigDecimal quota, BigDecimal used, BigDecimal held) {

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
        children = List.copyOf(children);
    }
}
