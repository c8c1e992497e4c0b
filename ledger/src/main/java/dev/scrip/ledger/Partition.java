package dev.scrip.ledger;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Hosts one [Ledger]: owns its thread, its time and its journal, so that the ledger owns none.
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
/// Now and then the state is copied, and written as a snapshot by a thread of its own.
///
/// The owner is a platform thread, because native store calls pin virtual ones.
public final class Partition implements AutoCloseable {

    private static final long IDLE_NANOS = 1_000_000_000L;
    private static final long WATCH_NANOS = 200_000_000L;
    private static final String REOPENING = "the journal failed and is being reopened";
    private static final int SWEEP_ACCOUNTS_MAX = 1_000;

    private final Journal journal;
    private final SnapshotSaver snapshots;
    private final PartitionSettings settings;
    private final InstantSource clock;
    private final Runnable committed;
    private final Thread owner;

    private final ConcurrentLinkedQueue<Waiting> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger queueLength = new AtomicInteger();
    private final LongAdder commits = new LongAdder();
    private final LongAdder facts = new LongAdder();
    private final LongAdder commitNanos = new LongAdder();
    private volatile List<Waiting> inFlight = List.of();
    private volatile boolean idle;
    private volatile boolean closing;
    private volatile boolean stopped;
    private volatile @Nullable String unavailable = "starting";
    private volatile long head;
    private volatile int accounts;
    private volatile int rememberedRequests;

    // Touched by the owner alone.
    private Ledger ledger;

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
        this.journal = journal;
        this.snapshots = new SnapshotSaver(snapshots, settings.factsBetweenSnapshots());
        this.settings = settings;
        this.clock = clock;
        this.committed = committed;
        this.ledger = recover();
        this.owner = Thread.ofPlatform().name("scrip-partition").unstarted(this::run);
        owner.start();
        Thread.ofPlatform().name("scrip-partition-watch").daemon().start(this::watch);
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
        for (var command : commands) {
            waiting.add(enqueue(command));
        }
        wakeOwner();
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
        return head;
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
        return accounts;
    }

    /// Requests whose retry would find its answer.
    public int rememberedRequests() {
        return rememberedRequests;
    }

    public long commits() {
        return commits.sum();
    }

    public long factsCommitted() {
        return facts.sum();
    }

    /// Time spent in appends since the start.
    public long commitNanos() {
        return commitNanos.sum();
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

    private Ledger recover() {
        var snapshot = snapshots.latest();
        var recovered =
                snapshot == null
                        ? new Ledger(settings.ledger())
                        : Ledger.restore(settings.ledger(), snapshot);
        long from = recovered.lastSeq();
        journal.read(from, batch -> batch.facts().forEach(recovered::apply));
        head = recovered.lastSeq();
        if (journal.head() != head) {
            throw new IllegalStateException(
                    "Facts are missing: the journal ends with fact "
                            + journal.head()
                            + ", but fact "
                            + head
                            + " is known. If an older journal was put back on purpose, delete the"
                            + " snapshot beside it.");
        }
        snapshots.startAt(head - from);
        unavailable = null;
        count(recovered);
        return recovered;
    }

    private void run() {
        try {
            while (!(closing && queue.isEmpty())) {
                serve();
            }
            snapshots.saveLast(ledger);
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

    private void serve() {
        var batch = take();
        if (batch.isEmpty() && !closing) {
            idle = true;
            if (queue.isEmpty()) {
                LockSupport.parkNanos(this, IDLE_NANOS);
            }
            idle = false;
            batch = take();
        }
        inFlight = batch;
        try {
            commit(batch);
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

    private static void fail(List<Waiting> batch, Throwable cause) {
        for (var waiting : batch) {
            waiting.fail(PartitionException.outcomeUnknown(cause));
        }
    }

    /// Answers callers that have waited too long, say on a disk that hangs. One look over all now
    /// and then costs less than a timer for each.
    private void watch() {
        while (owner.isAlive()) {
            long start = System.nanoTime() - settings.answerWithin().toNanos();
            var overdue =
                    PartitionException.outcomeUnknown(
                            new IllegalStateException(
                                    "no answer within " + settings.answerWithin()));
            for (var waiting : inFlight) {
                waiting.failIfOlder(start, overdue);
            }
            for (var waiting : queue) {
                waiting.failIfOlder(start, overdue);
            }
            LockSupport.parkNanos(this, WATCH_NANOS);
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

    private void commit(List<Waiting> batch) {
        var now = ledger.ledgerTime(clock.instant().truncatedTo(ChronoUnit.MICROS));
        var decided = new ArrayList<Fact>(batch.size() + 1);
        for (var waiting : batch) {
            settle(waiting.command.account(), now, decided);
            waiting.reply =
                    switch (ledger.decide(waiting.command, waiting.requestId, now)) {
                        case Outcome.Decided(var reply, var facts) -> {
                            for (var fact : facts) {
                                ledger.apply(
                                        fact, fact.request() == null ? null : waiting.requestId);
                            }
                            decided.addAll(facts);
                            yield reply;
                        }
                        case Outcome.Repeated(long seq) -> Reply.repeated(fact(seq, decided));
                    };
        }
        for (var account : ledger.takeDueAccounts(now, SWEEP_ACCOUNTS_MAX)) {
            settle(account, now, decided);
        }
        if (!decided.isEmpty()) {
            append(new Batch(decided));
        }
        for (var waiting : batch) {
            waiting.answer();
        }
        if (!decided.isEmpty()) {
            committed.run();
            snapshots.saveWhenDue(ledger);
        }
    }

    private void settle(AccountId account, Instant now, List<Fact> decided) {
        for (var due = ledger.settle(account, now);
                !due.isEmpty();
                due = ledger.settle(account, now)) {
            due.forEach(ledger::apply);
            decided.addAll(due);
        }
    }

    private Fact fact(long seq, List<Fact> decided) {
        return seq > head ? decided.get((int) (seq - head - 1)) : journal.fact(seq);
    }

    private void append(Batch batch) {
        long start = System.nanoTime();
        journal.append(batch);
        commitNanos.add(System.nanoTime() - start);
        commits.increment();
        facts.add(batch.facts().size());
        snapshots.count(batch.facts().size());
        head = batch.lastSeq();
        count(ledger);
    }

    private void count(Ledger counted) {
        accounts = counted.accountCount();
        rememberedRequests = counted.rememberedRequests();
    }

    /// Rebuilds from the journal after a failure, trying until it answers or the partition closes.
    private void reopen() {
        while (true) {
            refuseAll();
            try {
                journal.reopen();
                ledger = recover();
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
