package dev.scrip.ledger;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Takes commands through a ledger into its journal, a batch at a time, on the caller's thread. A
/// [Partition] gives it a thread; a simulation drives it step by step, so that a seed is enough to
/// see a history again.
final class Committer {

    private static final int SWEEP_ACCOUNTS_MAX = 1_000;

    private final Journal journal;
    private final SnapshotSaver snapshots;
    private final LedgerSettings settings;
    private final InstantSource clock;
    private final LongAdder commits = new LongAdder();
    private final LongAdder facts = new LongAdder();
    private final LongAdder commitNanos = new LongAdder();
    private final Map<Happening, LongAdder> happenings = zeros();
    private volatile long head;
    private volatile int accounts;
    private volatile int rememberedRequests;
    private volatile @Nullable Instant forgottenUntil;
    private Ledger ledger;

    /// Recovers the ledger from the journal.
    ///
    /// @throws JournalException if the journal cannot be read
    /// @throws IllegalStateException if the journal does not replay
    Committer(
            Journal journal,
            SnapshotSaver snapshots,
            LedgerSettings settings,
            InstantSource clock) {
        this.journal = journal;
        this.snapshots = snapshots;
        this.settings = settings;
        this.clock = clock;
        this.ledger = recover();
    }

    /// Drops what is in memory and recovers it from the journal, after an append that failed.
    ///
    /// @throws JournalException if the journal cannot be read
    void reopen() {
        journal.reopen();
        ledger = recover();
    }

    /// Takes in what another server stored. True when there was anything.
    ///
    /// @throws JournalException if the journal cannot be read: [#reopen] before anything else
    /// @throws IllegalStateException if it does not replay, or has lost facts
    boolean follow() {
        long from = head;
        long end = journal.head();
        requireAllThere(from, end);
        if (end == from) {
            return false;
        }
        journal.read(from, batch -> batch.facts().forEach(ledger::apply));
        head = ledger.lastSeq();
        requireAllThere(end, head);
        snapshots.count((int) (head - from));
        count(ledger);
        return true;
    }

    long head() {
        return head;
    }

    int accounts() {
        return accounts;
    }

    int rememberedRequests() {
        return rememberedRequests;
    }

    @Nullable Instant forgottenUntil() {
        return forgottenUntil;
    }

    long commits() {
        return commits.sum();
    }

    long facts() {
        return facts.sum();
    }

    long commitNanos() {
        return commitNanos.sum();
    }

    LedgerState state() {
        return ledger.state();
    }

    void saveWhenDue() {
        snapshots.saveWhenDue(ledger);
    }

    /// Whether [#saveWhenDue] has more to do.
    boolean isCopying() {
        return ledger.isCopying();
    }

    void saveLast() {
        snapshots.saveLast(ledger);
    }

    long count(Happening happening) {
        return counter(happening).sum();
    }

    private LongAdder counter(Happening happening) {
        return requireNonNull(happenings.get(happening));
    }

    private static Map<Happening, LongAdder> zeros() {
        var zeros = new EnumMap<Happening, LongAdder>(Happening.class);
        for (var happening : Happening.values()) {
            zeros.put(happening, new LongAdder());
        }
        return zeros;
    }

    private Ledger recover() {
        var snapshot = snapshots.latest();
        var recovered =
                snapshot == null ? new Ledger(settings) : Ledger.restore(settings, snapshot);
        long from = recovered.lastSeq();
        // Asked first: another server may append while this one reads.
        long end = journal.head();
        requireAllThere(from, end);
        journal.read(from, batch -> batch.facts().forEach(recovered::apply));
        head = recovered.lastSeq();
        requireAllThere(end, head);
        snapshots.startAt(head - from);
        count(recovered);
        return recovered;
    }

    private static void requireAllThere(long known, long found) {
        if (found < known) {
            throw new IllegalStateException(
                    "Facts are missing: the journal ends with fact "
                            + found
                            + ", but fact "
                            + known
                            + " is known. If an older journal was put back on purpose, delete the"
                            + " snapshot beside it.");
        }
    }

    /// Decides a batch in order and stores what became true by it; the answers are with the waiting
    /// afterwards, and nobody is told yet. True when anything was stored.
    ///
    /// @throws JournalException if it may be stored or not: [#reopen] before anything else
    boolean commit(List<Waiting> batch) {
        var now = ledger.ledgerTime(clock.instant().truncatedTo(ChronoUnit.MICROS));
        var decided = new ArrayList<Fact>(batch.size() + 1);
        for (var waiting : batch) {
            settle(waiting.command.settledFirst(), now, decided);
            waiting.reply =
                    switch (ledger.decide(waiting.command, waiting.requestId, now)) {
                        case Outcome.Decided(var reply, var facts) -> {
                            for (var fact : facts) {
                                apply(fact, waiting);
                            }
                            decided.addAll(facts);
                            if (!facts.isEmpty()) {
                                settle(waiting.command.account(), now, decided);
                            }
                            yield reply;
                        }
                        case Outcome.Repeated(long seq) -> Reply.repeated(fact(seq, decided));
                        case Outcome.AllRepeated(var seqs) ->
                                new Reply.All(
                                        seqs.stream()
                                                .map(seq -> Reply.repeated(fact(seq, decided)))
                                                .toList());
                    };
        }
        for (var account : ledger.takeDueAccounts(now, SWEEP_ACCOUNTS_MAX)) {
            settle(account, now, decided);
        }
        if (!decided.isEmpty()) {
            append(new Batch(decided));
        }
        return !decided.isEmpty();
    }

    private void apply(Fact fact, Waiting waiting) {
        if (fact.request() == null || waiting.command instanceof Command.All) {
            ledger.apply(fact);
        } else {
            ledger.apply(fact, waiting.requestId);
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
        for (var fact : batch.facts()) {
            var happening = Happening.of(fact);
            if (happening != null) {
                counter(happening).increment();
            }
        }
        snapshots.count(batch.facts().size());
        head = batch.lastSeq();
        count(ledger);
    }

    private void count(Ledger counted) {
        accounts = counted.accountCount();
        rememberedRequests = counted.rememberedRequests();
        forgottenUntil = counted.forgottenUntil();
    }
}
