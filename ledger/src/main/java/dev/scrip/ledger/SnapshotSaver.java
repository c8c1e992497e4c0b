package dev.scrip.ledger;

import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/// Saves a snapshot now and then: the state is copied by the partition's thread and written by
/// another, so that nobody waits for it.
final class SnapshotSaver {

    private static final System.Logger LOG = System.getLogger(SnapshotSaver.class.getName());

    private final Snapshots snapshots;
    private final int factsBetween;
    private long factsSince;
    private @Nullable Thread saving;

    SnapshotSaver(Snapshots snapshots, int factsBetween) {
        this.snapshots = snapshots;
        this.factsBetween = factsBetween;
    }

    @Nullable LedgerState latest() {
        return snapshots.latest();
    }

    /// @param facts that came after the latest snapshot
    void startAt(long facts) {
        factsSince = facts;
    }

    void count(int facts) {
        factsSince += facts;
    }

    void saveWhenDue(Ledger ledger) {
        var under = saving;
        if (factsSince >= factsBetween && (under == null || !under.isAlive())) {
            var state = ledger.copy();
            factsSince = 0;
            saving = Thread.ofPlatform().name("scrip-snapshot").daemon().start(() -> save(state));
        }
    }

    /// Leaves a snapshot of everything.
    void saveLast(Ledger ledger) {
        var under = saving;
        while (under != null && under.isAlive()) {
            try {
                under.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException("Nobody interrupts the partition.", e);
            }
        }
        if (factsSince > 0) {
            save(ledger.copy());
        }
    }

    // A restart without it takes longer, and that is all.
    private void save(LedgerState state) {
        try {
            snapshots.save(state);
        } catch (JournalException e) {
            LOG.log(Level.WARNING, "A snapshot could not be saved", e);
        }
    }
}
