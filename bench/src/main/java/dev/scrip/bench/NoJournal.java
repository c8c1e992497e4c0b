package dev.scrip.bench;

import dev.scrip.ledger.Batch;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.Journal;
import dev.scrip.ledger.JournalException;
import java.util.function.Consumer;

/// A journal that keeps nothing, so that what is measured is the ledger alone.
final class NoJournal implements Journal {

    private long head;

    @Override
    public long head() {
        return head;
    }

    @Override
    public void append(Batch batch) {
        head = batch.lastSeq();
    }

    @Override
    public void read(long after, Consumer<Batch> sink) {}

    @Override
    public Fact fact(long seq) {
        throw new JournalException("Nothing was kept, fact " + seq + " neither.");
    }

    @Override
    public void reopen() {}

    @Override
    public void close() {}
}
