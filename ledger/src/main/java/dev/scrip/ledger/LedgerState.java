package dev.scrip.ledger;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/// A copy of a ledger's whole state, for a snapshot or to compare two ledgers.
///
/// @param accounts by id
/// @param remembered which facts answered recent requests, oldest first
public record LedgerState(
        long lastSeq,
        Instant lastAt,
        List<AccountState> accounts,
        List<RememberedRequest> remembered) {

    /// @param grants in burn order
    public record AccountState(
            AccountId account,
            PlanTerms plan,
            ZoneId zone,
            Instant openedAt,
            int periodIndex,
            Instant periodStart,
            Instant periodEnd,
            List<AccountView.GrantView> grants) {}
}
