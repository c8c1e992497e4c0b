package dev.scrip.storage;

import dev.scrip.ledger.AccountStatus;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.GrantOrigin;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// The top-ups that are to be paid: a row comes with the request and goes when it is paid, fails,
/// or its account is closed.
final class OpenTopUps {

    static final String TABLE =
            """
            CREATE TABLE open_top_up (
                workspace TEXT    NOT NULL,
                seq       INTEGER NOT NULL,
                account   TEXT    NOT NULL,
                PRIMARY KEY (workspace, seq)
            ) WITHOUT ROWID
            """;

    /// In their order: a request and its end may come together.
    private final List<Fact> facts = new ArrayList<>();

    void add(Fact fact) {
        boolean counts =
                switch (fact) {
                    case Fact.TopUpRequested _, Fact.TopUpFailed _ -> true;
                    case Fact.Granted granted -> granted.origin().kind() == GrantOrigin.Kind.TOP_UP;
                    case Fact.StatusChanged changed -> changed.status() == AccountStatus.CLOSED;
                    default -> false;
                };
        if (counts) {
            facts.add(fact);
        }
    }

    void addTo(Connection connection) throws SQLException {
        if (facts.isEmpty()) {
            return;
        }
        try (var insert = connection.prepareStatement("INSERT INTO open_top_up VALUES (?, ?, ?)");
                var settle =
                        connection.prepareStatement(
                                "DELETE FROM open_top_up WHERE workspace = ? AND seq = ?");
                var close =
                        connection.prepareStatement(
                                "DELETE FROM open_top_up WHERE workspace = ? AND account = ?")) {
            for (var fact : facts) {
                var statement =
                        switch (fact) {
                            case Fact.TopUpRequested requested -> {
                                insert.setLong(2, requested.seq());
                                insert.setString(3, requested.account().toString());
                                yield insert;
                            }
                            case Fact.TopUpFailed failed -> {
                                settle.setLong(2, failed.topUp());
                                yield settle;
                            }
                            case Fact.Granted granted -> {
                                settle.setLong(2, granted.origin().cause());
                                yield settle;
                            }
                            default -> {
                                close.setString(2, fact.account().toString());
                                yield close;
                            }
                        };
                statement.setString(1, fact.account().workspace());
                statement.executeUpdate();
            }
        }
    }

    /// The numbers of a workspace's requests, oldest first.
    static List<Long> after(Connection connection, String workspace, long seq, int limit)
            throws SQLException {
        try (var query =
                connection.prepareStatement(
                        """
                        SELECT seq FROM open_top_up
                        WHERE workspace = ? AND seq > ? ORDER BY seq LIMIT ?
                        """)) {
            query.setString(1, workspace);
            query.setLong(2, seq);
            query.setInt(3, limit);
            try (var rows = query.executeQuery()) {
                var found = new ArrayList<Long>();
                while (rows.next()) {
                    found.add(rows.getLong(1));
                }
                return found;
            }
        }
    }
}
