package dev.scrip.ledger;

import java.util.function.Consumer;

/// Where a partition's facts are kept: an append-only sequence of batches. One thread uses it at a
/// time.
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

    /// Drops the connection to the store and makes a new one: the state of a connection that failed
    /// is not to be trusted.
    ///
    /// @throws JournalException if the store does not answer
    void reopen();

    @Override
    void close();
}
