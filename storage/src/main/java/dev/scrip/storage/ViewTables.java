package dev.scrip.storage;

import dev.scrip.ledger.AccountId;
import dev.scrip.metering.BackfillCharge;
import dev.scrip.metering.CaptureSizes;
import dev.scrip.metering.OperationUsage;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The read models as SQL tables, each with its queries: an entry a fact, and usage by hour.
///
/// Entries are appended in the order of their numbers, each with the number of the account's entry
/// before it: an index by account would touch a page of its own for nearly every row, and cost more
/// than all else together. An account's entries are read by following the chain from its newest.
/// The entry of a child's call is a link of two chains: of the account that pays, and the child's.
///
/// The file is not flushed at commit. It holds nothing that the journal does not, and is built anew
/// when its version is not this one's.
final class ViewTables implements AutoCloseable {

    private final Connection connection;

    /// Of the accounts that had facts of late, for the one that projects.
    private final Map<AccountId, ProjectionRound.Chain> chains = new HashMap<>();

    ViewTables(Path file) throws SQLException {
        connection = Sqlite.open(file, Sqlite.Durability.REBUILDABLE);
        if (number("PRAGMA user_version") != ViewSchema.VERSION) {
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                for (var sql : ViewSchema.STATEMENTS) {
                    statement.execute(sql);
                }
            }
            connection.commit();
        }
        connection.setAutoCommit(false);
    }

    /// Whether they were made from the journal with this id. Tables that hold nothing yet become
    /// that journal's.
    ///
    /// @param journalId empty for the file beside them, as for tables that name no journal
    boolean areOf(String journalId) throws SQLException {
        boolean empty = projected() == 0;
        try (var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS source (journal TEXT NOT NULL)");
            if (empty) {
                statement.execute("DELETE FROM source");
                try (var insert = connection.prepareStatement("INSERT INTO source VALUES (?)")) {
                    insert.setString(1, journalId);
                    insert.executeUpdate();
                }
            }
            connection.commit();
            try (var rows = statement.executeQuery("SELECT journal FROM source")) {
                return journalId.equals(rows.next() ? rows.getString(1) : "");
            }
        } finally {
            connection.rollback();
        }
    }

    /// The number of the last fact projected.
    long projected() throws SQLException {
        return number("SELECT seq FROM progress");
    }

    /// Begins to project some batches, all or none. One at a time.
    ProjectionRound begin() throws SQLException {
        return new ProjectionRound(connection, chains, projected());
    }

    /// The numbers of an account's facts, newest first.
    ///
    /// @param before the number of one of them, to go on after it; [Long#MAX_VALUE] for the newest
    List<Long> entries(AccountId account, long before, int limit) throws SQLException {
        try (var query =
                connection.prepareStatement(
                        """
                        WITH RECURSIVE page (number, seq, previous, length) AS (
                            SELECT number, entry.seq, iif(entry.account = number,
                                entry.previous, entry.child_previous), 1
                            FROM account JOIN entry ON number IN (entry.account, entry.child)
                            WHERE account.account = ?1 AND entry.seq = CASE
                                WHEN ?2 > account.last_seq THEN account.last_seq
                                ELSE (SELECT iif(account = number, previous, child_previous)
                                      FROM entry
                                      WHERE seq = ?2 AND number IN (account, child)) END
                            UNION ALL
                            SELECT number, entry.seq, iif(entry.account = number,
                                entry.previous, entry.child_previous), page.length + 1
                            FROM page JOIN entry ON entry.seq = page.previous
                            WHERE page.length < ?3)
                        SELECT seq FROM page
                        """)) {
            query.setString(1, account.toString());
            query.setLong(2, before);
            query.setInt(3, limit);
            try (var rows = query.executeQuery()) {
                var found = new ArrayList<Long>();
                while (rows.next()) {
                    found.add(rows.getLong(1));
                }
                return found;
            }
        } finally {
            connection.rollback();
        }
    }

    /// The number of the fact that showed an account's balance right before this one; 0 for none.
    long before(long seq) throws SQLException {
        try (var query =
                connection.prepareStatement(
                        """
                        SELECT coalesce(pool_previous, previous)
                        FROM entry LEFT JOIN child_setting USING (seq) WHERE seq = ?
                        """)) {
            query.setLong(1, seq);
            try (var rows = query.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        } finally {
            connection.rollback();
        }
    }

    List<Long> tookEffect(AccountId account, Instant after, Instant until) throws SQLException {
        try {
            return LaterGrants.tookEffect(connection, account.toString(), after, until);
        } finally {
            connection.rollback();
        }
    }

    @Nullable Instant extendedTo(long hold) throws SQLException {
        try {
            return HoldExtensions.of(connection, hold);
        } finally {
            connection.rollback();
        }
    }

    List<BackfillCharge> backfillCharges(String workspace, String backfill) throws SQLException {
        try {
            return BackfillCharges.of(connection, workspace, backfill);
        } finally {
            connection.rollback();
        }
    }

    Map<String, BackfillCharge> backfilled(String workspace, List<String> events)
            throws SQLException {
        try {
            return BackfillCharges.byEvent(connection, workspace, events);
        } finally {
            connection.rollback();
        }
    }

    CaptureSizes captureSizes(String workspace, String operation) throws SQLException {
        try {
            return CaptureHistograms.sizes(connection, workspace, operation);
        } finally {
            connection.rollback();
        }
    }

    /// The numbers of a workspace's top-ups that are to be paid, oldest first.
    List<Long> openTopUps(String workspace, long after, int limit) throws SQLException {
        try {
            return OpenTopUps.after(connection, workspace, after, limit);
        } finally {
            connection.rollback();
        }
    }

    List<OperationUsage> accountUsage(AccountId account, Instant from, Instant to)
            throws SQLException {
        return usage("account_usage", "account", account.toString(), from, to);
    }

    List<OperationUsage> workspaceUsage(String workspace, Instant from, Instant to)
            throws SQLException {
        return usage("workspace_usage", "workspace", workspace, from, to);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private List<OperationUsage> usage(
            String table, String owner, String value, Instant from, Instant to)
            throws SQLException {
        try (var query =
                connection.prepareStatement(
                        """
                        SELECT operation, SUM(calls), SUM(credits), SUM(list_value),
                               SUM(yield_value), SUM(cost)
                        FROM %s WHERE %s = ? AND hour >= ? AND hour < ?
                        GROUP BY operation ORDER BY operation
                        """
                                .formatted(table, owner))) {
            query.setString(1, value);
            query.setLong(2, hour(from));
            query.setLong(3, hour(to.plus(1, ChronoUnit.HOURS).minusNanos(1)));
            try (var rows = query.executeQuery()) {
                var found = new ArrayList<OperationUsage>();
                while (rows.next()) {
                    found.add(operationUsage(rows));
                }
                return found;
            }
        } finally {
            connection.rollback();
        }
    }

    private static OperationUsage operationUsage(ResultSet row) throws SQLException {
        return new OperationUsage(
                row.getString(1),
                row.getLong(2),
                new Credits(row.getLong(3)),
                new Money(row.getLong(4)),
                new Money(row.getLong(5)),
                new Money(row.getLong(6)));
    }

    static long hour(Instant instant) {
        return Math.floorDiv(instant.getEpochSecond(), 3_600L);
    }

    private long number(String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        } finally {
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
        }
    }
}
