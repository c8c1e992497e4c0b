package dev.scrip.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A journal that forgets everything with the process: for tests, simulation and backtests.
public final class InMemoryJournal implements Journal {

    private final List<Batch> batches = new ArrayList<>();
    private @Nullable Snapshot snapshot;

    @Override
    public synchronized long head() {
        return batches.size();
    }

    @Override
    public synchronized void append(Batch batch) {
        if (batch.number() != batches.size() + 1L) {
            throw new JournalException(
                    "Batch " + batch.number() + " cannot follow batch " + batches.size() + ".",
                    new IllegalStateException("fenced"));
        }
        batches.add(batch);
    }

    @Override
    public void read(long after, Consumer<Batch> sink) {
        List<Batch> found;
        synchronized (this) {
            found = List.copyOf(batches.subList((int) after, batches.size()));
        }
        found.forEach(sink);
    }

    @Override
    public synchronized @Nullable Snapshot snapshot() {
        return snapshot;
    }

    @Override
    public synchronized void save(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    @Override
    public void reopen() {}

    @Override
    public void close() {}
}
