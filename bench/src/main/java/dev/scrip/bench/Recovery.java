package dev.scrip.bench;

import dev.scrip.ledger.Batch;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.Ledger;
import dev.scrip.ledger.LedgerSettings;
import dev.scrip.ledger.Partition;
import dev.scrip.ledger.PartitionSettings;
import dev.scrip.storage.SnapshotFile;
import dev.scrip.storage.SqliteJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// How fast a ledger comes back: facts replayed a second against facts that are only read and
/// decoded, and a restart from a snapshot.
public final class Recovery {

    private static final int BATCH = 64;
    private static final int ROUNDS = 5;

    private Recovery() {}

    /// Arguments: how many charges, over how many accounts.
    public static void main(String[] args) throws IOException {
        int charges = Integer.parseInt(args[0]);
        int accounts = Integer.parseInt(args[1]);
        System.out.printf("Recovery of %,d accounts and %,d charges:%n", accounts, charges);
        var directory = Files.createTempDirectory("scrip-bench");
        try {
            var file = directory.resolve("journal.db");
            write(file, charges, accounts);
            replay(file);
            restart(file);
        } finally {
            Figures.delete(directory);
        }
    }

    private static void write(Path file, int charges, int accounts) {
        try (var journal = new SqliteJournal(file)) {
            var batch = new ArrayList<Fact>();
            long seq = 1;
            for (int i = 0; i < accounts; i++) {
                batch.addAll(Workload.opened(seq, i));
                seq += 2;
                flush(journal, batch);
            }
            for (int i = 0; i < charges; i++) {
                long account = i % accounts;
                batch.add(Workload.charged(seq++, account, 2 * account + 2, i / accounts + 1));
                flush(journal, batch);
            }
            journal.append(new Batch(batch));
        }
    }

    private static void flush(SqliteJournal journal, List<Fact> batch) {
        if (batch.size() > BATCH) {
            journal.append(new Batch(new ArrayList<>(batch.subList(0, BATCH))));
            batch.subList(0, BATCH).clear();
        }
    }

    private static void replay(Path file) {
        var decoded = new double[ROUNDS];
        var replayed = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            decoded[round] = factsPerSecond(file, _ -> {});
            var ledger = new Ledger(LedgerSettings.DEFAULT);
            replayed[round] = factsPerSecond(file, batch -> batch.facts().forEach(ledger::apply));
        }
        System.out.printf(
                "  %,.0f facts/s replayed, %,.0f/s only read and decoded, ratio %.2f%n",
                Figures.median(replayed),
                Figures.median(decoded),
                Figures.medianRatio(replayed, decoded));
    }

    private static double factsPerSecond(Path file, Consumer<Batch> sink) {
        try (var journal = new SqliteJournal(file)) {
            long start = System.nanoTime();
            journal.read(0, sink);
            return journal.head() / ((System.nanoTime() - start) / 1e9);
        }
    }

    /// The first start replays and leaves a snapshot when it closes; the second one uses it.
    private static void restart(Path file) {
        System.out.printf("  %.2f s to start by replay", startSeconds(file));
        System.out.printf(", %.2f s from a snapshot of the same%n", startSeconds(file));
    }

    private static double startSeconds(Path file) {
        // What the start before left behind is not this one's to clear away.
        System.gc();
        long start = System.nanoTime();
        try (var _ =
                new Partition(
                        new SqliteJournal(file),
                        new SnapshotFile(file.resolveSibling("ledger.snapshot")),
                        PartitionSettings.DEFAULT,
                        InstantSource.system(),
                        () -> {})) {
            return (System.nanoTime() - start) / 1e9;
        }
    }
}
