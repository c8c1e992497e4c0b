package dev.scrip.client;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/// A wish to open an account: on a plan of its own, or drawing on the credits of another one.
///
/// @param account your name for the customer: 1 to 128 of `A-Z a-z 0-9 . _ : -`
/// @param plan the id of a plan of the price book; null when it draws on a pool
/// @param zone in which its months are counted, such as `Europe/Vienna`; null when it draws on a
///   pool
/// @param pool the account on whose credits it draws; null when it has its own
public record AccountOpening(
        String account, @Nullable String plan, @Nullable String zone, @Nullable String pool) {

    public AccountOpening {
        requireNonNull(account, "account");
        if ((plan == null) == (pool == null)) {
            throw new IllegalArgumentException(
                    "An account has either a plan (" + plan + ") or a pool (" + pool + ").");
        }
    }

    public static AccountOpening onPlan(String account, String plan) {
        return new AccountOpening(account, plan, "UTC", null);
    }

    /// A child: it has limits of its own, and no credits.
    public static AccountOpening inPool(String account, String pool) {
        return new AccountOpening(account, null, null, pool);
    }

    public AccountOpening withZone(String zone) {
        return new AccountOpening(account, plan, zone, pool);
    }
}
