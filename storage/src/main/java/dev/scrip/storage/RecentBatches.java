package dev.scrip.storage;

import dev.scrip.ledger.Batch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// What the writer stored last, kept in memory for the projector right behind it: reading it back
/// and decoding it takes as long as all else a projector does. Holds durable batches only, without
/// a gap between them.
final class RecentBatches {

    private final int factsMax;
    private final ArrayDeque<Batch> batches = new ArrayDeque<>();
    private int facts;

    /// @param factsMax how many facts are kept; the newest batch is kept however many it has
    RecentBatches(int factsMax) {
        this.factsMax = factsMax;
    }

    /// Adds what has just become durable. What does not follow the last batch, since an append of
    /// unknown outcome or another writer came between, takes the place of all.
    synchronized void add(Batch batch) {
        if (!batches.isEmpty() && batch.firstSeq() != batches.getLast().lastSeq() + 1) {
            batches.clear();
            facts = 0;
        }
        batches.add(batch);
        facts += batch.facts().size();
        while (facts > factsMax && batches.size() > 1) {
            facts -= batches.removeFirst().facts().size();
        }
    }

    /// Drops what nobody will ask for again: every batch up to a fact.
    synchronized void forget(long upTo) {
        while (!batches.isEmpty() && batches.getFirst().lastSeq() <= upTo) {
            facts -= batches.removeFirst().facts().size();
        }
    }

    /// The batches right after a fact, until they have as many facts as that; empty when the first
    /// of them is not here.
    ///
    /// @param after the last fact of a batch, or 0
    synchronized List<Batch> after(long after, long factsMax) {
        var found = new ArrayList<Batch>();
        if (batches.isEmpty() || batches.getFirst().firstSeq() > after + 1) {
            return found;
        }
        long count = 0;
        for (var batch : batches) {
            if (count >= factsMax) {
                break;
            }
            if (batch.firstSeq() > after) {
                found.add(batch);
                count += batch.facts().size();
            }
        }
        return found;
    }
}
