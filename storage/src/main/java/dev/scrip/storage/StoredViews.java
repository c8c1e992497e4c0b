package dev.scrip.storage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the read models state, all of it as of one moment.
///
/// @param journal the id of the journal they were made from, empty for the file beside them
/// @param progress the last fact they know of
/// @param childEntries entries that are a child's too
/// @param lastSeqs the last fact of each account, a child's calls included
public record StoredViews(
        String journal,
        long progress,
        long entries,
        long childEntries,
        Map<String, Long> lastSeqs,
        List<UsageRow> accountUsage,
        List<UsageRow> workspaceUsage) {

    /// A row of a usage table. Credits are millionths, money billionths.
    ///
    /// @param owner an account or a workspace
    /// @param hour hours since 1970
    public record UsageRow(
            String owner,
            long hour,
            String operation,
            long calls,
            long credits,
            long listValue,
            long yieldValue,
            long cost) {}

    /// Null when there is no such file. The connection cannot write, and is closed again.
    ///
    /// @throws StorageException if they cannot be read, or are laid out otherwise
    public static @Nullable StoredViews of(Path file) {
        if (!Files.isRegularFile(file)) {
            return null;
        }
        try (var connection = Sqlite.openToRead(file)) {
            connection.setAutoCommit(false);
            return new StoredViews(
                    journal(connection),
                    number(connection, "SELECT seq FROM progress"),
                    number(connection, "SELECT COUNT(*) FROM entry"),
                    number(connection, "SELECT COUNT(child) FROM entry"),
                    lastSeqs(connection),
                    usage(connection, "account_usage", "account"),
                    usage(connection, "workspace_usage", "workspace"));
        } catch (SQLException e) {
            throw new StorageException("The read models cannot be read: " + e.getMessage(), e);
        }
    }

    private static String journal(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT journal FROM source")) {
            return rows.next() ? rows.getString(1) : "";
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static Map<String, Long> lastSeqs(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT account, last_seq FROM account")) {
            var found = new HashMap<String, Long>();
            while (rows.next()) {
                found.put(rows.getString(1), rows.getLong(2));
            }
            return found;
        }
    }

    private static List<UsageRow> usage(Connection connection, String table, String owner)
            throws SQLException {
        try (var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "SELECT "
                                        + owner
                                        + ", hour, operation, calls, credits, list_value,"
                                        + " yield_value, cost FROM "
                                        + table
                                        + " ORDER BY 1, 2, 3")) {
            var found = new ArrayList<UsageRow>();
            while (rows.next()) {
                found.add(
                        new UsageRow(
                                rows.getString(1),
                                rows.getLong(2),
                                rows.getString(3),
                                rows.getLong(4),
                                rows.getLong(5),
                                rows.getLong(6),
                                rows.getLong(7),
                                rows.getLong(8)));
            }
            return found;
        }
    }
}
