package dev.scrip.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Ledger, journal and clock under faults, driven by one seed: appends that fail, that fail though
/// they are stored, that take long; a clock that jumps; restarts with and without the snapshot; a
/// standby that follows and at times becomes the writer. Callers repeat what got no answer under
/// the same key, as real ones do, and sometimes what did.
///
/// `make simulate` runs many more steps: -Dscrip.simulation.steps=50000000.
class SimulationTest {

    private static final long STEPS = Long.getLong("scrip.simulation.steps", 120_000);
    private static final int STEPS_A_HISTORY = 3_000;

    @Test
    void everyAnswerStaysTrueUnderFaults() {
        long start = System.nanoTime();
        var kinds = new HashSet<Class<?>>();
        for (long seed = 1; seed * STEPS_A_HISTORY <= STEPS; seed++) {
            try {
                var history = new History(seed);
                history.run();
                history.stored.read(
                        0, batch -> batch.facts().forEach(fact -> kinds.add(fact.getClass())));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
        assertThat(kinds)
                .as("kinds of facts that came up")
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Fact.class, Fact.Burned.class)
                                .flatMap(sealed -> Stream.of(sealed.getPermittedSubclasses()))
                                .filter(Class::isRecord)
                                .toList());
        System.out.printf(
                "Simulation: %,d steps, %,.1f million a minute%n",
                STEPS, STEPS / 1e6 / ((System.nanoTime() - start) / 60e9));
    }

    @Test
    void aStandbyKnowsWhatItsWriterKnows() {
        for (long seed = 1_001; seed <= 1_010; seed++) {
            new History(seed).run();
        }
    }

    @Test
    void oneSeedIsOneHistory() {
        assertThat(new History(7).run()).isEqualTo(new History(7).run());
    }

    /// A journal whose appends go wrong when the history says so.
    private static final class FaultyJournal implements Journal {

        enum Fault {
            NONE,
            NOT_STORED,
            STORED
        }

        final InMemoryJournal stored;
        Fault next = Fault.NONE;
        private boolean broken;

        FaultyJournal(InMemoryJournal stored) {
            this.stored = stored;
        }

        @Override
        public long head() {
            return stored.head();
        }

        @Override
        public void append(Batch batch) {
            if (broken) {
                throw new IllegalStateException("used after it failed");
            }
            var fault = next;
            next = Fault.NONE;
            if (fault != Fault.NOT_STORED) {
                stored.append(batch);
            }
            if (fault != Fault.NONE) {
                broken = true;
                throw new JournalException("planted", new IllegalStateException());
            }
        }

        @Override
        public void read(long after, Consumer<Batch> sink) {
            stored.read(after, sink);
        }

        @Override
        public Fact fact(long seq) {
            return stored.fact(seq);
        }

        @Override
        public void reopen() {
            broken = false;
        }

        @Override
        public void close() {}
    }

    private static final class History {

        private final RandomGenerator random;
        private final InMemoryJournal stored = new InMemoryJournal();
        private FaultyJournal journal = new FaultyJournal(stored);
        private FaultyJournal standbyJournal = new FaultyJournal(stored);
        private final LedgerSettings settings =
                new LedgerSettings(Duration.ofDays(3), Integer.MAX_VALUE);
        private Instant now = Scenario.START;
        private @Nullable LedgerState snapshot;
        private Committer committer;
        private Committer standby;

        /// Sent and not answered: they are sent again.
        private final Deque<Command> unanswered = new ArrayDeque<>();

        /// What each request was answered by, to be the same for ever.
        private final Map<String, Fact> answered = new HashMap<>();

        private final List<Command> done = new ArrayList<>();
        private final SimulatedCommands commands;

        History(long seed) {
            random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            commands = new SimulatedCommands(random);
            committer = start(journal);
            standby = start(standbyJournal);
        }

        private Committer start(FaultyJournal opened) {
            var known = snapshot;
            var snapshots =
                    new Snapshots() {
                        @Override
                        public @Nullable LedgerState latest() {
                            return known;
                        }

                        @Override
                        public void save(LedgerState state) {
                            throw new IllegalStateException("Nobody saves here.");
                        }
                    };
            return new Committer(
                    opened, new SnapshotSaver(snapshots, Integer.MAX_VALUE), settings, () -> now);
        }

        LedgerState run() {
            for (int step = 0; step < STEPS_A_HISTORY; ) {
                step += step();
            }
            while (!unanswered.isEmpty()) {
                deliver(List.of(unanswered.remove()));
            }
            check();
            return committer.state();
        }

