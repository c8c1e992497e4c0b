package dev.scrip.bench;

import dev.scrip.ledger.Command;
import dev.scrip.ledger.LedgerState;
import dev.scrip.ledger.Partition;
import dev.scrip.ledger.PartitionSettings;
import dev.scrip.ledger.Snapshots;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// How long a call waits while a snapshot is taken: one caller charges, without a disk, until
/// several have been. Beside it the longest collection of garbage, which takes as long without.
public final class SnapshotPause {

    private static final int TOGETHER = 1_000;
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
                open(partition, accounts);
                charge(partition, accounts, counted);
            }
        }
    }

    private static void open(Partition partition, int accounts) {
        var commands = new ArrayList<Command>();
        for (int i = 0; i < accounts; i++) {
            commands.add(Workload.open(Workload.account(i)));
            if (commands.size() == TOGETHER) {
                Callers.askAll(partition, commands);
                commands.clear();
            }
        }
        Callers.askAll(partition, commands);
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
                        + " %.1f ms; collections of garbage took %,d ms%n",
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
