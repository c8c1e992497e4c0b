package dev.scrip.storage;

import dev.scrip.ledger.Batch;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.Journal;
import java.util.function.Consumer;

/// A writer's journal that tells what it stored to who reads right behind.
record RememberedJournal(Journal journal, RecentBatches recent) implements Journal {

    @Override
    public long head() {
        return journal.head();
    }

    @Override
    public void append(Batch batch) {
        journal.append(batch);
        recent.add(batch);
    }

    @Override
    public void read(long after, Consumer<Batch> sink) {
        journal.read(after, sink);
    }

    @Override
    public Fact fact(long seq) {
        return journal.fact(seq);
    }

    @Override
    public void reopen() {
        journal.reopen();
    }

    @Override
    public void close() {
        journal.close();
    }
}
