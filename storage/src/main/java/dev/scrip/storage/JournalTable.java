package dev.scrip.storage;

import dev.scrip.ledger.Batch;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.JournalException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// What is asked of a journal's table in the same words, whichever database has it.
final class JournalTable {

    static final int PARTITION = 0;

    private final String name;

    /// @param name with its schema, where there are any
    JournalTable(String name) {
        this.name = name;
    }

    /// The number of the last fact, 0 when there is none.
    long head(Connection connection) throws SQLException {
        try (var query =
                connection.prepareStatement(
                        "SELECT COALESCE(MAX(seq), 0) FROM " + name + " WHERE partition = ?")) {
            query.setInt(1, PARTITION);
            try (var rows = query.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    ChainEnd end(Connection connection) throws SQLException {
        try (var query =
                connection.prepareStatement(
                        "SELECT seq, chain FROM "
                                + name
                                + " WHERE partition = ? ORDER BY seq DESC LIMIT 1")) {
            query.setInt(1, PARTITION);
            try (var rows = query.executeQuery()) {
                return rows.next()
                        ? new ChainEnd(rows.getLong(1), rows.getBytes(2))
                        : ChainEnd.EMPTY;
            }
        }
    }

    /// The stored fact with this number.
    ///
    /// @throws JournalException if there is none
    Fact fact(Connection connection, long seq) throws SQLException {
        try (var query =
                connection.prepareStatement(
                        "SELECT batch FROM "
                                + name
                                + " WHERE partition = ? AND seq >= ? ORDER BY seq LIMIT 1")) {
            query.setInt(1, PARTITION);
            query.setLong(2, seq);
            try (var rows = query.executeQuery()) {
                if (!rows.next()) {
                    throw new JournalException("The journal has no fact " + seq + ".");
                }
                return FactCodec.decode(rows.getBytes(1), seq);
            }
        }
    }

    /// Hands over the batches after a fact, until they have as many facts as that.
    ///
    /// @param rowsAtOnce how many rows the driver may take into memory; 0 to leave it to the driver
    void read(
            Connection connection, long after, long factsMax, int rowsAtOnce, Consumer<Batch> sink)
            throws SQLException {
        try (var query =
                connection.prepareStatement(
                        "SELECT batch FROM "
                                + name
                                + " WHERE partition = ? AND seq > ? ORDER BY seq")) {
            query.setFetchSize(rowsAtOnce);
            query.setInt(1, PARTITION);
            query.setLong(2, after);
            try (var rows = query.executeQuery()) {
                long facts = 0;
                while (facts < factsMax && rows.next()) {
                    var batch = FactCodec.decode(rows.getBytes(1));
                    facts += batch.facts().size();
                    sink.accept(batch);
                }
            }
        }
    }

    /// The rows after a fact as they are stored, at most so many.
    List<StoredBatch> rows(Connection connection, long after, int rowsMax) throws SQLException {
        try (var query =
                connection.prepareStatement(
                        "SELECT seq, batch, chain FROM "
                                + name
                                + " WHERE partition = ? AND seq > ? ORDER BY seq LIMIT "
                                + rowsMax)) {
            query.setInt(1, PARTITION);
            query.setLong(2, after);
            try (var rows = query.executeQuery()) {
                var found = new ArrayList<StoredBatch>(rowsMax);
                while (rows.next()) {
                    found.add(new StoredBatch(rows.getLong(1), rows.getBytes(2), rows.getBytes(3)));
                }
                return found;
            }
        }
    }
}
