package dev.scrip.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The row that says which server is the writer, in the words of SQL. Times are the database's, so
/// that servers need not agree on the time of day.
///
/// Every statement is a transaction of its own and flushed: a renewal that a crash of the database
/// took back would end a term that its holder still counts on.
final class WriterRow {

    /// A condition that holds while the writer's epoch is the one given as its parameter.
    static final String FENCE =
            "(SELECT epoch FROM scrip.writer WHERE partition = " + JournalTable.PARTITION + ") = ?";

    private WriterRow() {}

    /// What the row says.
    ///
    /// @param holder who has the term; null when it was given up
    /// @param url where the holder is reached; null when it does not serve yet
    /// @param renewedAt the database's text for the instant of the last renewal, to be compared
    /// @param over whether anybody may take it
    record Seen(
            long epoch,
            @Nullable String holder,
            @Nullable String url,
            @Nullable String renewedAt,
            boolean over) {}

    static Seen look(Connection connection, Duration lasts) throws SQLException {
        try (var query =
                connection.prepareStatement(
                        """
                        SELECT epoch, holder, url, renewed_at::text,
                               renewed_at IS NULL OR renewed_at < clock_timestamp() - ? * interval '1 ms'
                        FROM scrip.writer WHERE partition = ?
                        """)) {
            query.setLong(1, lasts.toMillis());
            query.setInt(2, JournalTable.PARTITION);
            try (var rows = query.executeQuery()) {
                if (!rows.next()) {
                    throw new StorageException("The table scrip.writer has lost its row.");
                }
                return new Seen(
                        rows.getLong(1),
                        rows.getString(2),
                        rows.getString(3),
                        rows.getString(4),
                        rows.getBoolean(5));
            }
        }
    }

    /// Begins the next term, unless another did since the row was seen. True when it did.
    static boolean take(
            Connection connection, Seen seen, String holder, @Nullable String url, Duration lasts)
            throws SQLException {
        try (var update =
                connection.prepareStatement(
                        """
                        UPDATE scrip.writer
                        SET epoch = epoch + 1, holder = ?, url = ?, renewed_at = clock_timestamp()
                        WHERE partition = ? AND epoch = ?
                          AND (renewed_at IS NULL
                               OR renewed_at < clock_timestamp() - ? * interval '1 ms')
                        """)) {
            update.setString(1, holder);
            update.setString(2, url);
            update.setInt(3, JournalTable.PARTITION);
            update.setLong(4, seen.epoch);
            update.setLong(5, lasts.toMillis());
            return update.executeUpdate() == 1;
        }
    }

    /// False when the term is another's by now.
    static boolean renew(Connection connection, long epoch, String holder, @Nullable String url)
            throws SQLException {
        try (var update =
                connection.prepareStatement(
                        """
                        UPDATE scrip.writer SET url = ?, renewed_at = clock_timestamp()
                        WHERE partition = ? AND epoch = ? AND holder = ?
                        """)) {
            update.setString(1, url);
            update.setInt(2, JournalTable.PARTITION);
            update.setLong(3, epoch);
            update.setString(4, holder);
            return update.executeUpdate() == 1;
        }
    }

    /// Lets anybody begin the next term at once.
    static void giveUp(Connection connection, long epoch, String holder) throws SQLException {
        try (var update =
                connection.prepareStatement(
                        """
                        UPDATE scrip.writer SET holder = NULL, url = NULL, renewed_at = NULL
                        WHERE partition = ? AND epoch = ? AND holder = ?
                        """)) {
            update.setInt(1, JournalTable.PARTITION);
            update.setLong(2, epoch);
            update.setString(3, holder);
            update.executeUpdate();
        }
    }

    static long epoch(Connection connection) throws SQLException {
        try (var query =
                connection.prepareStatement("SELECT epoch FROM scrip.writer WHERE partition = ?")) {
            query.setInt(1, JournalTable.PARTITION);
            try (var rows = query.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        }
    }
}
