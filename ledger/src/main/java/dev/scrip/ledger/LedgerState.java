package dev.scrip.ledger;

import dev.scrip.pricing.Credits;
import java.nio.LongBuffer;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.SortedMap;

/// A copy of a ledger's whole state, for a snapshot or to compare two ledgers.
///
/// @param accounts by id
/// @param remembered which facts answered recent requests, oldest first, as [#REMEMBERED_NUMBERS]
///   numbers each: both halves of the hash of account and key, the first half of the fingerprint of
///   what was asked, the number of the fact, and its instant in microseconds
public record LedgerState(
        long lastSeq, Instant lastAt, List<AccountState> accounts, LongBuffer remembered) {

    /// How many numbers stand for a remembered request.
    public static final int REMEMBERED_NUMBERS = 5;

    /// @param grants in burn order
    /// @param holds oldest first
    /// @param reversed how much of which charge was taken back
    public record AccountState(
            AccountId account,
            PlanTerms plan,
            ZoneId zone,
            Instant openedAt,
            int periodIndex,
            Instant periodStart,
            Instant periodEnd,
            AccountStatus status,
            Overage overage,
            Credits receivable,
            List<AccountView.GrantView> grants,
            List<HoldState> holds,
            SortedMap<Long, Credits> reversed) {}

    /// An open hold.
    ///
    /// @param hold the sequence number of the fact that set the credits aside
    /// @param draws what is still held, in burn order
    public record HoldState(
            long hold, RatedUsage estimate, List<Draw> draws, Instant expires, Instant resetsAt) {}
}
