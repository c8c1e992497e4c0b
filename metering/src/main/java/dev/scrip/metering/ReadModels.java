package dev.scrip.metering;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.Fact;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was projected from the facts into tables for reading. Behind the journal by a moment; each
/// read first waits for what was durable when it was asked.
public interface ReadModels {

    /// Facts of an account, newest first.
    ///
    /// @param before the sequence number of one of its facts, to go on after it; [Long#MAX_VALUE]
    ///   for the newest
    /// @param limit 1 to 1,000
    List<Fact> entries(AccountId account, long before, int limit);

    /// The fact with this sequence number, whatever its account; null when there is none.
    @Nullable Fact fact(long seq);

    /// The fact that showed the account's balance right before another one did: the account's own,
    /// or the pool's when that one was set for a child, which has no credits itself. Null when it
    /// is the first.
    @Nullable Fact before(Fact fact);

    /// Grants of an account that took effect some time after they were granted, in that order; none
    /// that was voided before.
    ///
    /// @param after exclusive
    /// @param until inclusive
    List<Fact> tookEffect(AccountId account, Instant after, Instant until);

    /// Until when a hold was extended the last time; null when it never was.
    ///
    /// @param hold the sequence number of the fact that set the credits aside
    @Nullable Instant extendedTo(long hold);

    /// The requests of a workspace's top-ups that are to be paid, oldest first.
    ///
    /// @param after the sequence number of one of them, to go on after it; 0 for the oldest
    /// @param limit 1 to 1,000
    List<Fact> openTopUps(String workspace, long after, int limit);

    /// What an account used, by operation in the order of their names.
    ///
    /// @param from inclusive, counted in whole hours
    /// @param to exclusive, counted in whole hours
    List<OperationUsage> usage(AccountId account, Instant from, Instant to);

    /// What all accounts of a workspace used, by operation in the order of their names.
    ///
    /// @param from inclusive, counted in whole hours
    /// @param to exclusive, counted in whole hours
    List<OperationUsage> usage(String workspace, Instant from, Instant to);

    /// What a backfill charged, in the order of the charges.
    List<BackfillCharge> backfillCharges(String workspace, String backfill);

    /// The charges of backfills that count for some events, by event; none for those that were
    /// never charged, or taken back.
    Map<String, BackfillCharge> backfilled(String workspace, List<String> events);

    /// How many credits the captures of holds came to, for an operation in a workspace.
    CaptureSizes captureSizes(String workspace, String operation);

    /// Facts that are durable and not projected yet.
    long lag();
}
