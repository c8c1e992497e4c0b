package dev.scrip.ledger;

/// Where a grant's credits come from, declared in the order they are burned when all else is equal.
public enum GrantCategory {
    /// Given away: burning it yields nothing.
    PROMOTIONAL,
    /// Included in a plan's fee.
    PLAN,
    /// Bought.
    PAID
}
