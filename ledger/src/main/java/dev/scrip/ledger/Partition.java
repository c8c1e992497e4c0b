package dev.scrip.ledger;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Hosts one [Ledger] with its journal on a thread of its own.
///
/// Group commit. Callers put commands into a bounded queue and wait. One owning thread takes what
/// is there, and for each command in order settles, decides and applies in memory, since the next
/// one must see it; then it appends the facts of all as one batch, and only when they are durable
/// does it answer. No timer delays a batch: latency is one commit, throughput is what arrived
/// during the commit before.
///
/// An append that fails may be stored or not. The callers are told that the outcome is unknown, the
/// memory is discarded, the journal reopened and the ledger rebuilt from it; a retry under the same
/// request key then finds its answer or is decided afresh. A broken invariant stops the partition
/// for good: nothing is served from a state that cannot be trusted.
///
/// Several servers may host one partition, of which one has the writer's [Term]. The others follow:
/// they take in what the writer stores and answer nothing. Whether the term still runs is asked
/// after a batch is decided and stored and before anybody is told, also of what only reads: a
/// process that stood still meanwhile answers nothing from its old memory.
///
/// Now and then the state is copied, and written as a snapshot by a thread of its own.
///
/// The owner is a platform thread, because native store calls pin virtual ones.
public final class Partition implements AutoCloseable {

    private static final long IDLE_NANOS = 1_000_000_000L;
    private static final long FOLLOW_NANOS = 100_000_000L;
    private static final String REOPENING = "the journal failed and is being reopened";
    private static final String FOLLOWING = "another server is the writer";

    private final Journal journal;
    private final Standing standing;
    private final PartitionSettings settings;
    private final Committer committer;
    private final Runnable committed;
    private final Thread owner;

    private final ConcurrentLinkedQueue<Waiting> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger queueLength = new AtomicInteger();
    private volatile List<Waiting> inFlight = List.of();
    private volatile boolean idle;
    private volatile boolean closing;
    private volatile boolean stopped;
    private volatile @Nullable String unavailable = FOLLOWING;

    /// Recovers the ledger from the journal and starts to serve.
    ///
    /// @param committed called on the owning thread after each commit
    /// @throws JournalException if the journal cannot be read
    /// @throws IllegalStateException if the journal does not replay
    public Partition(
            Journal journal,
            Snapshots snapshots,
            PartitionSettings settings,
            InstantSource clock,
            Runnable committed) {
        this(journal, snapshots, settings, clock, committed, Term.ENDLESS);
    }

    /// As [#Partition(Journal, Snapshots, PartitionSettings, InstantSource, Runnable)] for a
    /// journal that several servers open: serves while it has the term, and follows otherwise.
    ///
    /// @param committed called also when another server's facts were taken in
    public Partition(
            Journal journal,
            Snapshots snapshots,
            PartitionSettings settings,
            InstantSource clock,
            Runnable committed,
            Term term) {
        this.journal = journal;
        this.standing = new Standing(term);
        this.settings = settings;
        this.committed = committed;
        // Asked before the journal is read, which then has all from before the term.
        long epoch = term.epoch();
        this.committer =
                new Committer(
                        journal,
                        new SnapshotSaver(snapshots, settings.factsBetweenSnapshots()),
                        settings.ledger(),
                        clock);
        if (epoch != 0) {
            standing.lead(epoch);
            unavailable = null;
        }
        this.owner = Thread.ofPlatform().name("scrip-partition").unstarted(this::run);
        owner.start();
        var late = new LateAnswers(owner, settings.answerWithin(), queue, () -> inFlight);
        Thread.ofPlatform().name("scrip-partition-watch").daemon().start(late);
    }

    /// Decides a command and returns the answer once everything it rests on is durable.
    ///
    /// @throws PartitionException if no answer can be given: overloaded, unavailable, or outcome
    ///   unknown
    public Reply submit(Command command) {
        var waiting = enqueue(command);
        wakeOwner();
        return waiting.await();
    }

    /// As [#submit] for many at once, in their order; each is decided by itself.
    ///
    /// @throws PartitionException if no answer can be given to one of them; others may have
    ///   happened
    public List<Reply> submitAll(List<Command> commands) {
        var waiting = new ArrayList<Waiting>(commands.size());
        try {
            for (var command : commands) {
                waiting.add(enqueue(command));
            }
        } finally {
            // Those that are queued are decided, whatever became of the rest.
            wakeOwner();
        }
        if (!waiting.isEmpty()) {
            // They are answered in their order, so the others have their answers then.
            var _ = waiting.getLast().await();
        }
        return waiting.stream().map(Waiting::await).toList();
    }

    private void wakeOwner() {
        if (idle) {
            LockSupport.unpark(owner);
        }
    }

    private Waiting enqueue(Command command) {
        var reason = unavailable;
        if (reason != null) {
            throw PartitionException.unavailable(reason);
        }
        if (queueLength.incrementAndGet() > settings.queueLengthMax()) {
            queueLength.decrementAndGet();
            throw PartitionException.overloaded(settings.queueLengthMax());
        }
        var waiting = new Waiting(command);
        queue.add(waiting);
        reason = unavailable;
        if (reason != null && queue.remove(waiting)) {
            // The owner may have emptied the queue for the last time before this came in.
            queueLength.decrementAndGet();
            throw PartitionException.unavailable(reason);
        }
        return waiting;
    }

