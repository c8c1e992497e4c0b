package dev.scrip.storage;

import dev.scrip.ledger.JournalException;
import dev.scrip.ledger.Term;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// This server's part in who is the writer of a journal in PostgreSQL: it renews its term, or looks
/// whether another's is over and begins the next, on a thread and a connection of its own.
///
/// A term counts from before its renewal was sent, by the monotonic clock, and the database counts
/// it from after: so it is over here before another can begin the next. What goes wrong all the
/// same, such as a database's clock that is set forward, the fence of [PostgresJournal] keeps from
/// the journal.
public final class WriterTerm implements Term, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(WriterTerm.class.getName());

    private final Postgres database;
    private final TermSettings settings;
    private final String holder = UUID.randomUUID().toString();
    private final Thread thread = Thread.ofPlatform().name("scrip-term").unstarted(this::run);

    private volatile Held held = Held.NOTHING;
    private volatile WriterRow.@Nullable Seen seen;
    private volatile boolean closing;

    // Nothing is taken before this server can say where it is reached.
    private volatile @Nullable String url;
    private volatile BooleanSupplier fit = () -> true;
    private volatile Runnable changed = () -> {};
    private volatile Runnable deposed = () -> {};

    /// Touched by whoever steps: the caller of [#begin], then the thread.
    private @Nullable Connection connection;

    private boolean failing;

    /// @param untilNanoTime when it counts as over here
    private record Held(long epoch, long untilNanoTime) {

        static final Held NOTHING = new Held(0, System.nanoTime());

        boolean isGood() {
            return epoch != 0 && System.nanoTime() - untilNanoTime < 0;
        }
    }

    /// Another server that is the writer.
    ///
    /// @param url where it is reached
    public record Writer(long epoch, String url) {}

    WriterTerm(Postgres database, TermSettings settings) {
        this.database = database;
        this.settings = settings;
    }

    @Override
    public long epoch() {
        var now = held;
        return now.isGood() ? now.epoch : 0;
    }

    /// The other server that is the writer, as last seen; null when none is known or it cannot be
    /// reached yet.
    public @Nullable Writer writer() {
        var row = seen;
        return row == null || row.over() || row.url() == null || holder.equals(row.holder())
                ? null
                : new Writer(row.epoch(), row.url());
    }

    /// Becomes the writer, unless there is one that renews its term. It waits for one that has just
    /// died, so that whoever restarts a single server finds it serving.
    ///
    /// @throws JournalException if the database does not answer
    public void begin() {
        long start = System.nanoTime();
        try {
            var first = look();
            for (var row = first; epoch() == 0; row = look()) {
                boolean renewed =
                        row.epoch() != first.epoch()
                                || !String.valueOf(row.renewedAt())
                                        .equals(String.valueOf(first.renewedAt()));
                if (row.over()) {
                    take(row);
                } else if (renewed || System.nanoTime() - start > settings.lasts().toNanos() * 2) {
                    break;
                } else {
                    LockSupport.parkNanos(settings.lookEvery().toNanos() / 2);
                }
            }
        } catch (SQLException e) {
            drop();
            throw new JournalException(
                    "Who writes the journal cannot be found out: " + e.getMessage(), e);
        }
        thread.start();
    }

    /// Says where this server is reached, as writer and when it becomes it.
    ///
    /// @param fit whether it may have the term: it is given up when not
    /// @param changed called when a term began here
    public void stand(String url, BooleanSupplier fit, Runnable changed) {
        this.fit = fit;
        this.changed = changed;
        this.url = url;
        LockSupport.unpark(thread);
    }

    /// @param deposed called when another server turns out to have the term that this one had: what
    ///   still waits to be stored under it never will be
    void whenDeposed(Runnable deposed) {
        this.deposed = deposed;
    }

    /// Gives the term up, so that another server may begin the next at once.
    @Override
    public void close() {
        boolean started = thread.isAlive();
        closing = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (!started) {
            drop();
        }
    }

    private void run() {
        while (!closing) {
            try {
                step();
                failing = false;
            } catch (SQLException | StorageException e) {
                if (!failing && !closing) {
                    LOG.log(Level.WARNING, "Who is the writer cannot be found out: " + e);
                }
                failing = true;
                drop();
            }
            if (!closing) {
                boolean renews = held.epoch != 0 && !failing;
                LockSupport.parkNanos(
                        (renews ? settings.renewEvery() : settings.lookEvery()).toNanos());
            }
        }
        try {
            giveUp();
        } catch (SQLException e) {
            LOG.log(Level.WARNING, "The term is not given up, but ends by itself: " + e);
        }
        drop();
    }

    private void step() throws SQLException {
        if (held.epoch != 0) {
            if (fit.getAsBoolean()) {
                renew(held.epoch);
            } else {
                giveUp();
            }
            return;
        }
        var row = look();
        if (row.over() && url != null && fit.getAsBoolean()) {
            take(row);
        }
    }

    private WriterRow.Seen look() throws SQLException {
        var row = WriterRow.look(connection(), settings.lasts());
        seen = row;
        if (holder.equals(row.holder()) && held.epoch == 0) {
            // It was taken, but the answer got lost.
            renew(row.epoch());
        }
        return row;
    }

    private void take(WriterRow.Seen row) throws SQLException {
        var open = connection();
        var until = untilNanoTime();
        if (WriterRow.take(open, row, holder, url, settings.lasts())) {
            seen = null;
            held = new Held(row.epoch() + 1, until);
            changed.run();
        }
    }

    /// A term that ran out here and that nobody else took may go on: nobody wrote meanwhile.
    private void renew(long epoch) throws SQLException {
        var open = connection();
        var until = untilNanoTime();
        if (WriterRow.renew(open, epoch, holder, url)) {
            held = new Held(epoch, until);
        } else {
            held = Held.NOTHING;
            deposed.run();
            var _ = look();
        }
    }

    private long untilNanoTime() {
        return System.nanoTime() + settings.lasts().minus(settings.drift()).toNanos();
    }

    private void giveUp() throws SQLException {
        long epoch = held.epoch;
        held = Held.NOTHING;
        if (epoch != 0) {
            WriterRow.giveUp(connection(), epoch, holder);
        }
    }

    private Connection connection() throws SQLException {
        var open = connection;
        if (open == null) {
            // An answer later than this comes too late.
            open = database.open(Duration.ofSeconds(1));
            connection = open;
        }
        return open;
    }

    private void drop() {
        var open = connection;
        connection = null;
        if (open != null) {
            Postgres.abort(open);
        }
    }
}
