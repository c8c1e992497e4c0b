package dev.scrip.bench;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.Partition;
import dev.scrip.ledger.PartitionSettings;
import dev.scrip.ledger.Snapshots;
import dev.scrip.storage.FactCodec;
import dev.scrip.storage.SqliteJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;

/// Durable charges a second through the engine, each caller waiting for its own, against the same
/// bytes in the same kind of file without any logic. Both run in turn, several rounds; the ratio is
/// the median of the rounds' ratios.
public final class EngineAgainstLog {

    private static final int ACCOUNTS = 10_000;
    private static final long PID = ProcessHandle.current().pid();

    private final int seconds;
    private final Path directory;

    private EngineAgainstLog(int seconds, Path directory) {
        this.seconds = seconds;
        this.directory = directory;
    }

    public static void main(String[] args) throws IOException, SQLException {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 4;
        for (int callers : new int[] {64, 512}) {
            var engine = new double[rounds];
            var log = new double[rounds];
            for (int round = 0; round < rounds; round++) {
                var directory = Files.createTempDirectory("scrip-bench");
                try {
                    var bench = new EngineAgainstLog(seconds, directory);
                    log[round] = bench.log(callers);
                    engine[round] = bench.engine(callers);
                } finally {
                    Figures.delete(directory);
                }
            }
            System.out.printf(
                    "%d callers: engine %,.0f/s, bare log %,.0f/s, ratio %.2f%n",
                    callers,
                    Figures.median(engine),
                    Figures.median(log),
                    Figures.medianRatio(engine, log));
        }
    }

    private double log(int callers) throws IOException, SQLException {
        var record = FactCodec.encode(List.of(Workload.charged(1_234_567, 1_234, 2_345, 1)));
        try (var log = new BareLog(directory.resolve("log.db"))) {
            var before = ThreadTimes.of(PID);
            double rate = Callers.drive(callers, seconds, _ -> log.append(record));
            System.out.printf(
                    "  bare log %,.0f/s, %.0f a batch, flush %.0f µs, %d bytes a charge;"
                            + " CPU µs each:%s%n",
                    rate,
                    rate * seconds / log.flushes,
                    log.flushNanos / 1e3 / log.flushes,
                    record.length,
                    ThreadTimes.of(PID).since(before, Math.round(rate * seconds)));
            return rate;
        }
    }

    private double engine(int callers) throws IOException {
        var journal = new SqliteJournal(directory.resolve("journal.db"));
        try (var partition =
                new Partition(
                        journal,
                        Snapshots.NONE,
                        PartitionSettings.DEFAULT,
                        InstantSource.system(),
                        () -> {})) {
            var accounts = new AccountId[ACCOUNTS];
            for (int i = 0; i < ACCOUNTS; i++) {
                accounts[i] = Workload.account(i);
            }
            for (var account : accounts) {
                Callers.ask(partition, Workload.open(account));
            }
            long commitsBefore = partition.commits();
            long nanosBefore = partition.commitNanos();
            var before = ThreadTimes.of(PID);
            double rate =
                    Callers.drive(
                            callers,
                            seconds,
                            i ->
                                    Callers.ask(
                                            partition,
                                            Workload.charge(
                                                    accounts[(int) (i * 7919 % ACCOUNTS)],
                                                    "key-" + i)));
            long commits = partition.commits() - commitsBefore;
            System.out.printf(
                    "  engine   %,.0f/s, %.0f a batch, append %.0f µs; CPU µs each:%s%n",
                    rate,
                    rate * seconds / commits,
                    (partition.commitNanos() - nanosBefore) / 1e3 / commits,
                    ThreadTimes.of(PID).since(before, Math.round(rate * seconds)));
            return rate;
        }
    }
}
