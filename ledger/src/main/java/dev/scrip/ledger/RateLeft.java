package dev.scrip.ledger;

import java.time.Duration;

/// What is left of a rate limit that a call is about.
///
/// @param account whose limit it is: a child's, or its pool's
/// @param calls that would be allowed now
/// @param more until one call more would be; zero when all are allowed
public record RateLeft(AccountId account, Limit.Rate limit, int calls, Duration more) {}
