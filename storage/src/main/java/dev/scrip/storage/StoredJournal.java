package dev.scrip.storage;

import dev.scrip.ledger.Batch;
import dev.scrip.ledger.Journal;
import java.util.function.Consumer;

/// A journal in a database. Several may be open on the same facts: one appends, and projections
/// read through others, so that none waits for another.
interface StoredJournal extends Journal {

    /// Hands over the batches after the given fact, in order, until they have as many facts as
    /// that.
    ///
    /// @param after the last fact of a batch, or 0
    /// @throws dev.scrip.ledger.JournalException if the store does not answer
    void read(long after, long factsMax, Consumer<Batch> sink);

    /// Breaks off an append that waits for its answer, which then fails; does nothing when there is
    /// none. From another thread.
    default void breakOff() {}

    @Override
    default void read(long after, Consumer<Batch> sink) {
        read(after, Long.MAX_VALUE, sink);
    }
}
