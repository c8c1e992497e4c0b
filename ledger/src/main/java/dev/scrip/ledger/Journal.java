package dev.scrip.ledger;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Where a partition's facts are kept: an append-only sequence of batches, with the latest snapshot
/// beside it. One thread uses it at a time.
public interface Journal extends AutoCloseable {

    /// The number of the last fact stored, 0 when there is none.
    ///
    /// @throws JournalException if the store does not answer
    long head();

    /// Stores a batch durably, provided that it starts right after the head: a writer that was
    /// deposed meanwhile cannot write.
    ///
    /// @throws JournalException if it may or may not be stored: [#reopen] and look at [#head]
    void append(Batch batch);

    /// Hands over the batches after the given fact, in order.
    ///
    /// @param after the last fact of a batch, or 0
    /// @throws JournalException if the store does not answer
    void read(long after, Consumer<Batch> sink);

    /// The stored fact with this number.
    ///
    /// @throws JournalException if the store does not answer, or does not have it
    Fact fact(long seq);

    /// The latest snapshot, or null. It shortens recovery and never changes its result.
    ///
    /// @throws JournalException if the store does not answer
    @Nullable LedgerState snapshot();

    /// Keeps a snapshot in place of the one before.
    ///
    /// @throws JournalException if it may or may not be stored
    void save(LedgerState snapshot);

    /// Drops the connection to the store and makes a new one: the state of a connection that failed
    /// is not to be trusted.
    ///
    /// @throws JournalException if the store does not answer
    void reopen();

    @Override
    void close();
}