        private int step() {
            now = now.plusMillis(random.nextInt(2_000));
            switch (random.nextInt(200)) {
                case 0 -> now = now.plus(Duration.ofHours(random.nextInt(30)));
                case 1 -> now = now.minus(Duration.ofMinutes(random.nextInt(120)));
                case 2 -> snapshot = committer.state();
                case 3 -> restart();
                case 4 -> snapshot = null;
                case 5 -> journal.next = FaultyJournal.Fault.NOT_STORED;
                case 6 -> journal.next = FaultyJournal.Fault.STORED;
                case 7, 8, 9 -> follow();
                case 10 -> takeOver();
                default -> {}
            }
            var batch = new ArrayList<Command>();
            int size = 1 + random.nextInt(12);
            for (int i = 0; i < size; i++) {
                batch.add(command());
            }
            deliver(batch);
            return size;
        }

        private void restart() {
            var before = committer.state();
            committer = start(journal);
            assertThat(committer.state()).isEqualTo(before);
        }

        private void follow() {
            var _ = standby.follow();
            assertThat(standby.state()).isEqualTo(committer.state());
        }

        /// The deposed writer does not hear of it at once. What it tries to store is refused, and
        /// then it follows.
        private void takeOver() {
            follow();
            var deposed = committer;
            var deposedJournal = journal;
            committer = standby;
            journal = standbyJournal;
            deliver(List.of(command()));
            long head = stored.head();
            if (head > deposed.head()) {
                var late = new Waiting(command());
                try {
                    assertThat(deposed.commit(List.of(late))).as("stored").isFalse();
                } catch (JournalException _) {
                    unanswered.add(late.command);
                }
                deposed.reopen();
            }
            assertThat(stored.head()).isEqualTo(head);
            standby = deposed;
            standbyJournal = deposedJournal;
        }

        private Command command() {
            if (!unanswered.isEmpty() && random.nextBoolean()) {
                return unanswered.remove();
            }
            if (!done.isEmpty() && random.nextInt(10) == 0) {
                return done.get(done.size() - 1 - random.nextInt(Math.min(50, done.size())));
            }
            return commands.next(ledgerTime());
        }

        private Instant ledgerTime() {
            return now.truncatedTo(ChronoUnit.MICROS);
        }

        private void deliver(List<Command> commands) {
            var batch = commands.stream().map(Waiting::new).toList();
            try {
                committer.commit(batch);
            } catch (JournalException _) {
                unanswered.addAll(commands);
                committer.reopen();
                return;
            }
            for (int i = 0; i < batch.size(); i++) {
                answer(commands.get(i), Objects.requireNonNull(batch.get(i).reply));
            }
        }

        private void answer(Command command, Reply reply) {
            commands.remember(reply);
            if (command instanceof Command.All all && reply instanceof Reply.All(var parts)) {
                for (int i = 0; i < parts.size(); i++) {
                    answer(all.parts().get(i), parts.get(i));
                }
                done.add(command);
            }
            var fact =
                    switch (reply) {
                        case Reply.Charged(var charged, _, _) -> charged;
                        case Reply.Granted(var granted, _) -> granted;
                        case Reply.Opened(var opened, _) -> opened;
                        case Reply.Held(var held, _, _) -> held;
                        case Reply.Done(var done, _) -> done;
                        default -> null;
                    };
            if (fact == null) {
                return;
            }
            var key = command.account() + " " + Objects.requireNonNull(command.request()).key();
            var before = answered.putIfAbsent(key, fact);
            if (before == null) {
                done.add(command);
            } else {
                assertThat(fact).as(key).isEqualTo(before);
            }
        }

        /// What was answered is in the journal, once each; and the journal is all there is.
        private void check() {
            var seen = new HashSet<String>();
            var replayed = new Ledger(settings);
            stored.read(
                    0,
                    batch -> {
                        for (var fact : batch.facts()) {
                            replayed.apply(fact);
                            var request = fact.request();
                            if (request != null) {
                                var key = fact.asked() + " " + request.key();
                                assertThat(seen.add(key)).as("%s twice", key).isTrue();
                                var told = answered.get(key);
                                if (told != null) {
                                    assertThat(fact).isEqualTo(told);
                                }
                            }
                        }
                    });
            assertThat(seen).containsAll(answered.keySet());
            assertThat(replayed.state()).isEqualTo(committer.state());
            follow();
        }
    }
}
