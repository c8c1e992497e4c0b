package dev.scrip.client;

import static java.util.Objects.requireNonNull;

/// A wish to open an account.
///
/// @param account your name for the customer: 1 to 128 of `A-Z a-z 0-9 . _ : -`
/// @param plan the id of a plan of the price book
/// @param zone in which its months are counted, such as `Europe/Vienna`
public record AccountOpening(String account, String plan, String zone) {

    public AccountOpening {
        requireNonNull(account, "account");
        requireNonNull(plan, "plan");
        requireNonNull(zone, "zone");
    }

    public static AccountOpening onPlan(String account, String plan) {
        return new AccountOpening(account, plan, "UTC");
    }
}
