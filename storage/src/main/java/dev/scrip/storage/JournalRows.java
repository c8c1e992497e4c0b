package dev.scrip.storage;

import dev.scrip.ledger.Fact;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// A journal as it is stored, for those who check it. It reads through a connection of its own,
/// which cannot write, and a piece at a time, so that a server that appends meanwhile is not held
/// up.
public final class JournalRows implements AutoCloseable {

    private static final int PARTITION = 0;

    /// Few, since a row may hold thousands of facts.
    private static final int ROWS_AT_ONCE = 64;

    private final Connection connection;
    private final String table;
    private final String journalId;

    private JournalRows(Connection connection, String table, String journalId) {
        this.connection = connection;
        this.table = table;
        this.journalId = journalId;
    }

    /// @throws StorageException if there is no such file, or it is no journal
    public static JournalRows ofFile(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new StorageException("There is no journal at " + file + ".");
        }
        try {
            return new JournalRows(Sqlite.openToRead(file), "journal", "");
        } catch (SQLException e) {
            throw new StorageException(
                    "The journal at " + file + " cannot be opened: " + e.getMessage(), e);
        }
    }

    /// @throws StorageException if its tables are not there
    /// @throws dev.scrip.ledger.JournalException if the database does not answer
    public static JournalRows ofDatabase(PostgresUrl url) {
        var database = new Postgres(url);
        var id = database.journalId();
        try {
            var connection = database.open();
            connection.setReadOnly(true);
            return new JournalRows(connection, "scrip.journal", id);
        } catch (SQLException e) {
            throw new StorageException(
                    "The journal at " + url + " cannot be opened: " + e.getMessage(), e);
        }
    }

    /// What tells it from any other; empty for a file.
    public String journalId() {
        return journalId;
    }

    /// The number that the last row states, 0 when there is none.
    public long head() {
        try (var query =
                connection.prepareStatement(
                        "SELECT COALESCE(MAX(seq), 0) FROM " + table + " WHERE partition = ?")) {
            query.setInt(1, PARTITION);
            try (var rows = query.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    /// The rows after one, in the order of their numbers; a few at a time, none at the end.
    public List<StoredBatch> after(long seq) {
        try (var query =
                connection.prepareStatement(
                        "SELECT seq, batch, chain FROM "
                                + table
                                + " WHERE partition = ? AND seq > ? ORDER BY seq LIMIT "
                                + ROWS_AT_ONCE)) {
            query.setInt(1, PARTITION);
            query.setLong(2, seq);
            try (var rows = query.executeQuery()) {
                var found = new ArrayList<StoredBatch>(ROWS_AT_ONCE);
                while (rows.next()) {
                    found.add(new StoredBatch(rows.getLong(1), rows.getBytes(2), rows.getBytes(3)));
                }
                return found;
            }
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    /// The stored fact with this number.
    ///
    /// @throws StorageException if there is none
    public Fact fact(long seq) {
        try (var query =
                connection.prepareStatement(
                        "SELECT batch FROM "
                                + table
                                + " WHERE partition = ? AND seq >= ? ORDER BY seq LIMIT 1")) {
            query.setInt(1, PARTITION);
            query.setLong(2, seq);
            try (var rows = query.executeQuery()) {
                if (!rows.next()) {
                    throw new StorageException("The journal has no fact " + seq + ".");
                }
                return FactCodec.decode(rows.getBytes(1), seq);
            }
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new StorageException("The journal cannot be closed: " + e.getMessage(), e);
        }
    }

    private static StorageException unreadable(SQLException e) {
        return new StorageException("The journal cannot be read: " + e.getMessage(), e);
    }
}
