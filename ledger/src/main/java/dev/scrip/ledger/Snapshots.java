package dev.scrip.ledger;

import org.jspecify.annotations.Nullable;

/// Where the latest snapshot of a partition is kept. It shortens recovery and never changes its
/// result, so it may be lost at any time. One thread uses it at a time.
public interface Snapshots {

    /// Keeps none: each recovery replays the whole journal.
    Snapshots NONE =
            new Snapshots() {
                @Override
                public @Nullable LedgerState latest() {
                    return null;
                }

                @Override
                public void save(LedgerState snapshot) {}
            };

    /// The latest snapshot, or null when there is none that can be read.
    @Nullable LedgerState latest();

    /// Keeps a snapshot in place of the one before.
    ///
    /// @throws JournalException if it could not be stored; the one before may be lost then
    void save(LedgerState snapshot);
}
