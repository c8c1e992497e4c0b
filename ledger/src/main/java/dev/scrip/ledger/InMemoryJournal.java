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
            found = List.copyOf(batches.subList(indexAfter(after), batches.size()));
        }
        found.forEach(sink);
    }

    @Override
    public synchronized Fact fact(long seq) {
        int index = indexAfter(seq - 1);
        if (seq < 1 || index == batches.size()) {
            throw new JournalException("There is no fact " + seq + ".");
        }
        var batch = batches.get(index);
        return batch.facts().get((int) (seq - batch.firstSeq()));
    }

    /// Of the first batch that has a later fact; the number of batches when none has.
    private int indexAfter(long seq) {
        int low = 0;
        int high = batches.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (batches.get(middle).lastSeq() <= seq) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    @Override
    public void reopen() {}

    @Override
    public void close() {}
}
