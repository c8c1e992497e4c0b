package dev.scrip.storage;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.Batch;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.JournalException;
import dev.scrip.metering.BackfillCharge;
import dev.scrip.metering.CaptureSizes;
import dev.scrip.metering.OperationUsage;
import dev.scrip.metering.ReadModels;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Follows the journal on a thread of its own and writes what it reads into [ViewTables].
///
/// It reads a journal that it opened for itself, live and after a restart alike, so there is one
/// way to project and the partition never waits for it. Under load it lets a moment's batches
/// gather, which makes each row cheaper; a reader that waits cuts the moment short.
public final class ReadModelProjector implements ReadModels, AutoCloseable {

    private static final System.Logger LOGGER =
            System.getLogger(ReadModelProjector.class.getName());
    private static final Duration GATHER = Duration.ofSeconds(1);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration CATCH_UP_MAX = Duration.ofSeconds(5);
    private static final int FACTS_AT_ONCE = 20_000;
    private static final int FACTS_READ_AT_ONCE = 1_000;

    private final Supplier<? extends StoredJournal> journals;
    private final Path viewsFile;
    private final LongSupplier durableHead;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition advanced = lock.newCondition();
    private final Condition wanted = lock.newCondition();
    private final ReentrantLock reading = new ReentrantLock();
    private final ViewTables readTables;
    private final StoredJournal readJournal;
    private long projected;
    private int waitingReaders;
    private boolean closing;

    /// Touched by the projector's thread alone.
    private boolean failing;

    private volatile boolean idle;

    /// @param journals opens the journal once more
    /// @param journalId what tells it from any other
    ReadModelProjector(
            Supplier<? extends StoredJournal> journals,
            String journalId,
            Path viewsFile,
            LongSupplier durableHead) {
        this.journals = journals;
        this.viewsFile = viewsFile;
        this.durableHead = durableHead;
        try {
            readTables = openViews(viewsFile, journalId, durableHead.getAsLong());
            readJournal = journals.get();
            projected = readTables.projected();
        } catch (SQLException e) {
            throw new StorageException("The read models cannot be opened: " + e.getMessage(), e);
        }
        thread = Thread.ofPlatform().name("scrip-projector").unstarted(this::run);
        thread.start();
    }

    /// What is damaged, or knows of facts that the journal does not have, is built anew.
    private static ViewTables openViews(Path file, String journalId, long head)
            throws SQLException {
        try {
            var tables = new ViewTables(file);
            if (tables.areOf(journalId) && tables.projected() <= head) {
                return tables;
            }
            tables.close();
        } catch (SQLException e) {
            LOGGER.log(Level.WARNING, "The read models are damaged and are built anew: " + e);
        }
        try {
            for (var suffix : List.of("", "-wal", "-shm")) {
                Files.deleteIfExists(file.resolveSibling(file.getFileName() + suffix));
            }
        } catch (IOException e) {
            throw new StorageException("The read models cannot be deleted: " + e, e);
        }
        var tables = new ViewTables(file);
        var _ = tables.areOf(journalId);
        return tables;
    }

    /// Says that more batches are durable. Cheap, for the partition's thread: it only wakes a
    /// projector that has nothing to do.
    public void signal() {
        if (idle) {
            wake();
        }
    }

