package dev.scrip.ledger;

import static dev.scrip.ledger.Scenario.ACME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Two partitions over one journal, of which one has the term.
class StandbyTest {

    private final InMemoryJournal stored = new InMemoryJournal();
    private final SettableTerm oneTerm = new SettableTerm(1);
    private final SettableTerm otherTerm = new SettableTerm(0);
    private final WatchedJournal oneJournal = new WatchedJournal();
    private final Partition one = partition(oneJournal, oneTerm);
    private final Partition other = partition(new WatchedJournal(), otherTerm);

    @AfterEach
    void close() {
        one.close();
        other.close();
    }

    @Test
    void aStandbyFollowsAnswersNothingAndTakesOver() {
        open(one);
        var charged = charge(one, "a");
        await(() -> other.head() == stored.head());

        assertUnavailable(other);
        assertThat(other.standing().epoch()).isZero();

        oneTerm.epoch.set(0);
        otherTerm.epoch.set(2);
        await(() -> other.standing().epoch() == 2);
        assertThat(balance(other)).isEqualTo(Credits.of(99));
        assertThat(charge(other, "a")).isEqualTo(Reply.repeated(((Reply.Charged) charged).fact()));
        await(() -> one.standing().epoch() == 0);
        assertUnavailable(one);
    }

    @Test
    void whatIsKnownFromBeforeAStandstillIsNotTold() {
        open(one);
        oneJournal.beforeAppend = () -> oneTerm.epoch.set(0);

        assertThat(failure(() -> charge(one, "a")).kind())
                .isEqualTo(PartitionException.Kind.OUTCOME_UNKNOWN);
        assertThat(stored.head()).as("it is stored all the same").isEqualTo(one.head());

        otherTerm.epoch.set(2);
        await(() -> other.standing().epoch() == 2);
        assertThat(charge(other, "a")).isInstanceOf(Reply.Charged.class);
        assertThat(balance(other)).as("charged once").isEqualTo(Credits.of(99));
    }

    @Test
    void aTermThatEndsWhileARefusalIsDecidedAnswersNothing() {
        open(one);
        assertThat(charge(one, "a")).isInstanceOf(Reply.Charged.class);
        // A replay reads its answer from the journal, between deciding and answering.
        oneJournal.beforeFact = () -> oneTerm.epoch.set(0);

        assertThat(failure(() -> charge(one, "a")).kind())
                .isEqualTo(PartitionException.Kind.UNAVAILABLE);
    }

    @Test
    void aLaterTermStartsFromWhatOthersWroteMeanwhile() {
        open(one);
        oneJournal.beforeAppend =
                () -> {
                    // Loses its term, another writes, and has a term again before it looks.
                    oneTerm.epoch.set(0);
                    otherTerm.epoch.set(2);
                    await(() -> other.standing().epoch() == 2);
                    assertThat(charge(other, "b")).isInstanceOf(Reply.Charged.class);
                    otherTerm.epoch.set(0);
                    oneTerm.epoch.set(3);
                };

        assertThat(failure(() -> charge(one, "a")).kind())
                .isEqualTo(PartitionException.Kind.OUTCOME_UNKNOWN);

        oneJournal.beforeAppend = () -> {};
        await(() -> one.standing().epoch() == 3);
        assertThat(balance(one)).isEqualTo(Credits.of(99));
        assertThat(charge(one, "a")).isInstanceOf(Reply.Charged.class);
        assertThat(balance(one)).isEqualTo(Credits.of(98));
    }

    @Test
    void aJournalThatHasLostFactsStopsAStandby() {
        var shorter = new InMemoryJournal();
        var journal = new WatchedJournal();
        open(one);
        try (var standby = partition(journal, new SettableTerm(0))) {
            await(() -> standby.head() == stored.head());
            journal.from = shorter;
            await(standby::stopped);
            assertThat(standby.unavailable()).contains("Facts are missing");
        }
    }

    private Partition partition(WatchedJournal journal, Term term) {
        return new Partition(
                journal,
                Snapshots.NONE,
                PartitionSettings.DEFAULT,
                InstantSource.fixed(Scenario.START),
                () -> {},
                term);
    }

    private static void open(Partition partition) {
        var _ =
                partition.submit(
                        new Command.OpenAccount(
                                ACME,
                                new PlanTerms("starter", Credits.of(100), Money.ZERO),
                                ZoneOffset.UTC,
                                Scenario.request("open")));
    }

    private static Reply charge(Partition partition, String key) {
        return partition.submit(
                new Command.Charge(ACME, Scenario.usage("1"), Scenario.request(key)));
    }

    private static Credits balance(Partition partition) {
        return ((Reply.Account) partition.submit(new Command.Inspect(ACME))).view().available();
    }

    private static void assertUnavailable(Partition partition) {
        assertThat(failure(() -> balance(partition)).kind())
                .isEqualTo(PartitionException.Kind.UNAVAILABLE);
    }

    private static PartitionException failure(Runnable call) {
        return catchThrowableOfType(PartitionException.class, call::run);
    }

    private static void await(BooleanSupplier condition) {
        for (int tries = 0; tries < 500; tries++) {
            if (condition.getAsBoolean()) {
                return;
            }
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        throw new AssertionError("It did not happen within 5 s.");
    }

    private static final class SettableTerm implements Term {

        final AtomicLong epoch;

        SettableTerm(long epoch) {
            this.epoch = new AtomicLong(epoch);
        }

        @Override
        public long epoch() {
            return epoch.get();
        }
    }

    /// The shared journal, with something that happens on the way to it.
    private final class WatchedJournal implements Journal {

        volatile InMemoryJournal from = stored;
        volatile Runnable beforeAppend = () -> {};
        volatile Runnable beforeFact = () -> {};

        @Override
        public void append(Batch batch) {
            beforeAppend.run();
            from.append(batch);
        }

        @Override
        public long head() {
            return from.head();
        }

        @Override
        public void read(long after, Consumer<Batch> sink) {
            from.read(after, sink);
        }

        @Override
        public Fact fact(long seq) {
            beforeFact.run();
            return from.fact(seq);
        }

        @Override
        public void reopen() {}

        @Override
        public void close() {}
    }
}
