package dev.scrip.storage;

import dev.scrip.ledger.Fact;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Grants that were not in effect yet when they were granted, by when they took or take effect. One
/// that was voided before is gone from them.
final class LaterGrants {

    /// An account is its number in the table of accounts.
    static final String TABLE =
            """
            CREATE TABLE later_grant (
                account   INTEGER NOT NULL,
                effective INTEGER NOT NULL,
                seq       INTEGER NOT NULL,
                PRIMARY KEY (account, effective, seq)
            ) WITHOUT ROWID
            """;

    private record Row(long account, Fact fact) {}

    /// In their order: a grant and its end may come together.
    private final List<Row> rows = new ArrayList<>();

    void add(Fact fact, long account) {
        boolean counts =
                switch (fact) {
                    case Fact.Granted granted -> granted.terms().effective().isAfter(granted.at());
                    case Fact.Voided _ -> true;
                    default -> false;
                };
        if (counts) {
            rows.add(new Row(account, fact));
        }
    }

    void addTo(Connection connection) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (var insert = connection.prepareStatement("INSERT INTO later_grant VALUES (?, ?, ?)");
                var delete =
                        connection.prepareStatement(
                                """
                                DELETE FROM later_grant
                                WHERE account = ? AND effective > ? AND seq = ?
                                """)) {
            for (var row : rows) {
                switch (row.fact()) {
                    case Fact.Granted granted -> {
                        insert.setLong(1, row.account());
                        insert.setLong(2, FactCodec.toWire(granted.terms().effective()));
                        insert.setLong(3, granted.seq());
                        insert.executeUpdate();
                    }
                    case Fact.Voided voided -> {
                        delete.setLong(1, row.account());
                        delete.setLong(2, FactCodec.toWire(voided.at()));
                        delete.setLong(3, voided.grant());
                        delete.executeUpdate();
                    }
                    default -> throw new IllegalStateException("It is not about a grant.");
                }
            }
        }
    }

    /// The numbers of those of an account that took effect after an instant, up to another one.
    static List<Long> tookEffect(
            Connection connection, String account, Instant after, Instant until)
            throws SQLException {
        try (var query =
                connection.prepareStatement(
                        """
                        SELECT seq FROM later_grant
                        WHERE account = (SELECT number FROM account WHERE account = ?)
                            AND effective > ? AND effective <= ?
                        ORDER BY effective, seq
                        """)) {
            query.setString(1, account);
            query.setLong(2, FactCodec.toWire(after));
            query.setLong(3, FactCodec.toWire(until));
            try (var found = query.executeQuery()) {
                var seqs = new ArrayList<Long>();
                while (found.next()) {
                    seqs.add(found.getLong(1));
                }
                return seqs;
            }
        }
    }
}
