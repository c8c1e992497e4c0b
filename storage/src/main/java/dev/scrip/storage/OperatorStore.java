package dev.scrip.storage;

import dev.scrip.ledger.Term;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What operators put in: published price books and API keys. It is kept where the journal is: in a
/// file of the data directory, or in the database, where only the writer changes it.
public final class OperatorStore implements AutoCloseable {

    private final Connections connections;

    /// Before the tables' names.
    private final String schema;

    /// Holds while this server may write; its one parameter comes last.
    private final String fence;

    private final Term term;

    /// A published price book.
    ///
    /// @param document its text, which this room does not read
    /// @param publishedAt null for one of before this was kept
    /// @param publishedBy the id of an API key, or null
    public record StoredPriceBook(
            String version,
            Instant effectiveFrom,
            String document,
            @Nullable Instant publishedAt,
            @Nullable String publishedBy,
            @Nullable String reason,
            @Nullable String overrideReason) {}

    /// An API key without its secret.
    ///
    /// @param secretHash SHA-256 of the secret in lower-case hexadecimal
    public record StoredKey(
            String id, String workspace, String role, String secretHash, Instant createdAt) {}

    /// Where a connection is had for one piece of work.
    private interface Connections {

        Connection take() throws SQLException;

        /// Takes it back after the work.
        void giveBack(Connection connection) throws SQLException;

        void close() throws SQLException;
    }

    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private OperatorStore(Connections connections, String schema, String fence, Term term) {
        this.connections = connections;
        this.schema = schema;
        this.fence = fence;
        this.term = term;
    }

    /// In a file of its own, made when it is missing.
    static OperatorStore inFile(Path file) {
        return new OperatorStore(
                new OneConnection(OperatorFile.open(file)), "", "1 = ?", Term.ENDLESS);
    }

    /// Beside the journal. A connection is made for each piece of work: there are few, and one that
    /// is kept would not be known to be cut.
    static OperatorStore inDatabase(Postgres database, Term term) {
        return new OperatorStore(new FreshConnections(database), "scrip.", WriterRow.FENCE, term);
    }

    private record OneConnection(Connection connection) implements Connections {

        @Override
        public Connection take() {
            return connection;
        }

        @Override
        public void giveBack(Connection taken) {}

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }

    private record FreshConnections(Postgres database) implements Connections {

        @Override
        public Connection take() throws SQLException {
            return database.open();
        }

        @Override
        public void giveBack(Connection taken) throws SQLException {
            taken.close();
        }

        @Override
        public void close() {}
    }

    private synchronized <T> T run(String failure, Work<T> work) {
        try {
            var connection = connections.take();
            try {
                return work.on(connection);
            } finally {
                connections.giveBack(connection);
            }
        } catch (SQLException e) {
            throw new StorageException(failure + ": " + e.getMessage(), e);
        }
    }

    /// Runs a statement that changes something and is fenced.
    private static void change(PreparedStatement statement) throws SQLException {
        if (statement.executeUpdate() == 0) {
            throw new SQLException("another server is the writer");
        }
    }

    /// All published versions, oldest first.
    public List<StoredPriceBook> priceBooks() {
        return run("The price books cannot be read", this::priceBooks);
    }

    // Versions are numbered as they were published: pb_2 is before pb_10.
    List<StoredPriceBook> priceBooks(Connection connection) throws SQLException {
        try (var query =
                        connection.prepareStatement(
                                "SELECT version, effective_from, document, published_at,"
                                        + " published_by, reason, override_reason FROM "
                                        + schema
                                        + "price_book ORDER BY length(version), version");
                var rows = query.executeQuery()) {
            var found = new ArrayList<StoredPriceBook>();
            while (rows.next()) {
                found.add(
                        new StoredPriceBook(
                                rows.getString(1),
                                FactCodec.instant(rows.getLong(2)),
                                rows.getString(3),
                                rows.getObject(4) == null
                                        ? null
                                        : FactCodec.instant(rows.getLong(4)),
                                rows.getString(5),
                                rows.getString(6),
                                rows.getString(7)));
            }
            return found;
        }
    }

    /// @throws StorageException if it cannot be stored, or another server is the writer
    public void addPriceBook(StoredPriceBook priceBook) {
        var _ =
                run(
                        "The price book cannot be stored",
                        connection -> {
                            add(connection, priceBook, term.epoch());
                            return priceBook;
                        });
    }

    private void add(Connection connection, StoredPriceBook priceBook, long epoch)
            throws SQLException {
        try (var insert =
                connection.prepareStatement(
                        "INSERT INTO "
                                + schema
                                + "price_book (version, effective_from, document, published_at,"
                                + " published_by, reason, override_reason)"
                                + " SELECT ?, ?, ?, ?, ?, ?, ? WHERE "
                                + fence)) {
            insert.setString(1, priceBook.version());
            insert.setLong(2, FactCodec.toWire(priceBook.effectiveFrom()));
            insert.setString(3, priceBook.document());
            var publishedAt = priceBook.publishedAt();
            insert.setObject(
                    4, publishedAt == null ? null : FactCodec.toWire(publishedAt), Types.BIGINT);
            insert.setString(5, priceBook.publishedBy());
            insert.setString(6, priceBook.reason());
            insert.setString(7, priceBook.overrideReason());
            insert.setLong(8, epoch);
            change(insert);
        }
    }

