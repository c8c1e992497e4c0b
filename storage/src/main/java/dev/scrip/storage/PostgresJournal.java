package dev.scrip.storage;

import dev.scrip.ledger.Batch;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.JournalException;
import dev.scrip.ledger.Term;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLState;

/// A partition's journal in a PostgreSQL table: one row a batch, flushed by the server before the
/// append returns. A row's seq is that of its batch's last fact.
///
/// An append whose connection broke may still be under way in the server. It cannot be mixed up
/// with what is appended after [#reopen]: both start with the same fact, so the later one waits for
/// the earlier and fails if that is stored.
///
/// Who appends must have the writer's term: the statement that inserts asks for it too, so that a
/// deposed writer is told so rather than racing with its successor. Over a connection whose other
/// end is gone nobody tells it; it would wait for the socket's time to be over, which must be
/// longer than the longest answer. So an append is broken off as soon as the term turns out to be
/// another server's: whatever becomes of it then, it is refused or nobody was told of it.
final class PostgresJournal implements StoredJournal {

    static final JournalTable TABLE = new JournalTable("scrip.journal");

    /// Few, since a row may hold thousands of facts.
    private static final int ROWS_AT_ONCE = 64;

    private final Postgres database;
    private final Term term;
    private @Nullable Connection connection;
    private @Nullable PreparedStatement insert;
    private final BatchChain chain = new BatchChain();

    /// While an append is under way; read by whoever breaks it off.
    private volatile @Nullable Connection appending;

    /// Null until the first append after opening: who only reads never needs it.
    private @Nullable ChainEnd end;

    /// @param database with its tables in place
    /// @param term without which nothing is appended
    /// @throws JournalException if the database does not answer
    PostgresJournal(Postgres database, Term term) {
        this.database = database;
        this.term = term;
        reopen();
    }

    @Override
    public void reopen() {
        drop();
        try {
            var opened = database.open();
            connection = opened;
            insert =
                    opened.prepareStatement(
                            """
                            INSERT INTO scrip.journal (partition, seq, first_seq, batch, chain)
                            SELECT ?, ?, ?, ?, ?
                            WHERE ? = (SELECT COALESCE(MAX(seq), 0) + 1 FROM scrip.journal
                                       WHERE partition = ?)
                            """
                                    + " AND "
                                    + WriterRow.FENCE);
        } catch (SQLException e) {
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

    // In autocommit mode one INSERT is one transaction and one round trip.
    @Override
    public void append(Batch batch) {
        var statement = insert;
        if (statement == null) {
            throw failed("append", closed());
        }
        try {
            var bytes = FactCodec.encode(batch.facts());
            var before = endBefore(batch);
            var hash = chain.next(before.chain, batch.firstSeq(), batch.lastSeq(), bytes);
            statement.setInt(1, JournalTable.PARTITION);
            statement.setLong(2, batch.lastSeq());
            statement.setLong(3, batch.firstSeq());
            statement.setBytes(4, bytes);
            statement.setBytes(5, hash);
            statement.setLong(6, batch.firstSeq());
            statement.setInt(7, JournalTable.PARTITION);
            long epoch = term.epoch();
            statement.setLong(8, epoch);
            appending = connection;
            int inserted = statement.executeUpdate();
            appending = null;
            if (inserted != 1) {
                throw refused(batch, epoch);
            }
            end = new ChainEnd(batch.lastSeq(), hash);
        } catch (SQLException e) {
            var cause =
                    PSQLState.UNIQUE_VIOLATION.getState().equals(e.getSQLState())
                            ? anotherWriter(batch, e)
                            : e;
            throw failed("append fact " + batch.firstSeq(), cause);
        }
    }

    /// What is known from the append before, or is stored when another wrote since. A batch that
    /// does not follow it is refused by the statement that inserts it.
    private ChainEnd endBefore(Batch batch) throws SQLException {
        var known = end;
        return known != null && known.seq + 1 == batch.firstSeq() ? known : TABLE.end(connection());
    }

    private SQLException refused(Batch batch, long epoch) throws SQLException {
        long current = WriterRow.epoch(connection());
        return current == epoch
                ? anotherWriter(batch, null)
                : new SQLException(
                        "another server writes, in term "
                                + current
                                + (epoch == 0 ? "" : "; this one's was " + epoch));
    }

    private static SQLException anotherWriter(Batch batch, @Nullable SQLException cause) {
        return new SQLException(
                "fact " + batch.firstSeq() + " does not follow the head: another writer?", cause);
    }

    @Override
    public void read(long after, long factsMax, Consumer<Batch> sink) {
        try {
            var open = connection();
            // Outside a transaction the driver would take all rows into memory at once.
            open.setAutoCommit(false);
            try (Transaction _ = () -> open.setAutoCommit(true)) {
                TABLE.read(open, after, factsMax, ROWS_AT_ONCE, sink);
            }
        } catch (SQLException e) {
            throw failed("be read", e);
        }
    }

    private interface Transaction extends AutoCloseable {
        @Override
        void close() throws SQLException;
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

    private Connection connection() throws SQLException {
        var open = connection;
        if (open == null) {
            throw closed();
        }
        return open;
    }

    private static SQLException closed() {
        return new SQLException("it is closed");
    }

    /// What failed once is not used again before [#reopen].
    private JournalException failed(String what, SQLException cause) {
        drop();
        return new JournalException(
                "The journal could not " + what + ": " + cause.getMessage(), cause);
    }

    @Override
    public void breakOff() {
        var open = appending;
        if (open != null) {
            Postgres.abort(open);
        }
    }

    private void drop() {
        var open = connection;
        connection = null;
        appending = null;
        insert = null;
        end = null;
        if (open != null) {
            Postgres.abort(open);
        }
    }
}
