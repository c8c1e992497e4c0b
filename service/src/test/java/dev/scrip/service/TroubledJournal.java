package dev.scrip.service;

import dev.scrip.ledger.Batch;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.InMemoryJournal;
import dev.scrip.ledger.Journal;
import dev.scrip.ledger.JournalException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/// A journal whose disk fails or stalls when a test says so.
final class TroubledJournal implements Journal {

    enum Trouble {
        NONE,
        /// Appends fail, though what they say is stored.
        STORED_BUT_FAILED,
        /// Appends fail and the store cannot be opened again.
        GONE
    }

    /// Appends wait while there is no permit.
    final Semaphore permits = new Semaphore(1_000);

    volatile Trouble trouble = Trouble.NONE;

    private final InMemoryJournal journal = new InMemoryJournal();

    @Override
    public long head() {
        return journal.head();
    }

    @Override
    public void append(Batch batch) {
        permits.acquireUninterruptibly();
        switch (trouble) {
            case NONE -> journal.append(batch);
            case STORED_BUT_FAILED -> {
                journal.append(batch);
                trouble = Trouble.NONE;
                throw failure();
            }
            case GONE -> throw failure();
        }
    }

    @Override
    public void reopen() {
        if (trouble == Trouble.GONE) {
            throw failure();
        }
    }

    private static JournalException failure() {
        return new JournalException("disk I/O error", new IllegalStateException("SQLITE_IOERR"));
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
    public void close() {
        journal.close();
    }
}
