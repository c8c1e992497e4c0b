package dev.scrip.ledger;

import java.time.Duration;

/// How long and how many requests a ledger remembers, to answer a retry with the first answer.
///
/// @param requestWindow at least this long, unless `requestsMax` is reached before
/// @param requestsMax the oldest are forgotten beyond it, which bounds memory
public record LedgerSettings(Duration requestWindow, int requestsMax) {

    public static final LedgerSettings DEFAULT = new LedgerSettings(Duration.ofHours(24), 1 << 22);

    /// For how long after it happened usage may draw on grants that were in effect then.
    public static final Duration LATE_MAX = Duration.ofHours(24);

    public LedgerSettings {
        if (requestWindow.isNegative() || requestWindow.isZero()) {
            throw new IllegalArgumentException(
                    "The request window (" + requestWindow + ") must be longer than zero.");
        }
        if (requestsMax < 1) {
            throw new IllegalArgumentException(
                    "The number of remembered requests (" + requestsMax + ") must be at least 1.");
        }
    }
}
