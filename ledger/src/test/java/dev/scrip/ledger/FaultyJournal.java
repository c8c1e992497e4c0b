package dev.scrip.ledger;

import java.util.function.Consumer;

/// A journal whose next append goes wrong when a test says so, or does something before it.
final class FaultyJournal implements Journal {

    enum Fault {
        NONE,
        NOT_STORED,
        STORED
    }

    final InMemoryJournal stored;
    volatile Fault next = Fault.NONE;
    volatile Runnable beforeAppend = () -> {};
    private boolean broken;

    FaultyJournal(InMemoryJournal stored) {
        this.stored = stored;
    }

    @Override
    public long head() {
        return stored.head();
    }

    @Override
    public void append(Batch batch) {
        beforeAppend.run();
        if (broken) {
            throw new IllegalStateException("used after it failed");
        }
        var fault = next;
        next = Fault.NONE;
        if (fault != Fault.NOT_STORED) {
            stored.append(batch);
        }
        if (fault != Fault.NONE) {
            broken = true;
            throw new JournalException("planted", new IllegalStateException());
        }
    }

    @Override
    public void read(long after, Consumer<Batch> sink) {
        stored.read(after, sink);
    }

    @Override
    public Fact fact(long seq) {
        return stored.fact(seq);
    }

    @Override
    public void reopen() {
        broken = false;
    }

    @Override
    public void close() {}
}
