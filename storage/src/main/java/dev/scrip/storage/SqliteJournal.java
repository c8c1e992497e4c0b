package dev.scrip.storage;

import dev.scrip.ledger.Batch;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.JournalException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A partition's journal in an SQLite file: one row a batch, flushed before the append returns. A
/// row's seq is that of its batch's last fact.
///
/// Any error makes the connection unusable until [#reopen]: after a failed flush SQLite rolls back
/// while the driver goes on, and what follows would be committed behind its back.
public final class SqliteJournal implements StoredJournal {

    static final JournalTable TABLE = new JournalTable("journal");

    // The keys are in an index of their own. In a table WITHOUT ROWID they would be compared by
    // reading rows, each of them a whole batch: a third of an append.
    private static final String SCHEMA =
            """
            CREATE TABLE IF NOT EXISTS journal (
                partition INTEGER NOT NULL,
                seq       INTEGER NOT NULL,
                batch     BLOB    NOT NULL,
                chain     BLOB    NOT NULL,
                PRIMARY KEY (partition, seq)
            )
            """;

    private final Path file;
    private @Nullable Connection connection;
    private @Nullable PreparedStatement insert;
    private final BatchChain chain = new BatchChain();

    /// Null until the first append after opening: who only reads never needs it.
    private @Nullable ChainEnd end;

    /// @throws JournalException if the file cannot be opened
    public SqliteJournal(Path file) {
        this.file = file;
        reopen();
    }

    @Override
    public void reopen() {
        close();
        try {
            var opened = Sqlite.open(file, Sqlite.Durability.FULL);
            connection = opened;
            try (var statement = opened.createStatement()) {
                statement.execute(SCHEMA);
            }
            insert =
                    opened.prepareStatement(
                            """
                            INSERT INTO journal (partition, seq, batch, chain)
                            SELECT ?, ?, ?, ?
                            WHERE ? = (SELECT COALESCE(MAX(seq), 0) + 1 FROM journal WHERE partition = ?)
                            """);
        } catch (SQLException e) {
            close();
            throw failed("be opened", e);
        }
    }

    @Override
    public long head() {
        try {
            return TABLE.head(connection());
        } catch (SQLException e) {
            throw failed("say its head", e);
        }
    }

    // In autocommit mode one INSERT is one transaction: a separate BEGIN and COMMIT would only add
    // two calls into the library.
    @Override
    public void append(Batch batch) {
        var statement = insert;
        if (statement == null) {
            throw failed("append", new SQLException("closed"));
        }
        try {
            var bytes = FactCodec.encode(batch.facts());
            var before = endBefore(batch);
            var hash = chain.next(before.chain, batch.firstSeq(), batch.lastSeq(), bytes);
            statement.setInt(1, JournalTable.PARTITION);
            statement.setLong(2, batch.lastSeq());
            statement.setBytes(3, bytes);
            statement.setBytes(4, hash);
            statement.setLong(5, batch.firstSeq());
            statement.setInt(6, JournalTable.PARTITION);
            if (statement.executeUpdate() != 1) {
                throw new SQLException(
                        "fact " + batch.firstSeq() + " does not follow the head: another writer?");
            }
            end = new ChainEnd(batch.lastSeq(), hash);
        } catch (SQLException e) {
            throw failed("append fact " + batch.firstSeq(), e);
        }
    }

    /// What is known from the append before, or is stored when another wrote since. A batch that
    /// does not follow it is refused by the statement that inserts it.
    private ChainEnd endBefore(Batch batch) throws SQLException {
        var known = end;
        return known != null && known.seq + 1 == batch.firstSeq() ? known : TABLE.end(connection());
    }

    @Override
    public Fact fact(long seq) {
        try {
            return TABLE.fact(connection(), seq);
        } catch (SQLException e) {
            throw failed("be read", e);
        }
    }

    @Override
    public void read(long after, long factsMax, Consumer<Batch> sink) {
        try {
            TABLE.read(connection(), after, factsMax, 0, sink);
        } catch (SQLException e) {
            throw failed("be read", e);
        }
    }

    @Override
    public void close() {
        var open = connection;
        connection = null;
        insert = null;
        end = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                throw failed("be closed", e);
            }
        }
    }

    private Connection connection() {
        if (connection == null) {
            throw failed("be used", new SQLException("closed"));
        }
        return connection;
    }

    private static JournalException failed(String what, SQLException cause) {
        return new JournalException(
                "The journal could not " + what + ": " + cause.getMessage(), cause);
    }
}
