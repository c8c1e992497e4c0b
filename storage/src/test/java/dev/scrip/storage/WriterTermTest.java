package dev.scrip.storage;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scrip.ledger.Batch;
import dev.scrip.ledger.JournalException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriterTermTest {

    private static final OperatorStore.StoredKey KEY =
            new OperatorStore.StoredKey("id", "live", "admin", "00", Facts.START);
    private static final OperatorStore.StoredPriceBook BOOK =
            new OperatorStore.StoredPriceBook(
                    "pb_1", Facts.START, "{}", Facts.START, "key_1", "why", "although");

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

    private WriterTerm term() {
        return new WriterTerm(database, TermSettings.DEFAULT);
    }

    @Test
    void ofTwoThatRaceOneWins() throws Exception {
        try (var threads = Executors.newFixedThreadPool(2);
                var one = database.open();
                var other = database.open()) {
            for (int round = 1; round <= 50; round++) {
                var seen = WriterRow.look(one, Duration.ofSeconds(1));
                var together = new CyclicBarrier(2);
                var taken = new ArrayList<Future<Boolean>>();
                for (var racer : List.of(one, other)) {
                    taken.add(
                            threads.submit(() -> {
                                together.await();
                                return WriterRow.take(
                                        racer, seen, "racer", null, Duration.ofSeconds(1));
                            }));
                }
                assertThat(taken.get(0).get() ^ taken.get(1).get()).isTrue();
                assertThat(WriterRow.epoch(one)).isEqualTo(round);
                WriterRow.giveUp(one, round, "racer");
            }
        }
    }

    @Test
    void aServerThatStartsBesideAWriterIsAStandbyAndKnowsWhereItIs() {
        try (var writer = term();
                var standby = term()) {
            writer.begin();
            writer.stand("http://one:1", () -> true, () -> {});
            standby.begin();
            standby.stand("http://two:2", () -> true, () -> {});

            assertThat(writer.epoch()).isEqualTo(1);
            assertThat(standby.epoch()).isZero();
            await(() -> standby.writer() != null);
            assertThat(standby.writer()).isEqualTo(new WriterTerm.Writer(1, "http://one:1"));
            assertThat(writer.writer()).as("it is no other").isNull();
        }
    }

    @Test
    void aTermThatIsGivenUpPassesOnAtOnce() {
        var told = new AtomicBoolean();
        try (var standby = term()) {
            try (var writer = term()) {
                writer.begin();
                standby.begin();
                standby.stand("http://two:2", () -> true, () -> told.set(true));
                assertThat(writer.epoch()).isEqualTo(1);
            }
            long start = System.nanoTime();
            await(() -> standby.epoch() == 2);
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(TermSettings.DEFAULT.lasts());
            assertThat(told).isTrue();
        }
    }

    @Test
    void whoIsNotFitGivesTheTermUp() {
        var fit = new AtomicBoolean(true);
        try (var ill = term();
                var standby = term()) {
            ill.begin();
            ill.stand("http://one:1", fit::get, () -> {});
            standby.begin();
            standby.stand("http://two:2", () -> true, () -> {});
            fit.set(false);
            await(() -> standby.epoch() == 2);
            assertThat(ill.epoch()).isZero();
        }
    }

    @Test
    void aTermThatCannotBeRenewedEndsHereBeforeAnotherCanBegin() {
        try (var writer = term()) {
            writer.begin();
            assertThat(writer.epoch()).isEqualTo(1);
            server.stop();
            try {
                long start = System.nanoTime();
                await(() -> writer.epoch() == 0);
                assertThat(Duration.ofNanos(System.nanoTime() - start))
                        .isLessThan(TermSettings.DEFAULT.lasts());
            } finally {
                server.start();
            }
            await(() -> writer.epoch() != 0);
            assertThat(writer.epoch()).as("nobody else had it").isEqualTo(1);
        }
    }

    @Test
    void aDeposedWriterCanNeitherAppendNorChangeOperatorData() throws SQLException {
        try (var deposed = term();
                var successor = term();
                var late = new PostgresJournal(database, deposed);
                var journal = new PostgresJournal(database, successor)) {
            deposed.begin();
            late.append(charges(1, 2));
            var operators = OperatorStore.inDatabase(database, deposed);
            operators.addKey(KEY);
            try (var connection = database.open()) {
                // As when it stood still: its own clock does not know yet.
                WriterRow.giveUp(connection, 1, holder());
            }
            successor.begin();
            assertThat(successor.epoch()).isEqualTo(2);

            assertThatThrownBy(() -> late.append(charges(3, 3)))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("another server writes, in term 2");
            assertThatThrownBy(() -> operators.addPriceBook(BOOK))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("another server is the writer");
            assertThatThrownBy(() -> operators.removeKey(KEY.id()))
                    .hasMessageContaining("another server is the writer");

            journal.append(charges(3, 4));
            assertThat(journal.head()).isEqualTo(4);
            assertThat(OperatorStore.inDatabase(database, successor).keys()).containsExactly(KEY);
            await(() -> deposed.epoch() == 0);
        }
    }

    private boolean isWaitingForALock() {
        try (var connection = database.open();
                var query = connection.createStatement();
                var rows =
                        query.executeQuery(
                                "SELECT 1 FROM pg_stat_activity WHERE datname = current_database()"
                                        + " AND wait_event_type = 'Lock'")) {
            return rows.next();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private String holder() throws SQLException {
        try (var connection = database.open()) {
            return String.valueOf(WriterRow.look(connection, Duration.ofSeconds(1)).holder());
        }
    }

    @Test
    void whatAFolderHasIsBroughtOverOnce(@TempDir Path folder, @TempDir Path otherFolder)
            throws Exception {
        keepHere(folder, KEY);
        for (int start = 0; start < 2; start++) {
            try (var data = DataDirectory.open(folder, url)) {
                begin(data);
                data.bringOver();
                assertThat(data.operators().keys()).containsExactly(KEY);
                assertThat(data.operators().priceBooks()).containsExactly(BOOK);
            }
        }
        assertThat(folder.resolve("operators.db")).doesNotExist();
        assertThat(folder.resolve("operators.db.moved")).exists();

        var other = new OperatorStore.StoredKey("other", "live", "admin", "01", Facts.START);
        keepHere(otherFolder, other);
        try (var data = DataDirectory.open(otherFolder, url)) {
            begin(data);
            assertThatThrownBy(data::bringOver)
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("are not those in the database");
            Files.delete(otherFolder.resolve("operators.db"));
            data.bringOver();
        }
    }

    private static void begin(DataDirectory data) {
        requireNonNull(data.term()).begin();
    }

    @Test
    void aStandbyBringsNothingBesideAWriterThatHasNothingYet(@TempDir Path folder) {
        keepHere(folder, KEY);
        try (var writer = term();
                var data = DataDirectory.open(folder, url)) {
            writer.begin();
            writer.stand("http://one:1", () -> true, () -> {});
            begin(data);
            assertThatThrownBy(data::bringOver)
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("only the writer brings them");
            assertThat(data.operators().keys()).isEmpty();
            assertThat(data.operators().priceBooks()).isEmpty();
            assertThat(folder.resolve("operators.db")).exists();
        }
    }

    @Test
    void anAppendOfADeposedWriterIsBrokenOffAndNotWaitedFor() throws Exception {
        try (var deposed = term();
                var successor = term();
                var late = new PostgresJournal(database, deposed);
                var journal = new PostgresJournal(database, successor);
                var other = database.open();
                var threads = Executors.newSingleThreadExecutor()) {
            deposed.whenDeposed(late::breakOff);
            deposed.begin();
            // An append that hears nothing, as over a connection whose other end is gone.
            other.setAutoCommit(false);
            try (var lock = other.createStatement()) {
                lock.execute("LOCK TABLE scrip.journal IN SHARE MODE");
            }
            long start = System.nanoTime();
            var appended = threads.submit(() -> late.append(charges(1, 2)));
            await(this::isWaitingForALock);
            try (var connection = database.open()) {
                WriterRow.giveUp(connection, 1, holder());
            }
            successor.begin();
            assertThatThrownBy(appended::get).hasCauseInstanceOf(JournalException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("the lock would be waited for 5 s")
                    .isLessThan(Duration.ofSeconds(4));
            other.rollback();
            journal.append(charges(1, 3));
            late.reopen();
            assertThat(late.head()).isEqualTo(3);
        }
    }

    private static void keepHere(Path folder, OperatorStore.StoredKey key) {
        try (var store = OperatorStore.inFile(folder.resolve("operators.db"))) {
            store.addPriceBook(BOOK);
            store.addKey(key);
        }
    }

    private static Batch charges(long first, long last) {
        return JournalContract.charges(first, last);
    }

    private static void await(BooleanSupplier condition) {
        for (int tries = 0; tries < 800; tries++) {
            if (condition.getAsBoolean()) {
                return;
            }
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        throw new AssertionError("It did not happen within 4 s.");
    }
}
