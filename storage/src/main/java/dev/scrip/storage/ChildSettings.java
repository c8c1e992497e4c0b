package dev.scrip.storage;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.Fact;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// What was set for children, each with the entry of its pool before: a child has no credits, and
/// what its entries show is its pool's balance.
final class ChildSettings implements AutoCloseable {

    /// A child is its number in the table of accounts, a pool its name in the same workspace.
    static final String CHILD_TABLE =
            """
            CREATE TABLE child (
                number INTEGER PRIMARY KEY,
                pool   TEXT    NOT NULL
            )
            """;

    static final String TABLE =
            """
            CREATE TABLE child_setting (
                seq           INTEGER PRIMARY KEY,
                pool_previous INTEGER NOT NULL
            )
            """;

    private final PreparedStatement insertChild;
    private final PreparedStatement insert;
    private final PreparedStatement find;

    ChildSettings(Connection connection) throws SQLException {
        insertChild = connection.prepareStatement("INSERT INTO child VALUES (?, ?)");
        insert = connection.prepareStatement("INSERT INTO child_setting VALUES (?, ?)");
        find = connection.prepareStatement("SELECT pool FROM child WHERE number = ?");
    }

    void open(Fact.AccountOpened opened, long number) throws SQLException {
        var pool = opened.pool();
        if (pool != null) {
            insertChild.setLong(1, number);
            insertChild.setString(2, pool.name());
            insertChild.executeUpdate();
        }
    }

    /// The pool, when the fact sets something for a child; otherwise null.
    @Nullable AccountId pool(Fact fact, long number) throws SQLException {
        if (!(fact instanceof Fact.LimitsSet || fact instanceof Fact.StatusChanged)) {
            return null;
        }
        find.setLong(1, number);
        try (var rows = find.executeQuery()) {
            return rows.next()
                    ? new AccountId(fact.account().workspace(), rows.getString(1))
                    : null;
        }
    }

    void add(Fact fact, long poolPrevious) throws SQLException {
        insert.setLong(1, fact.seq());
        insert.setLong(2, poolPrevious);
        insert.executeUpdate();
    }

    @Override
    public void close() throws SQLException {
        try (insertChild;
                insert;
                find) {}
    }
}
