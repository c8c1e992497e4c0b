package dev.scrip.bench;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.Ledger;
import dev.scrip.ledger.LedgerSettings;
import dev.scrip.ledger.Partition;
import dev.scrip.ledger.PartitionSettings;
import dev.scrip.ledger.Reply;
import dev.scrip.ledger.Snapshots;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// A charge in memory: through a partition with all its hand-overs, from 64 callers that wait for
/// each answer, and as a fact that is replayed.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class LedgerBenchmark {

    private static final int ACCOUNTS = 10_000;
    private static final int CALLERS = 64;
    private static final int CHARGES = 64_000;
    private static final LedgerSettings SETTINGS =
            new LedgerSettings(Duration.ofHours(24), 100_000);

    private final AccountId[] accounts = new AccountId[ACCOUNTS];
    private Partition partition = partition();
    private Ledger ledger = new Ledger(SETTINGS);
    private long seq;
    private long next;

    private static Partition partition() {
        var byDefault = PartitionSettings.DEFAULT;
        return new Partition(
                new NoJournal(),
                Snapshots.NONE,
                new PartitionSettings(
                        SETTINGS,
                        byDefault.queueLengthMax(),
                        byDefault.batchLengthMax(),
                        Integer.MAX_VALUE,
                        byDefault.answerWithin()),
                InstantSource.system(),
                () -> {});
    }

    @Setup(Level.Iteration)
    public void open() {
        partition.close();
        partition = partition();
        ledger = new Ledger(SETTINGS);
        seq = 1;
        for (int i = 0; i < ACCOUNTS; i++) {
            accounts[i] = Workload.account(i);
            var _ = partition.submit(Workload.open(accounts[i]));
            Workload.opened(seq, i).forEach(ledger::apply);
            seq += 2;
        }
    }

    @TearDown
    public void close() {
        partition.close();
    }

    @Benchmark
    @OperationsPerInvocation(CHARGES)
    public long submit() throws InterruptedException {
        long from = next;
        next += CHARGES;
        var threads = new Thread[CALLERS];
        for (int i = 0; i < CALLERS; i++) {
            long first = from + (long) i * (CHARGES / CALLERS);
            threads[i] = Thread.ofVirtual().start(() -> charge(first, CHARGES / CALLERS));
        }
        for (var thread : threads) {
            thread.join();
        }
        return partition.head();
    }

    private void charge(long first, int count) {
        for (long i = first; i < first + count; i++) {
            var account = accounts[(int) (i * 7919 % ACCOUNTS)];
            if (partition.submit(Workload.charge(account, "key-" + i))
                    instanceof Reply.Refusal no) {
                throw new IllegalStateException("refused: " + no);
            }
        }
    }

    /// Makes the fact too, which is the smaller part.
    @Benchmark
    public List<Fact> replay() {
        long account = seq % ACCOUNTS;
        var fact = Workload.charged(seq, account, 2 * account + 2, 1);
        var due = ledger.settle(fact.account(), fact.at());
        ledger.apply(fact);
        seq++;
        return due;
    }
}
