package dev.scrip.ledger;

/// What an account may still do.
public enum AccountStatus {
    /// Everything.
    OPEN,
    /// No new charges and holds; open holds may be captured, and credits given.
    FROZEN,
    /// Nothing but being read and having charges reversed, for good.
    CLOSED
}
