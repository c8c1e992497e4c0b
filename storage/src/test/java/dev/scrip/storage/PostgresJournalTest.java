package dev.scrip.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.Command;
import dev.scrip.ledger.Fingerprint;
import dev.scrip.ledger.JournalException;
import dev.scrip.ledger.Partition;
import dev.scrip.ledger.PartitionSettings;
import dev.scrip.ledger.PlanTerms;
import dev.scrip.ledger.RatedUsage;
import dev.scrip.ledger.Reply;
import dev.scrip.ledger.RequestKey;
import dev.scrip.ledger.Snapshots;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresJournalTest extends JournalContract {

    private static PostgresServer server;

    private PostgresUrl url;
    private Postgres database;

    @BeforeAll
    static void startServer(@TempDir Path directory) {
        server = new PostgresServer(directory.resolve("postgres"));
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void createDatabase() {
        url = server.database();
        database = new Postgres(url);
        database.migrate();
    }

    @Override
    StoredJournal journal() {
        // The epoch before any server had the term.
        return new PostgresJournal(database, () -> 0);
    }

    @Override
    JournalRows rows() {
        return JournalRows.ofDatabase(url);
    }

    @Test
    void aRestartOfTheServerFailsTheAppendAndReopeningFindsTheHead() {
        try (var journal = journal()) {
            journal.append(charges(1, 2));
            server.stop();
            try {
                assertThatThrownBy(() -> journal.append(charges(3, 3)))
                        .isInstanceOf(JournalException.class);
                assertThatThrownBy(journal::reopen).isInstanceOf(JournalException.class);
            } finally {
                server.start();
            }

            assertThatThrownBy(journal::head)
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("closed");
            journal.reopen();
            assertThat(journal.head()).isEqualTo(2);
            journal.append(charges(3, 3));
            assertThat(read(journal, 0)).containsExactly(charges(1, 2), charges(3, 3));
        }
    }

    /// A connection may break while the server still works on its append. Here it does so for as
    /// long as another transaction keeps it from ending.
    @Test
    void anAppendThatIsStillUnderWayCannotOverlapWithALaterOne() throws Exception {
        try (var blocked = database.open();
                var journal = journal();
                var threads = Executors.newSingleThreadExecutor()) {
            blocked.setAutoCommit(false);
            try (var insert = blocked.createStatement()) {
                insert.execute("INSERT INTO scrip.journal VALUES (0, 3, 1, '\\x00', sha256(''))");
            }
            assertThat(journal.head()).isZero();

            Future<?> later = threads.submit(() -> journal.append(charges(1, 2)));
            awaitWaitingForALock();
            blocked.commit();

            assertThatThrownBy(() -> later.get(10, TimeUnit.SECONDS))
                    .hasRootCauseInstanceOf(SQLException.class)
                    .hasMessageContaining("another writer?");
            journal.reopen();
            assertThat(journal.head()).isEqualTo(3);
        }
    }

    private void awaitWaitingForALock() throws SQLException, InterruptedException {
        try (var connection = database.open();
                var statement = connection.createStatement()) {
            for (int tries = 0; tries < 500; tries++) {
                try (var rows =
                        statement.executeQuery("SELECT count(*) FROM pg_locks WHERE NOT granted")) {
                    rows.next();
                    if (rows.getInt(1) > 0) {
                        return;
                    }
                }
                Thread.sleep(10);
            }
        }
        throw new AssertionError("nobody waits for the lock");
    }

    @Test
    void aCommitIsFlushedEvenWhereTheServerIsSetUpNotTo() throws SQLException {
        server.execute(
                "ALTER DATABASE "
                        + url.toString().replaceFirst(".*/", "")
                        + " SET synchronous_commit = off");
        try (var connection = database.open();
                var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                """
                                SELECT current_setting('synchronous_commit'),
                                       current_setting('statement_timeout'),
                                       current_setting('lock_timeout')
                                """)) {
            rows.next();
            assertThat(rows.getString(1)).isEqualTo("on");
            assertThat(rows.getString(2)).isEqualTo("10s");
            assertThat(rows.getString(3)).isEqualTo("5s");
            assertThat(connection.getNetworkTimeout()).isEqualTo(20_000);
        }
        try (var patient = new Postgres(new PostgresUrl(url.text() + "&socketTimeout=60")).open()) {
            assertThat(patient.getNetworkTimeout()).isEqualTo(60_000);
        }
    }

    @Test
    void manyCallersAreServedByAPartitionThatOutlivesARestart() throws InterruptedException {
        try (var partition = partition()) {
            var opened =
                    partition.submit(
                            new Command.OpenAccount(
                                    Facts.ACME,
                                    new PlanTerms("starter", Credits.of(500), Money.ZERO),
                                    ZoneOffset.UTC,
                                    request("open")));
            assertThat(opened).isInstanceOf(Reply.Opened.class);
            var charged = new AtomicInteger();
            var refused = new AtomicInteger();
            try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int caller = 0; caller < 64; caller++) {
                    var name = "caller-" + caller + "-";
                    callers.execute(() -> {
                        for (int i = 0; i < 10; i++) {
                            switch (charge(partition, name + i)) {
                                case Reply.Charged _ -> charged.incrementAndGet();
                                case Reply.TooFewCredits _ -> refused.incrementAndGet();
                                default -> throw new AssertionError("unexpected");
                            }
                        }
                    });
                }
            }
            assertThat(charged).hasValue(500);
            assertThat(refused).hasValue(140);

            server.stop();
            server.start();
            assertThatThrownBy(() -> openAnother(partition))
                    .as("the connection is gone, which the next append finds out")
                    .isInstanceOf(RuntimeException.class);
            while (partition.unavailable() != null) {
                assertThat(partition.stopped()).isFalse();
                Thread.sleep(10);
            }
        }

        try (var partition = partition()) {
            assertThat(partition.head()).isEqualTo(502);
        }
    }

    private static void openAnother(Partition partition) {
        var _ =
                partition.submit(
                        new Command.OpenAccount(
                                new AccountId("live", "other"),
                                new PlanTerms("starter", Credits.of(1), Money.ZERO),
                                ZoneOffset.UTC,
                                request("other")));
    }

    @Test
    void aDirectoryKeepsItsJournal(@TempDir Path directory) {
        DataDirectory.open(directory, url).close();
        DataDirectory.open(directory, url).close();

        assertThatThrownBy(() -> DataDirectory.open(directory))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("belongs to another journal: one in PostgreSQL");
    }

    @Test
    void readModelsOutliveARestartOfTheServer(@TempDir Path directory) {
        try (var data = DataDirectory.open(directory, url);
                var journal = data.journal()) {
            journal.append(charges(1, 2));
            var head = new AtomicLong(2);
            try (var models = data.readModels(head::get)) {
                assertThat(models.fact(1)).isEqualTo(charges(1, 1).facts().getFirst());
                server.stop();
                assertThatThrownBy(() -> models.fact(1)).isInstanceOf(JournalException.class);
                server.start();
                assertThat(models.fact(2)).isEqualTo(charges(2, 2).facts().getFirst());
                journal.reopen();
                journal.append(charges(3, 3));
                head.set(3);
                models.signal();
                assertThat(models.entries(Facts.ACME, Long.MAX_VALUE, 100)).hasSize(3);
            }
        }
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsNamedAndTheFolderFreedAgain(@TempDir Path directory) {
        var nowhere = new PostgresUrl("jdbc:postgresql://localhost:1/db?user=u&password=hush");

        assertThatThrownBy(() -> DataDirectory.open(directory, nowhere))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("jdbc:postgresql://localhost:1/db")
                .hasMessageNotContaining("hush");
        DataDirectory.open(directory).close();
    }

    private Partition partition() {
        return new Partition(
                journal(),
                Snapshots.NONE,
                PartitionSettings.DEFAULT,
                InstantSource.fixed(Facts.START),
                () -> {});
    }

    private static Reply charge(Partition partition, String key) {
        return partition.submit(
                new Command.Charge(
                        Facts.ACME,
                        new RatedUsage(
                                "image.resize",
                                BigDecimal.ONE,
                                Credits.of(1),
                                Credits.of(1),
                                Money.parse("0.001"),
                                Money.parse("0.0008"),
                                "pb_1"),
                        request(key)));
    }

    private static RequestKey request(String key) {
        return new RequestKey(key, new Fingerprint(-1, key.hashCode()));
    }
}
