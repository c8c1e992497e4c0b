package dev.scrip.ledger;

import static dev.scrip.ledger.Scenario.ACME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PartitionTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Scenario.START);

    @Test
    void concurrentCallersSpendExactlyWhatThereIs() throws InterruptedException {
        var journal = new InMemoryJournal();
        try (var partition = partition(journal)) {
            open(partition, 1_000);
            var accepted = new AtomicInteger();
            var refused = new AtomicInteger();
            try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int caller = 0; caller < 64; caller++) {
                    var name = "caller-" + caller;
                    callers.execute(() -> {
                        for (int i = 0; i < 50; i++) {
                            switch (charge(partition, name + "-" + i)) {
                                case Reply.Charged _ -> accepted.incrementAndGet();
                                case Reply.TooFewCredits _ -> refused.incrementAndGet();
                                default -> throw new AssertionError("unexpected");
                            }
                        }
                    });
                }
            }
            assertThat(accepted).hasValue(1_000);
            assertThat(refused).hasValue(64 * 50 - 1_000);
        }
        assertThat(journal.head()).isEqualTo(1_002);
    }

    @Test
    void aRestartServesTheSameBalancesWithAndWithoutASnapshot() {
        var journal = new InMemoryJournal();
        var kept = new KeptSnapshots();
        try (var partition = partition(journal, kept)) {
            open(partition, 100);
            assertThat(charge(partition, "a")).isInstanceOf(Reply.Charged.class);
        }
        assertThat(kept.latest()).isNotNull();

        for (var snapshots : List.of(kept, Snapshots.NONE)) {
            try (var partition = partition(journal, snapshots)) {
                assertThat(balance(partition)).isEqualTo(Credits.of(99));
                assertThat(charge(partition, "a"))
                        .isInstanceOfSatisfying(
                                Reply.Charged.class,
                                charged -> assertThat(charged.replayed()).isTrue());
                assertThat(balance(partition)).isEqualTo(Credits.of(99));
            }
        }
    }

    /// A part of it is copied after each batch; the rest when nobody calls any more.
    @Test
    void aSnapshotIsSavedWhileThePartitionServes() throws InterruptedException {
        int accounts = 20_000;
        var kept = new KeptSnapshots();
        var settings =
                new PartitionSettings(
                        LedgerSettings.DEFAULT,
                        2 * accounts,
                        1_000,
                        accounts,
                        Duration.ofMinutes(1));
        try (var partition =
                new Partition(new InMemoryJournal(), kept, settings, CLOCK, () -> {})) {
            var plan = new PlanTerms("starter", Credits.of(10), Money.ZERO);
            var opened = new ArrayList<Command>();
            for (int i = 0; i < accounts; i++) {
                opened.add(
                        new Command.OpenAccount(
                                new AccountId("live", "a" + i),
                                plan,
                                ZoneOffset.UTC,
                                Scenario.request("open-" + i)));
            }
            partition.submitAll(opened);
            for (int i = 0; i < 200 && kept.latest() == null; i++) {
                Thread.sleep(50);
            }
            assertThat(kept.latest())
                    .isNotNull()
                    .satisfies(saved -> {
                        assertThat(saved.lastSeq()).isGreaterThanOrEqualTo(accounts);
                        assertThat(saved.remembered().remaining())
                                .isEqualTo(
                                        saved.accounts().size() * LedgerState.REMEMBERED_NUMBERS);
                    });
        }
    }

    @Test
    void nothingIsAnsweredBeforeItIsDurable() throws InterruptedException {
        var appending = new CountDownLatch(1);
        var flushed = new CountDownLatch(1);
        var journal = new FaultyJournal(new InMemoryJournal());
        try (var partition = partition(journal);
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            open(partition, 100);
            journal.beforeAppend =
                    () -> {
                        appending.countDown();
                        await(flushed);
                    };
            var answered = new AtomicInteger();
            callers.execute(() -> {
                charge(partition, "slow");
                answered.incrementAndGet();
            });
            appending.await();
            try {
                // Long enough for an answer that does not wait for the append.
                Thread.sleep(Duration.ofMillis(100));
                assertThat(answered).hasValue(0);
            } finally {
                journal.beforeAppend = () -> {};
                flushed.countDown();
            }
        }
    }

    @Test
    void aFailedAppendThatIsNotStoredIsUnknownAndARetryChargesOnce() {
        var journal = new FaultyJournal(new InMemoryJournal());
        try (var partition = partition(journal)) {
            open(partition, 100);
            journal.next = FaultyJournal.Fault.NOT_STORED;

            assertUnknown(partition, "retry");

            assertThat(charge(partition, "retry")).isInstanceOf(Reply.Charged.class);
            assertThat(balance(partition)).isEqualTo(Credits.of(99));
        }
    }

    @Test
    void aFailedAppendThatIsStoredIsUnknownAndARetryFindsItsAnswer() {
        var journal = new FaultyJournal(new InMemoryJournal());
        try (var partition = partition(journal)) {
            open(partition, 100);
            journal.next = FaultyJournal.Fault.STORED;

            assertUnknown(partition, "retry");

            assertThat(charge(partition, "retry"))
                    .isInstanceOfSatisfying(
                            Reply.Charged.class,
                            charged -> assertThat(charged.replayed()).isTrue());
            assertThat(balance(partition)).isEqualTo(Credits.of(99));
        }
    }

    @Test
    void aJournalThatDoesNotReplayStopsThePartition() {
        var journal = new InMemoryJournal();
        try (var partition = partition(journal)) {
            open(partition, 100);
        }
        var damaged = new InMemoryJournal();
        journal.read(
                0,
                batch ->
                        damaged.append(
                                new Batch(List.of(batch.facts().get(0), batch.facts().get(0)))));

        assertThatThrownBy(() -> partition(damaged))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Fact 1 cannot follow fact 1.");
    }

    @Test
    void allWhoWaitAreToldWhenThePartitionStops() throws Exception {
        var journal = new FaultyJournal(new InMemoryJournal());
        var settings =
                new PartitionSettings(LedgerSettings.DEFAULT, 8, 1, 1_000, Duration.ofSeconds(60));
        var partition = new Partition(journal, Snapshots.NONE, settings, CLOCK, () -> {});
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            open(partition, 100);
            var queued = new CountDownLatch(1);
            journal.beforeAppend =
                    () -> {
                        await(queued);
                        throw new IllegalStateException("planted");
                    };
            var answers = new ArrayList<Future<Reply>>();
            for (int i = 0; i < 5; i++) {
                var key = "caller " + i;
                answers.add(callers.submit(() -> charge(partition, key)));
            }
            while (partition.queueLength() < 4) {
                Thread.onSpinWait();
            }
            queued.countDown();
            for (var answer : answers) {
                assertThatThrownBy(() -> answer.get(10, TimeUnit.SECONDS))
                        .hasCauseInstanceOf(PartitionException.class);
            }
        }
        assertThat(partition.stopped()).isTrue();
    }

    @Test
    void itSaysUpToWhenUsageMayHaveBeenForgotten() {
        var settings =
                new PartitionSettings(
                        new LedgerSettings(Duration.ofDays(1), 3),
                        8,
                        8,
                        1_000,
                        Duration.ofSeconds(5));
        var journal = new InMemoryJournal();
        var seconds = new AtomicInteger();
        InstantSource ticking = () -> Scenario.START.plusSeconds(seconds.incrementAndGet());
        try (var partition = new Partition(journal, Snapshots.NONE, settings, ticking, () -> {})) {
            open(partition, 100);
            charge(partition, "a");
            charge(partition, "b");
            assertThat(partition.forgottenUntil()).isNull();
            charge(partition, "c");
            assertThat(partition.forgottenUntil()).isEqualTo(journal.fact(1).at());
            charge(partition, "d");
            assertThat(partition.forgottenUntil()).isEqualTo(journal.fact(3).at());
        }
    }

    @Test
    void moreCallersThanTheQueueHoldsAreRefusedAsOverload() throws InterruptedException {
        var appending = new CountDownLatch(1);
        var flushed = new CountDownLatch(1);
        var journal = new FaultyJournal(new InMemoryJournal());
        var settings =
                new PartitionSettings(LedgerSettings.DEFAULT, 1, 1, 1_000, Duration.ofSeconds(5));
        try (var partition = new Partition(journal, Snapshots.NONE, settings, CLOCK, () -> {});
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            open(partition, 100);
            journal.beforeAppend =
                    () -> {
                        appending.countDown();
                        await(flushed);
                    };
            callers.execute(() -> charge(partition, "in flight"));
            appending.await();
            callers.execute(() -> charge(partition, "queued"));
            while (partition.queueLength() == 0) {
                Thread.onSpinWait();
            }

            var refused =
                    catchThrowableOfType(
                            PartitionException.class, () -> charge(partition, "too many"));

            assertThat(refused.kind()).isEqualTo(PartitionException.Kind.OVERLOADED);
            journal.beforeAppend = () -> {};
            flushed.countDown();
        }
    }

    @Test
    void aClosedPartitionRefuses() {
        var partition = partition(new InMemoryJournal());
        partition.close();

        var refused =
                catchThrowableOfType(PartitionException.class, () -> charge(partition, "late"));

        assertThat(refused.kind()).isEqualTo(PartitionException.Kind.UNAVAILABLE);
    }

    private static void assertUnknown(Partition partition, String key) {
        var failure = catchThrowableOfType(PartitionException.class, () -> charge(partition, key));
        assertThat(failure.kind()).isEqualTo(PartitionException.Kind.OUTCOME_UNKNOWN);
        // The owner rebuilds after it has answered.
        while (partition.unavailable() != null) {
            Thread.onSpinWait();
        }
    }

    private static Partition partition(Journal journal) {
        return partition(journal, Snapshots.NONE);
    }

    private static Partition partition(Journal journal, Snapshots snapshots) {
        return new Partition(journal, snapshots, PartitionSettings.DEFAULT, CLOCK, () -> {});
    }

    private static void open(Partition partition, long included) {
        var reply =
                partition.submit(
                        new Command.OpenAccount(
                                ACME,
                                new PlanTerms("starter", Credits.of(included), Money.ZERO),
                                ZoneOffset.UTC,
                                Scenario.request("open")));
        assertThat(reply).isInstanceOf(Reply.Opened.class);
    }

    private static Reply charge(Partition partition, String key) {
        return partition.submit(
                new Command.Charge(ACME, Scenario.usage("1"), Scenario.request(key)));
    }

    private static Credits balance(Partition partition) {
        return partition.submit(new Command.Inspect(ACME)) instanceof Reply.Account found
                ? found.view().available()
                : Credits.ZERO;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class KeptSnapshots implements Snapshots {

        private volatile @Nullable LedgerState latest;

        @Override
        public @Nullable LedgerState latest() {
            return latest;
        }

        @Override
        public void save(LedgerState snapshot) {
            latest = snapshot;
        }
    }
}
