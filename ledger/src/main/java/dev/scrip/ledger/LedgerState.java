package dev.scrip.ledger;

import dev.scrip.pricing.Credits;
import java.nio.LongBuffer;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// A copy of a ledger's whole state, for a snapshot or to compare two ledgers.
///
/// @param accounts pools and children in any order
/// @param remembered which facts answered recent requests, oldest first, as [#REMEMBERED_NUMBERS]
///   numbers each: both halves of the hash of account and key, the first half of the fingerprint of
///   what was asked, the number of the fact, its instant in microseconds, and by how many seconds
///   its usage claims to be later
/// @param forgottenUntil up to which usage may have been forgotten; null when none was
public record LedgerState(
        long lastSeq,
        Instant lastAt,
        List<AccountState> accounts,
        LongBuffer remembered,
        @Nullable Instant forgottenUntil) {

    /// How many numbers stand for a remembered request.
    public static final int REMEMBERED_NUMBERS = 6;

    /// @param pool on whose grants the account draws; null when it has its own
    /// @param nextPlan from the next period on; null when it stays
    /// @param anchor to which the plan's periods are added
    /// @param grants in burn order
    /// @param lapsed in the order in which they lapsed
    /// @param holds oldest first
    /// @param reversed how much of which charge was taken back
    /// @param topUps null when none were ever set up
    /// @param usedInPeriod charged since the period began, less what was taken back
    public record AccountState(
            AccountId account,
            @Nullable AccountId pool,
            PlanTerms plan,
            @Nullable PlanTerms nextPlan,
            ZoneId zone,
            Instant openedAt,
            Instant anchor,
            int periodIndex,
            Instant periodStart,
            Instant periodEnd,
            AccountStatus status,
            Overage overage,
            Credits receivable,
            List<AccountView.GrantView> grants,
            List<LapsedState> lapsed,
            List<HoldState> holds,
            SortedMap<Long, Credits> reversed,
            List<LimitState> limits,
            List<AlertState> alerts,
            @Nullable TopUpState topUps,
            Commitment commitment,
            Credits usedInPeriod) {}

    /// A grant that lapsed a short while ago.
    ///
    /// @param remaining what it had left and late usage may still draw
    /// @param rollover the grant by which a part of it lives on; 0 for none
    public record LapsedState(long grant, GrantTerms terms, Credits remaining, long rollover) {}

    /// @param used of a cap: credits in the window that ends at `until`
    /// @param until of a rate: the theoretical arrival time of the next call
    public record LimitState(Limit limit, Credits used, Instant until) {}

    /// @param fired and not recovered since
    public record AlertState(Alert alert, boolean fired) {}

    /// @param open the sequence number of the request that is open; 0 for none
    /// @param inMonth credits asked for in the month that ends at `monthEnd`
    public record TopUpState(
            @Nullable TopUpRule rule,
            long open,
            Credits openCredits,
            Instant lastRequest,
            Credits inMonth,
            Instant monthEnd) {}

    /// An open hold.
    ///
    /// @param hold the sequence number of the fact that set the credits aside
    /// @param draws what is still held, in burn order
    public record HoldState(
            long hold,
            RatedUsage estimate,
            boolean lease,
            List<Draw> draws,
            Instant expires,
            Instant resetsAt) {}
}