    /// All keys, oldest first.
    public List<StoredKey> keys() {
        return run("The API keys cannot be read", this::keys);
    }

    List<StoredKey> keys(Connection connection) throws SQLException {
        try (var query =
                        connection.prepareStatement(
                                "SELECT id, workspace, role, secret_hash, created_at FROM "
                                        + schema
                                        + "api_key ORDER BY created_at, id");
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
        }
    }

    /// @throws StorageException if it cannot be stored, or another server is the writer
    public void addKey(StoredKey key) {
        var _ =
                run(
                        "The API key cannot be stored",
                        connection -> {
                            add(connection, key, term.epoch());
                            return key;
                        });
    }

    private void add(Connection connection, StoredKey key, long epoch) throws SQLException {
        try (var insert =
                connection.prepareStatement(
                        "INSERT INTO "
                                + schema
                                + "api_key (id, workspace, role, secret_hash, created_at)"
                                + " SELECT ?, ?, ?, ?, ? WHERE "
                                + fence)) {
            insert.setString(1, key.id());
            insert.setString(2, key.workspace());
            insert.setString(3, key.role());
            insert.setString(4, key.secretHash());
            insert.setLong(5, FactCodec.toWire(key.createdAt()));
            insert.setLong(6, epoch);
            change(insert);
        }
    }

    /// @throws StorageException if it is there and cannot be removed, or another server is the
    ///   writer
    public void removeKey(String id) {
        var _ =
                run(
                        "The API key cannot be removed",
                        connection -> {
                            try (var delete =
                                    connection.prepareStatement(
                                            "DELETE FROM "
                                                    + schema
                                                    + "api_key WHERE id = ? AND "
                                                    + fence)) {
                                delete.setString(1, id);
                                delete.setLong(2, term.epoch());
                                boolean isThere =
                                        keys(connection).stream()
                                                .anyMatch(key -> key.id().equals(id));
                                if (isThere) {
                                    change(delete);
                                }
                            }
                            return id;
                        });
    }

    /// A secret that all servers of this store share; the one proposed, when there is none yet.
    ///
    /// @throws StorageException if it cannot be read or stored, or another server is the writer
    public String secret(String name, String proposed) {
        return run(
                "The secret " + name + " cannot be read",
                connection -> {
                    var known = secret(connection, name);
                    if (known != null) {
                        return known;
                    }
                    try (var insert =
                            connection.prepareStatement(
                                    "INSERT INTO "
                                            + schema
                                            + "secret (name, value) SELECT ?, ? WHERE "
                                            + fence)) {
                        insert.setString(1, name);
                        insert.setString(2, proposed);
                        insert.setLong(3, term.epoch());
                        change(insert);
                    }
                    return proposed;
                });
    }

    private @Nullable String secret(Connection connection, String name) throws SQLException {
        try (var query =
                connection.prepareStatement(
                        "SELECT value FROM " + schema + "secret WHERE name = ?")) {
            query.setString(1, name);
            try (var rows = query.executeQuery()) {
                return rows.next() ? rows.getString(1) : null;
            }
        }
    }

    /// Takes over what a data directory has, all or nothing, when there is nothing here yet. For
    /// the store in a database, where only the writer may: another server may be about to publish.
    ///
    /// @throws StorageException if there is something else here already, or nothing and another
    ///   server is the writer
    void bringOver(List<StoredPriceBook> priceBooks, List<StoredKey> keys, String from) {
        boolean done =
                run(
                        "The operator data of " + from + " cannot be brought over",
                        connection -> {
                            connection.setAutoCommit(false);
                            try (var lock = connection.createStatement()) {
                                lock.execute(
                                        "LOCK TABLE scrip.price_book, scrip.api_key IN EXCLUSIVE MODE");
                            }
                            var booksHere = priceBooks(connection);
                            var keysHere = keys(connection);
                            if (!booksHere.isEmpty() || !keysHere.isEmpty()) {
                                connection.rollback();
                                return booksHere.containsAll(priceBooks)
                                        && keysHere.containsAll(keys);
                            }
                            long epoch = term.epoch();
                            if (epoch == 0) {
                                connection.rollback();
                                throw onlyTheWriter(from);
                            }
                            for (var priceBook : priceBooks) {
                                add(connection, priceBook, epoch);
                            }
                            for (var key : keys) {
                                add(connection, key, epoch);
                            }
                            connection.commit();
                            return true;
                        });
        if (!done) {
            throw new StorageException(
                    "The price books and API keys in "
                            + from
                            + " are not those in the database, which other servers use. If those"
                            + " in the database are right, move this file away; otherwise start"
                            + " with another database.");
        }
    }

    private static StorageException onlyTheWriter(String from) {
        return new StorageException(
                "The price books and API keys in "
                        + from
                        + " are not in the database yet, and another server is its writer: only the"
                        + " writer brings them there. Start this server while no other runs, or"
                        + " move this file away if they are not wanted.");
    }

    @Override
    public synchronized void close() {
        try {
            connections.close();
        } catch (SQLException e) {
            throw new StorageException("The operator data cannot be closed: " + e.getMessage(), e);
        }
    }
}