    /// The number of the last fact that is durable.
    public long head() {
        return committer.head();
    }

    /// Whether this serves or follows another server.
    public Standing standing() {
        return standing;
    }

    /// Has the term looked at now rather than in a moment.
    public void wake() {
        LockSupport.unpark(owner);
    }

    /// Why nothing is served at the moment, or null.
    public @Nullable String unavailable() {
        return unavailable;
    }

    /// Whether it stopped for good: only a restart helps.
    public boolean stopped() {
        return stopped;
    }

    public int queueLength() {
        return queueLength.get();
    }

    public int accounts() {
        return committer.accounts();
    }

    /// Requests whose retry would find its answer.
    public int rememberedRequests() {
        return committer.rememberedRequests();
    }

    /// Up to which instant usage may have been charged and forgotten, by the time it says it
    /// happened; null while nothing was forgotten.
    public @Nullable Instant forgottenUntil() {
        return committer.forgottenUntil();
    }

    public long commits() {
        return committer.commits();
    }

    public long factsCommitted() {
        return committer.facts();
    }

    /// How often something was made durable here since the start.
    public long count(Happening happening) {
        return committer.count(happening);
    }

    /// Time spent in appends since the start.
    public long commitNanos() {
        return committer.commitNanos();
    }

    /// Answers what is queued, leaves a snapshot and closes the journal.
    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(owner);
        boolean interrupted = false;
        while (owner.isAlive()) {
            try {
                owner.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!(closing && queue.isEmpty())) {
                if (mayServe()) {
                    serve();
                } else {
                    follow();
                }
            }
            committer.saveLast();
        } catch (RuntimeException | Error e) {
            stopped = true;
            unavailable = "stopped: " + e;
            throw e;
        } finally {
            if (unavailable == null) {
                unavailable = "closed";
            }
            refuseAll();
            journal.close();
        }
    }

    private boolean mayServe() {
        long epoch = standing.termNow();
        return epoch != 0 && (epoch == standing.epoch() || lead(epoch));
    }

    /// Reads what was stored before the term began. Whatever a writer before it stores later is
    /// refused by the journal, or was on its way and makes the first append fail.
    private boolean lead(long epoch) {
        if (!takeIn()) {
            return false;
        }
        standing.lead(epoch);
        unavailable = null;
        return true;
    }

    private void follow() {
        standing.follow();
        unavailable = FOLLOWING;
        refuseAll();
        if (takeIn() && !closing) {
            LockSupport.parkNanos(this, FOLLOW_NANOS);
        }
    }

    /// False when the journal did not answer, and everything was read again.
    private boolean takeIn() {
        try {
            if (committer.follow()) {
                committed.run();
                committer.saveWhenDue();
            }
            standing.hasAll();
            return true;
        } catch (JournalException _) {
            unavailable = REOPENING;
            reopen();
            return false;
        }
    }

    private void serve() {
        var batch = take();
        if (batch.isEmpty() && !closing) {
            idle = true;
            if (queue.isEmpty() && !committer.isCopying()) {
                LockSupport.parkNanos(this, IDLE_NANOS);
            }
            idle = false;
            batch = take();
        }
        inFlight = batch;
        try {
            boolean stored = committer.commit(batch);
            if (standing.mayAnswer()) {
                for (var waiting : batch) {
                    waiting.answer();
                }
            } else {
                stepDown(batch, stored);
            }
            if (stored) {
                committed.run();
            }
            committer.saveWhenDue();
        } catch (JournalException e) {
            // Before anyone is told, so that a prompt retry does not find a state to be discarded.
            unavailable = REOPENING;
            fail(batch, e);
            reopen();
        } catch (RuntimeException | Error e) {
            fail(batch, e);
            throw e;
        } finally {
            inFlight = List.of();
        }
    }

    /// The term ended while the batch was decided: another server may know what this one does not.
    private void stepDown(List<Waiting> batch, boolean stored) {
        standing.follow();
        unavailable = FOLLOWING;
        var told =
                stored
                        ? PartitionException.outcomeUnknown(new IllegalStateException(FOLLOWING))
                        : PartitionException.unavailable(FOLLOWING);
        for (var waiting : batch) {
            waiting.fail(told);
        }
    }

    private static void fail(List<Waiting> batch, Throwable cause) {
        for (var waiting : batch) {
            waiting.fail(PartitionException.outcomeUnknown(cause));
        }
    }

    private List<Waiting> take() {
        var batch = new ArrayList<Waiting>();
        while (batch.size() < settings.batchLengthMax()) {
            var next = queue.poll();
            if (next == null) {
                break;
            }
            batch.add(next);
        }
        queueLength.addAndGet(-batch.size());
        return batch;
    }

    /// Rebuilds from the journal after a failure, trying until it answers or the partition closes.
    /// Whether the term still runs is looked at afterwards.
    private void reopen() {
        standing.interrupt();
        while (true) {
            refuseAll();
            try {
                committer.reopen();
                return;
            } catch (JournalException e) {
                unavailable = "the journal cannot be opened: " + e.getMessage();
                if (closing) {
                    throw e;
                }
                LockSupport.parkNanos(this, IDLE_NANOS);
            }
        }
    }

    private void refuseAll() {
        for (var batch = take(); !batch.isEmpty(); batch = take()) {
            for (var waiting : batch) {
                waiting.fail(PartitionException.unavailable(String.valueOf(unavailable)));
            }
        }
    }
}
