package dev.scrip.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// A journal that forgets everything with the process: for tests, simulation and backtests.
public final class InMemoryJournal implements Journal {

    private final List<Batch> batches = new ArrayList<>();

    @Override
    public synchronized long head() {
        return batches.isEmpty() ? 0 : batches.getLast().lastSeq();
    }

    @Override
    public synchronized void append(Batch batch) {
        if (batch.firstSeq() != head() + 1) {
            throw new JournalException(
                    "Fact " + batch.firstSeq() + " cannot follow fact " + head() + ".");
        }
        batches.add(batch);
    }

    @Override
    public void read(long after, Consumer<Batch> sink) {
        List<Batch> found;
        synchronized (this) {
            found = batches.stream().filter(batch -> batch.firstSeq() > after).toList();
        }
        found.forEach(sink);
    }

    @Override
    public synchronized Fact fact(long seq) {
        int low = 0;
        int high = batches.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            var batch = batches.get(middle);
            if (batch.lastSeq() < seq) {
                low = middle + 1;
            } else if (batch.firstSeq() > seq) {
                high = middle - 1;
            } else {
                return batch.facts().get((int) (seq - batch.firstSeq()));
            }
        }
        throw new JournalException("There is no fact " + seq + ".");
    }

    @Override
    public void reopen() {}

    @Override
    public void close() {}
}
