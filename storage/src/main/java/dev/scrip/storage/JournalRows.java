package dev.scrip.storage;

import dev.scrip.ledger.Fact;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// A journal as it is stored, for those who check it. It reads through a connection of its own,
/// which cannot write, and a piece at a time, so that a server that appends meanwhile is not held
/// up.
public final class JournalRows implements AutoCloseable {

    /// Few, since a row may hold thousands of facts.
    private static final int ROWS_AT_ONCE = 64;

    private final Connection connection;
    private final JournalTable table;
    private final String journalId;

    private JournalRows(Connection connection, JournalTable table, String journalId) {
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
            return new JournalRows(Sqlite.openToRead(file), SqliteJournal.TABLE, "");
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
            return new JournalRows(connection, PostgresJournal.TABLE, id);
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
        try {
            return table.head(connection);
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    /// The rows after one, in the order of their numbers; a few at a time, none at the end.
    public List<StoredBatch> after(long seq) {
        try {
            return table.rows(connection, seq, ROWS_AT_ONCE);
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    /// The stored fact with this number.
    ///
    /// @throws dev.scrip.ledger.JournalException if there is none
    public Fact fact(long seq) {
        try {
            return table.fact(connection, seq);
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
