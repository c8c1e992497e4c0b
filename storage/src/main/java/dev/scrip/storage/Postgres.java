package dev.scrip.storage;

import dev.scrip.ledger.JournalException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/// A PostgreSQL database, opened the way this project needs it.
///
/// Its tables are in a schema of their own, so that it may be shared with others.
final class Postgres {

    private static final String SCHEMA = "scrip";

    // The driver would wait for an answer for ever. The server is the one to give up first, since
    // only its word says what became of a statement.
    private static final Map<PGProperty, String> DEFAULTS =
            Map.of(
                    PGProperty.CONNECT_TIMEOUT, "5",
                    PGProperty.SOCKET_TIMEOUT, "20",
                    PGProperty.TCP_KEEP_ALIVE, "true",
                    PGProperty.APPLICATION_NAME, "scrip");

    // A server may be set up to answer before it has flushed.
    private static final String SESSION =
            """
            SET synchronous_commit = on;
            SET statement_timeout = '10s';
            SET lock_timeout = '5s'
            """;

    private final PostgresUrl url;
    private final PGSimpleDataSource source;

    Postgres(PostgresUrl url) {
        this.url = url;
        this.source = source();
    }

    private PGSimpleDataSource source() {
        var given = Driver.parseURL(url.text(), null);
        if (given == null) {
            throw new StorageException("The driver does not understand the journal's URL: " + url);
        }
        var made = new PGSimpleDataSource();
        made.setUrl(url.text());
        for (var setting : DEFAULTS.entrySet()) {
            if (!setting.getKey().isPresent(given)) {
                made.setProperty(setting.getKey(), setting.getValue());
            }
        }
        return made;
    }

    /// A new connection in autocommit mode.
    Connection open() throws SQLException {
        return prepared(source.getConnection());
    }

    /// A new connection for who would rather be told of a failure than wait.
    ///
    /// @param answerWithin whole seconds at least
    Connection open(Duration answerWithin) throws SQLException {
        var impatient = source();
        int seconds = (int) answerWithin.toSeconds();
        impatient.setConnectTimeout(seconds);
        impatient.setSocketTimeout(seconds);
        return prepared(impatient.getConnection());
    }

    private static Connection prepared(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(SESSION);
            return connection;
        } catch (SQLException e) {
            abort(connection);
            throw e;
        }
    }

    /// Leaves a connection without a word to the server, which may not listen any more.
    static void abort(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            System.getLogger(Postgres.class.getName())
                    .log(System.Logger.Level.DEBUG, "A lost connection cannot be closed", e);
        }
    }

    /// Brings the tables to the version that this program needs.
    ///
    /// @throws JournalException if the database does not answer
    /// @throws StorageException if its tables are of another make
    void migrate() {
        // Whether anybody answers is said more clearly without Flyway.
        try {
            open().close();
        } catch (SQLException e) {
            throw new JournalException(
                    "The journal at " + url + " cannot be opened: " + e.getMessage(), e);
        }
        try {
            var _ =
                    Flyway.configure(Postgres.class.getClassLoader())
                            .dataSource(source)
                            .schemas(SCHEMA)
                            .locations("classpath:dev/scrip/storage/postgres")
                            .load()
                            .migrate();
        } catch (FlywayException e) {
            throw new StorageException(
                    "The tables of the journal at " + url + " cannot be used: " + e.getMessage(),
                    e);
        }
    }

    /// What tells this journal from any other. It moves with a copy of the database.
    ///
    /// @throws JournalException if the database does not answer
    String journalId() {
        try (var connection = open();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT id FROM scrip.journal_id")) {
            if (!rows.next()) {
                throw new StorageException("The journal at " + url + " has lost its id.");
            }
            return rows.getString(1);
        } catch (SQLException e) {
            throw new JournalException(
                    "The journal at " + url + " cannot be read: " + e.getMessage(), e);
        }
    }
}
