package dev.scrip.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
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
import java.util.Set;
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
/// [Books] are kept of the facts as they are stored. A failure says the seed and the step, and the
/// same seed fails again. `make simulate` runs many more steps: -Dscrip.simulation.steps=50000000.
class SimulationTest {

    private static final long STEPS = Long.getLong("scrip.simulation.steps", 120_000);
    private static final int STEPS_A_HISTORY = 3_000;

    @Test
    void everyAnswerStaysTrueUnderFaults() {
        var start = processorTime();
        var seen = new HashSet<Class<?>>();
        for (long seed = 1; seed * STEPS_A_HISTORY <= STEPS; seed++) {
            var history = new History(seed);
            try {
                history.run();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(
                        "seed %d, step %,d: %s".formatted(seed, history.steps, e.getMessage()), e);
            }
            seen.addAll(history.seen);
        }
        assertThat(seen)
                .as("kinds of commands, of facts and of replies that came up")
                .containsAll(kinds(Command.class, Command.Set.class))
                .containsAll(kinds(Fact.class, Fact.Burned.class))
                .containsAll(kinds(Reply.class, Reply.Refusal.class));
        System.out.printf(
                "Simulation: %,d steps, %,.1f million a minute of processor time%n",
                STEPS, STEPS / 1e6 / (processorTime().minus(start).toMillis() / 60e3));
    }

    /// What this process had of the processors: the machine may be busy with something else.
    private static Duration processorTime() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static List<Class<?>> kinds(Class<?>... sealed) {
        return Stream.of(sealed)
                .<Class<?>>flatMap(type -> Stream.of(type.getPermittedSubclasses()))
                .filter(Class::isRecord)
                .toList();
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

        private Instant latest = now;

        /// Sent and not answered: they are sent again.
        private final Deque<Sent> unanswered = new ArrayDeque<>();

        /// What each request was answered by, to be the same for ever.
        private final Map<String, Fact> answered = new HashMap<>();

        /// The facts in the journal by their request, and which call each of them charged.
        private final Map<String, Fact> byRequest = new HashMap<>();

        private final Set<BigDecimal> charged = new HashSet<>();
        private final Books books = new Books();
        private final List<Sent> done = new ArrayList<>();
        private final SimulatedCommands commands;
        final Set<Class<?>> seen = new HashSet<>();
        int steps;

        /// A command, and when it was sent first. Callers give up before its key is forgotten.
        private record Sent(Command command, Instant at) {}

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
            while (steps < STEPS_A_HISTORY) {
                step();
            }
            while (!unanswered.isEmpty()) {
                var sent = unanswered.remove();
                if (isRemembered(sent)) {
                    deliver(List.of(sent));
                }
            }
            check();
            return committer.state();
        }

        private void step() {
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
                case 11 -> now = random.nextInt(4) == 0 ? now.plus(weeks()) : lapse();
                default -> {}
            }
            latest = now.isAfter(latest) ? now : latest;
            var batch = new ArrayList<Sent>();
            int size = 1 + random.nextInt(12);
            for (int i = 0; i < size; i++) {
                batch.add(command());
            }
            steps += size;
            deliver(batch);
        }

        private Duration weeks() {
            return Duration.ofDays(random.nextInt(40));
        }

        /// The very instant at which a grant lapses, a hold ends or a period begins.
        private Instant lapse() {
            var next = books.nextEnd();
            return next.isAfter(now) && next.isBefore(now.plus(weeks())) ? next : now;
        }

        private void restart() {
            var before = committer.state();
            committer = start(journal);
            assertThat(committer.state()).isEqualTo(before);
        }

        private void follow() {
            var _ = standby.follow();
            var state = committer.state();
            assertThat(standby.state()).isEqualTo(state);
            books.check(state);
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
                var late = command();
                try {
                    assertThat(deposed.commit(List.of(new Waiting(late.command))))
                            .as("stored")
                            .isFalse();
                } catch (JournalException _) {
                    unanswered.add(late);
                }
                deposed.reopen();
            }
            assertThat(stored.head()).isEqualTo(head);
            standby = deposed;
            standbyJournal = deposedJournal;
        }

        private Sent command() {
            if (!unanswered.isEmpty() && random.nextBoolean()) {
                var sent = unanswered.remove();
                if (isRemembered(sent)) {
                    return sent;
                }
            }
            if (!done.isEmpty() && random.nextInt(10) == 0) {
                var sent = done.get(done.size() - 1 - random.nextInt(Math.min(50, done.size())));
                if (isRemembered(sent)) {
                    return sent;
                }
            }
            var command = commands.next(now.truncatedTo(ChronoUnit.MICROS));
            seen.add(command.getClass());
            return new Sent(command, now);
        }

        private boolean isRemembered(Sent sent) {
            return sent.at.plus(settings.requestWindow()).isAfter(latest);
        }

        private void deliver(List<Sent> sent) {
            var batch = new ArrayList<Waiting>(sent.size());
            for (var one : sent) {
                batch.add(new Waiting(one.command));
            }
            try {
                committer.commit(batch);
            } catch (JournalException _) {
                unanswered.addAll(sent);
                committer.reopen();
                keepBooks();
                return;
            }
            keepBooks();
            for (int i = 0; i < batch.size(); i++) {
                answer(sent.get(i), Objects.requireNonNull(batch.get(i).reply));
            }
        }

        /// Takes in what was stored since: each request and each call once.
        private void keepBooks() {
            if (stored.head() == books.lastSeq()) {
                return;
            }
            stored.read(
                    books.lastSeq(),
                    batch -> {
                        for (var fact : batch.facts()) {
                            books.add(fact);
                            seen.add(fact.getClass());
                            var request = fact.request();
                            if (request != null
                                    && byRequest.put(key(fact.asked(), request), fact) != null) {
                                throw new AssertionError("done twice: " + fact);
                            }
                            if (fact instanceof Fact.Burned burned
                                    && !charged.add(burned.usage().quantity())) {
                                throw new AssertionError("charged twice: " + fact);
                            }
                        }
                    });
        }

        private static String key(AccountId asked, RequestKey request) {
            return asked + " " + request.key();
        }

        private void answer(Sent sent, Reply reply) {
            var command = sent.command;
            seen.add(reply.getClass());
            commands.remember(reply);
            if (command instanceof Command.All all && reply instanceof Reply.All(var parts)) {
                for (int i = 0; i < parts.size(); i++) {
                    answer(new Sent(all.parts().get(i), sent.at), parts.get(i));
                }
                done.add(sent);
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
            var key = key(command.account(), Objects.requireNonNull(command.request()));
            assertThat(byRequest.get(key)).as("answered and stored").isEqualTo(fact);
            var before = answered.putIfAbsent(key, fact);
            if (before == null) {
                done.add(sent);
            } else {
                assertThat(fact).as(key).isEqualTo(before);
            }
        }

        /// The journal is all there is, and an account put together anew answers as it did.
        private void check() {
            var replayed = new Ledger(settings);
            stored.read(0, batch -> batch.facts().forEach(replayed::apply));
            var state = committer.state();
            assertThat(replayed.state()).isEqualTo(state);
            follow();
            var restored = Ledger.restore(settings, state);
            for (var account : state.accounts()) {
                for (var asked : SimulatedCommands.questions(account.account())) {
                    assertThat(restored.decide(asked, null, state.lastAt()))
                            .isEqualTo(replayed.decide(asked, null, state.lastAt()));
                }
            }
        }
    }
}
