package dev.scrip.bench;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.Command;
import dev.scrip.ledger.Partition;
import dev.scrip.ledger.PartitionSettings;
import dev.scrip.ledger.Snapshots;
import dev.scrip.ledger.Term;
import dev.scrip.storage.DataDirectory;
import dev.scrip.storage.PostgresUrl;
import dev.scrip.storage.SqliteJournal;
import dev.scrip.storage.WriterTerm;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Durable charges a second through the engine with its journal in PostgreSQL and a standby that
/// follows, against the same engine with its journal in an SQLite file. Both run in turn, several
/// rounds; the ratio is the median of the rounds' ratios. The database, the writer and the standby
/// share the machine.
public final class EngineOnPostgres {

    private static final int ACCOUNTS = 10_000;
    private static final int OPENED_AT_ONCE = 500;

    /// Held, since a logger that nobody holds forgets its level.
    private static final List<Logger> TALKATIVE =
            List.of(Logger.getLogger("org.flywaydb"), Logger.getLogger("io.zonky"));

    private final int seconds;
    private final Path directory;

    private EngineOnPostgres(int seconds, Path directory) {
        this.seconds = seconds;
        this.directory = directory;
    }

    public static void main(String[] args) throws IOException, SQLException {
        TALKATIVE.forEach(logger -> logger.setLevel(Level.WARNING));
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 4;
        for (int callers : new int[] {64, 512}) {
            var postgres = new double[rounds];
            var sqlite = new double[rounds];
            for (int round = 0; round < rounds; round++) {
                var directory = Files.createTempDirectory("scrip-bench");
                try {
                    var bench = new EngineOnPostgres(seconds, directory);
                    sqlite[round] = bench.sqlite(callers);
                    postgres[round] = bench.postgres(callers);
                } finally {
                    Figures.delete(directory);
                }
            }
            System.out.printf(
                    "%d callers: PostgreSQL with a standby %,.0f/s, SQLite %,.0f/s, ratio %.2f%n",
                    callers,
                    Figures.median(postgres),
                    Figures.median(sqlite),
                    Figures.medianRatio(postgres, sqlite));
        }
    }

    private double sqlite(int callers) {
        try (var partition =
                new Partition(
                        new SqliteJournal(directory.resolve("journal.db")),
                        Snapshots.NONE,
                        PartitionSettings.DEFAULT,
                        InstantSource.system(),
                        () -> {})) {
            return drive("SQLite    ", partition, callers);
        }
    }

    private double postgres(int callers) throws IOException, SQLException {
        var builder =
                EmbeddedPostgres.builder()
                        .setDataDirectory(directory.resolve("postgres"))
                        .setCleanDataDirectory(false)
                        .setServerConfig("fsync", "on")
                        .setServerConfig("full_page_writes", "on")
                        .setServerConfig("synchronous_commit", "on");
        try (var server = builder.start()) {
            var url =
                    new PostgresUrl(
                            "jdbc:postgresql://localhost:"
                                    + server.getPort()
                                    + "/postgres?user=postgres");
            try (var one = DataDirectory.open(directory.resolve("one"), url);
                    var two = DataDirectory.open(directory.resolve("two"), url)) {
                var term = term(one);
                term.begin();
                try (var writer = partition(one, term);
                        var standby = partition(two, () -> 0)) {
                    double rate = drive("PostgreSQL", writer, callers);
                    System.out.printf(
                            "  the standby lacked %,d of %,d facts at the end%n",
                            writer.head() - standby.head(), writer.head());
                    return rate;
                }
            }
        }
    }

    private static WriterTerm term(DataDirectory data) {
        var term = data.term();
        if (term == null) {
            throw new IllegalStateException("A journal in PostgreSQL has a writer.");
        }
        return term;
    }

    private static Partition partition(DataDirectory data, Term term) {
        return new Partition(
                data.journal(),
                Snapshots.NONE,
                PartitionSettings.DEFAULT,
                InstantSource.system(),
                () -> {},
                term);
    }

    private double drive(String journal, Partition partition, int callers) {
        var accounts = new AccountId[ACCOUNTS];
        var opening = new ArrayList<Command>();
        for (int i = 0; i < ACCOUNTS; i++) {
            accounts[i] = Workload.account(i);
            opening.add(Workload.open(accounts[i]));
            if (opening.size() == OPENED_AT_ONCE) {
                Callers.askAll(partition, opening);
                opening.clear();
            }
        }
        long commitsBefore = partition.commits();
        long nanosBefore = partition.commitNanos();
        double rate =
                Callers.drive(
                        callers,
                        seconds,
                        i -> {
                            var account = accounts[(int) (i * 7919 % ACCOUNTS)];
                            Callers.ask(partition, Workload.charge(account, "key-" + i));
                        });
        long commits = partition.commits() - commitsBefore;
        System.out.printf(
                "  %s %,.0f/s, %.0f a batch, append %.0f µs%n",
                journal,
                rate,
                rate * seconds / commits,
                (partition.commitNanos() - nanosBefore) / 1e3 / commits);
        return rate;
    }
}
