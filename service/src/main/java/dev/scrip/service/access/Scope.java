package dev.scrip.service.access;

/// What a route needs to be allowed.
public enum Scope {
    /// Nothing: open to anyone.
    OPEN,
    /// A key of any role.
    ANY_KEY,
    /// To charge and to estimate.
    CHARGE,
    /// To read one account's standing.
    READ_ACCOUNT,
    /// To read what customers may see of any account, and the price list.
    READ,
    /// To read the provider's own figures, and to change accounts and keys.
    ADMIN
}
