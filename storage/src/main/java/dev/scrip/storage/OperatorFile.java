package dev.scrip.storage;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// The tables of operator data in a file of a data directory. Those in a database are made by its
/// migrations.
final class OperatorFile {

    private static final String SCHEMA_PRICE_BOOK =
            """
            CREATE TABLE IF NOT EXISTS price_book (
                version        TEXT    NOT NULL PRIMARY KEY,
                effective_from INTEGER NOT NULL,
                document       TEXT    NOT NULL
            )
            """;

    /// Columns that came later, in that order.
    private static final List<String> PRICE_BOOK_ADDED =
            List.of(
                    "published_at INTEGER",
                    "published_by TEXT",
                    "reason TEXT",
                    "override_reason TEXT");

    private static final String SCHEMA_API_KEY =
            """
            CREATE TABLE IF NOT EXISTS api_key (
                id          TEXT    NOT NULL PRIMARY KEY,
                workspace   TEXT    NOT NULL,
                role        TEXT    NOT NULL,
                secret_hash TEXT    NOT NULL,
                created_at  INTEGER NOT NULL
            )
            """;

    private static final String SCHEMA_SECRET =
            """
            CREATE TABLE IF NOT EXISTS secret (
                name  TEXT NOT NULL PRIMARY KEY,
                value TEXT NOT NULL
            )
            """;

    private OperatorFile() {}

    /// Opens the file, made when it is missing, with tables as they are now.
    static Connection open(Path file) {
        try {
            var connection = Sqlite.open(file, Sqlite.Durability.FULL);
            try (var statement = connection.createStatement()) {
                statement.execute(SCHEMA_PRICE_BOOK);
                statement.execute(SCHEMA_API_KEY);
                statement.execute(SCHEMA_SECRET);
            }
            addColumns(connection);
            return connection;
        } catch (SQLException e) {
            throw new StorageException("The operator data cannot be opened: " + e.getMessage(), e);
        }
    }

    private static void addColumns(Connection connection) throws SQLException {
        for (var column : PRICE_BOOK_ADDED) {
            var name = column.substring(0, column.indexOf(' '));
            try (var statement = connection.createStatement();
                    var there =
                            statement.executeQuery(
                                    "SELECT 1 FROM pragma_table_info('price_book') WHERE name = '"
                                            + name
                                            + "'")) {
                if (!there.next()) {
                    statement.execute("ALTER TABLE price_book ADD COLUMN " + column);
                }
            }
        }
    }
}
