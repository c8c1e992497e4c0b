package dev.scrip.storage;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.scrip.storage.OperatorStore.StoredPriceBook;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A database that an earlier version of this program wrote keeps all it has.
class PostgresUpgradeTest {

    private static PostgresServer server;

    @BeforeAll
    static void startServer(@TempDir Path directory) {
        server = new PostgresServer(directory.resolve("postgres"));
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    /// What was there before price books said how they came to be published; since 3, servers share
    /// a secret.
    @ParameterizedTest
    @ValueSource(strings = {"2", "3"})
    void whatWasPublishedBeforeIsKeptAndHasNoPublication(String version, @TempDir Path folder)
            throws SQLException {
        var url = server.database();
        writeAs(version, url);
        var id = new Postgres(url).journalId();

        for (int start = 1; start <= 2; start++) {
            try (var data = DataDirectory.open(folder, url);
                    var journal = data.journal()) {
                requireNonNull(data.term()).begin();
                assertThat(new Postgres(url).journalId()).isEqualTo(id);
                assertThat(journal.head()).isEqualTo(2);
                assertThat(data.operators().keys())
                        .extracting(OperatorStore.StoredKey::id, OperatorStore.StoredKey::workspace)
                        .containsExactly(tuple("key_1", "live"));
                assertThat(data.operators().priceBooks())
                        .startsWith(unpublished("pb_1", 1), unpublished("pb_2", 2))
                        .hasSize(start + 1);
                if (start == 1) {
                    publish(data);
                }
            }
        }
    }

    /// Makes the tables up to a version and fills them as the program of then did.
    private static void writeAs(String version, PostgresUrl url) throws SQLException {
        var _ =
                Flyway.configure(Postgres.class.getClassLoader())
                        .dataSource(url.text(), null, null)
                        .schemas("scrip")
                        .locations("classpath:dev/scrip/storage/postgres")
                        .target(MigrationVersion.fromVersion(version))
                        .load()
                        .migrate();
        try (var connection = new Postgres(url).open();
                var statement = connection.createStatement()) {
            statement.execute("INSERT INTO scrip.journal VALUES (0, 2, 1, '\\x00', sha256(''))");
            statement.execute(
                    "INSERT INTO scrip.price_book (version, effective_from, document) VALUES"
                            + " ('pb_1', 1000000, 'format: x'), ('pb_2', 2000000, 'format: y')");
            statement.execute(
                    "INSERT INTO scrip.api_key VALUES ('key_1', 'live', 'admin', 'hash', 1000000)");
        }
    }

    private static StoredPriceBook unpublished(String version, long second) {
        return new StoredPriceBook(
                version,
                Instant.ofEpochSecond(second),
                second == 1 ? "format: x" : "format: y",
                null,
                null,
                null,
                null);
    }

    private static void publish(DataDirectory data) {
        data.operators()
                .addPriceBook(
                        new StoredPriceBook(
                                "pb_3",
                                Instant.ofEpochSecond(3),
                                "format: z",
                                Instant.ofEpochSecond(2),
                                "key_1",
                                "a reason",
                                null));
    }
}
