package dev.scrip.bench;

import dev.scrip.ledger.LedgerState;
import dev.scrip.ledger.Partition;
import dev.scrip.ledger.PartitionSettings;
import dev.scrip.ledger.Snapshots;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// How long calls wait when snapshots are taken: one caller charges, without a disk. Then the same
/// without snapshots, which says what of it is the garbage collector's.
public final class SnapshotPause {

    private static final int CHARGES = 1_500_000;
    private static final int FACTS_BETWEEN = 1_000_000;

    private SnapshotPause() {}

    /// Argument: over how many accounts.
    public static void main(String[] args) throws IOException {
        int accounts = Integer.parseInt(args[0]);
        for (int between : new int[] {FACTS_BETWEEN, Integer.MAX_VALUE}) {
            var counted = new Counted();
            var settings =
                    new PartitionSettings(
                            PartitionSettings.DEFAULT.ledger(),
                            PartitionSettings.DEFAULT.queueLengthMax(),
                            PartitionSettings.DEFAULT.batchLengthMax(),
                            between,
                            Duration.ofMinutes(1));
            try (var partition =
                    new Partition(
                            new NoJournal(), counted, settings, InstantSource.system(), () -> {})) {
                Callers.openAll(partition, accounts, 1);
                charge(partition, accounts, counted);
            }
        }
    }

    private static void charge(Partition partition, int accounts, Counted counted) {
        System.gc();
        int before = counted.saved.get();
        var nanos = new long[CHARGES];
        for (int i = 0; i < CHARGES; i++) {
            var charge = Workload.charge(Workload.account(i * 7919L % accounts), "key-" + i);
            long start = System.nanoTime();
            Callers.ask(partition, charge);
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        System.out.printf(
                "%,d accounts, %d snapshots: p50 %.0f µs, p99.9 %.0f µs, the ten longest %.1f to"
                        + " %.1f ms; %,d ms of collections so far%n",
                accounts,
                counted.saved.get() - before,
                nanos[CHARGES / 2] / 1e3,
                nanos[CHARGES - CHARGES / 1_000] / 1e3,
                nanos[CHARGES - 10] / 1e6,
                nanos[CHARGES - 1] / 1e6,
                ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .mapToLong(collector -> collector.getCollectionTime())
                        .sum());
    }

    private static final class Counted implements Snapshots {

        private final AtomicInteger saved = new AtomicInteger();

        @Override
        public @Nullable LedgerState latest() {
            return null;
        }

        @Override
        public void save(LedgerState snapshot) {
            saved.incrementAndGet();
        }
    }
}
