package dev.scrip.storage;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What operators put in: published price books and API keys.
public final class OperatorStore implements AutoCloseable {

    private static final String SCHEMA_PRICE_BOOK =
            """
            CREATE TABLE IF NOT EXISTS price_book (
                version        TEXT    NOT NULL PRIMARY KEY,
                effective_from INTEGER NOT NULL,
                document       TEXT    NOT NULL
            )
            """;
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

    private final Connection connection;

    /// A published price book.
    ///
    /// @param document its text, which this room does not read
    public record StoredPriceBook(String version, Instant effectiveFrom, String document) {}

    /// An API key without its secret.
    ///
    /// @param secretHash SHA-256 of the secret in lower-case hexadecimal
    public record StoredKey(
            String id, String workspace, String role, String secretHash, Instant createdAt) {}

    OperatorStore(Path file) {
        try {
            connection = Sqlite.open(file, Sqlite.Durability.FULL);
            try (var statement = connection.createStatement()) {
                statement.execute(SCHEMA_PRICE_BOOK);
                statement.execute(SCHEMA_API_KEY);
            }
        } catch (SQLException e) {
            throw new StorageException("The operator data cannot be opened: " + e.getMessage(), e);
        }
    }

    /// All published versions, oldest first.
    public synchronized List<StoredPriceBook> priceBooks() {
        try (var query =
                        connection.prepareStatement(
                                """
                                SELECT version, effective_from, document FROM price_book
                                ORDER BY effective_from
                                """);
                var rows = query.executeQuery()) {
            var found = new ArrayList<StoredPriceBook>();
            while (rows.next()) {
                found.add(
                        new StoredPriceBook(
                                rows.getString(1),
                                FactCodec.instant(rows.getLong(2)),
                                rows.getString(3)));
            }
            return found;
        } catch (SQLException e) {
            throw new StorageException("The price books cannot be read: " + e.getMessage(), e);
        }
    }

    public synchronized void addPriceBook(StoredPriceBook priceBook) {
        try (var insert =
                connection.prepareStatement(
                        "INSERT INTO price_book (version, effective_from, document) VALUES (?, ?, ?)")) {
            insert.setString(1, priceBook.version());
            insert.setLong(2, FactCodec.toWire(priceBook.effectiveFrom()));
            insert.setString(3, priceBook.document());
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new StorageException("The price book cannot be stored: " + e.getMessage(), e);
        }
    }

    /// All keys, oldest first.
    public synchronized List<StoredKey> keys() {
        try (var query =
                        connection.prepareStatement(
                                """
                                SELECT id, workspace, role, secret_hash, created_at FROM api_key
                                ORDER BY created_at, id
                                """);
                var rows = query.executeQuery()) {
            var found = new ArrayList<StoredKey>();
            while (rows.next()) {
                found.add(
                        new StoredKey(
                                rows.getString(1),
                                rows.getString(2),
                                rows.getString(3),
                                rows.getString(4),
                                FactCodec.instant(rows.getLong(5))));
            }
            return found;
        } catch (SQLException e) {
            throw new StorageException("The API keys cannot be read: " + e.getMessage(), e);
        }
    }

    public synchronized void addKey(StoredKey key) {
        try (var insert =
                connection.prepareStatement(
                        """
                        INSERT INTO api_key (id, workspace, role, secret_hash, created_at)
                        VALUES (?, ?, ?, ?, ?)
                        """)) {
            insert.setString(1, key.id());
            insert.setString(2, key.workspace());
            insert.setString(3, key.role());
            insert.setString(4, key.secretHash());
            insert.setLong(5, FactCodec.toWire(key.createdAt()));
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new StorageException("The API key cannot be stored: " + e.getMessage(), e);
        }
    }

    public synchronized void removeKey(String id) {
        try (var delete = connection.prepareStatement("DELETE FROM api_key WHERE id = ?")) {
            delete.setString(1, id);
            delete.executeUpdate();
        } catch (SQLException e) {
            throw new StorageException("The API key cannot be removed: " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new StorageException("The operator data cannot be closed: " + e.getMessage(), e);
        }
    }
}
