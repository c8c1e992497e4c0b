package dev.scrip.ledger;

import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/// Saves a snapshot now and then: the state is copied by the partition's thread, a part after each
/// batch, and written by another, so that nobody waits for it.
final class SnapshotSaver {

    private static final System.Logger LOG = System.getLogger(SnapshotSaver.class.getName());

    // Callers wait for each part, and memory is taken until the last.
    private static final int ACCOUNTS_AT_ONCE = 256;

    private static final int REQUESTS_AT_ONCE = 4_096;

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

    /// Copies a part of the state, if a snapshot is due.
    void saveWhenDue(Ledger ledger) {
        if (factsSince >= factsBetween && !isSaving() && !ledger.isCopying()) {
            ledger.startCopy();
            factsSince = 0;
        }
        var copy = ledger.copyOn(ACCOUNTS_AT_ONCE, REQUESTS_AT_ONCE);
        if (copy != null) {
            saving =
                    Thread.ofPlatform()
                            .name("scrip-snapshot")
                            .daemon()
                            .start(() -> save(copy.state()));
        }
    }

    private boolean isSaving() {
        var under = saving;
        return under != null && under.isAlive();
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
        if (factsSince > 0 || ledger.isCopying()) {
            save(ledger.state());
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