    @Override
    public long lag() {
        lock.lock();
        try {
            return Math.max(0, durableHead.getAsLong() - projected);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<Fact> entries(AccountId account, long before, int limit) {
        return read(tables ->
                tables.entries(account, before, limit).stream().map(this::storedFact).toList());
    }

    @Override
    public @Nullable Fact fact(long seq) {
        if (seq < 1 || seq > durableHead.getAsLong()) {
            return null;
        }
        reading.lock();
        try {
            return storedFact(seq);
        } finally {
            reading.unlock();
        }
    }

    @Override
    public @Nullable Fact before(Fact fact) {
        return read(tables -> {
            long seq = tables.before(fact.seq());
            return seq == 0 ? null : storedFact(seq);
        });
    }

    @Override
    public List<Fact> tookEffect(AccountId account, Instant after, Instant until) {
        return read(tables ->
                tables.tookEffect(account, after, until).stream().map(this::storedFact).toList());
    }

    @Override
    public @Nullable Instant extendedTo(long hold) {
        return read(tables -> tables.extendedTo(hold));
    }

    /// Tries twice, since a connection that a restart of the server cut is not known to be.
    private Fact storedFact(long seq) {
        try {
            return readJournal.fact(seq);
        } catch (JournalException _) {
            readJournal.reopen();
            return readJournal.fact(seq);
        }
    }

    @Override
    public List<BackfillCharge> backfillCharges(String workspace, String backfill) {
        return read(tables -> tables.backfillCharges(workspace, backfill));
    }

    @Override
    public Map<String, BackfillCharge> backfilled(String workspace, List<String> events) {
        return read(tables -> tables.backfilled(workspace, events));
    }

    @Override
    public CaptureSizes captureSizes(String workspace, String operation) {
        return read(tables -> tables.captureSizes(workspace, operation));
    }

    @Override
    public List<Fact> openTopUps(String workspace, long after, int limit) {
        return read(tables ->
                tables.openTopUps(workspace, after, limit).stream().map(this::storedFact).toList());
    }

    @Override
    public List<OperationUsage> usage(AccountId account, Instant from, Instant to) {
        return read(tables -> tables.accountUsage(account, from, to));
    }

    @Override
    public List<OperationUsage> usage(String workspace, Instant from, Instant to) {
        return read(tables -> tables.workspaceUsage(workspace, from, to));
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            wanted.signalAll();
        } finally {
            lock.unlock();
        }
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
        reading.lock();
        try {
            readTables.close();
            readJournal.close();
        } catch (SQLException e) {
            throw new StorageException("The read models cannot be closed: " + e.getMessage(), e);
        } finally {
            reading.unlock();
        }
    }

    private interface Query<T extends @Nullable Object> {
        T run(ViewTables tables) throws SQLException;
    }

    private <T extends @Nullable Object> T read(Query<T> query) {
        catchUp(durableHead.getAsLong());
        reading.lock();
        try {
            return query.run(readTables);
        } catch (SQLException e) {
            throw new StorageException("The read models cannot be read: " + e.getMessage(), e);
        } finally {
            reading.unlock();
        }
    }

    private void catchUp(long seq) {
        lock.lock();
        try {
            waitingReaders++;
            wanted.signalAll();
            long left = CATCH_UP_MAX.toNanos();
            while (projected < seq) {
                if (left <= 0) {
                    throw new StorageException(
                            "The read models are "
                                    + (seq - projected)
                                    + " facts behind. Try again in a moment.");
                }
                left = advanced.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException("Interrupted while the read models caught up.", e);
        } finally {
            waitingReaders--;
            lock.unlock();
        }
    }

    private void run() {
        while (!isClosing()) {
            try (var journal = journals.get();
                    var tables = new ViewTables(viewsFile)) {
                follow(journal, tables);
            } catch (SQLException | RuntimeException e) {
                // Said once, however long it lasts.
                if (!failing) {
                    LOGGER.log(Level.WARNING, "Projecting failed and is tried again", e);
                }
                failing = true;
                pause(RETRY);
            }
        }
    }

    private void follow(StoredJournal journal, ViewTables tables) throws SQLException {
        while (!isClosing()) {
            long from = tables.projected();
            if (durableHead.getAsLong() <= from) {
                awaitMore(from);
                continue;
            }
            long to = project(journal, tables, from);
            failing = false;
            advance(to);
            if (to - from < FACTS_AT_ONCE) {
                gather();
            }
        }
    }

    /// Read a little at a time: facts are projected while they are in the caches, and the journal's
    /// writer is not kept from tidying up by a reader that writes for long.
    ///
    /// @return the number of the last fact that was projected
    private long project(StoredJournal journal, ViewTables tables, long from) throws SQLException {
        // What is stored but not known to be durable yet must not be shown.
        long durable = durableHead.getAsLong();
        try (var round = tables.begin()) {
            long to = from;
            while (to < durable && to - from < FACTS_AT_ONCE) {
                var batches = new ArrayList<Batch>();
                journal.read(to, FACTS_READ_AT_ONCE, batches::add);
                batches.removeIf(batch -> batch.lastSeq() > durable);
                for (var batch : batches) {
                    round.add(batch);
                }
                to = batches.getLast().lastSeq();
            }
            round.commit();
            return to;
        }
    }

    private boolean isClosing() {
        lock.lock();
        try {
            return closing;
        } finally {
            lock.unlock();
        }
    }

    private void advance(long seq) {
        lock.lock();
        try {
            projected = seq;
            advanced.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void awaitMore(long from) {
        idle = true;
        awaitUntil(() -> durableHead.getAsLong() > from, RETRY);
        idle = false;
    }

    private void gather() {
        awaitUntil(() -> waitingReaders > 0, GATHER);
    }

    private void pause(Duration duration) {
        awaitUntil(() -> false, duration);
    }

    private void awaitUntil(BooleanSupplier enough, Duration atMost) {
        lock.lock();
        try {
            long left = atMost.toNanos();
            while (left > 0 && !closing && !enough.getAsBoolean()) {
                left = wanted.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("Nobody interrupts the projector.", e);
        } finally {
            lock.unlock();
        }
    }

    private void wake() {
        lock.lock();
        try {
            wanted.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
