package dev.scrip.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/// Laws that hold after every step of any sequence of commands. A failure prints its seed; the
/// number of seeds can be raised with -Dscrip.seeds=100000.
class LedgerLawsTest {

    private static final int SEEDS = Integer.getInteger("scrip.seeds", 500);
    private static final int STEPS = 200;

    @Test
    void creditsAreConservedAndReplaySnapshotsAndBatchesChangeNothing() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            try {
                history(seed);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    @Test
    void theSameSeedGivesTheSameHistory() {
        assertThat(history(42).facts).isEqualTo(history(42).facts);
    }

    private static Scenario history(long seed) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var scenario = new Scenario(new LedgerSettings(Duration.ofDays(2), 40));
        var books = new Books();
        int copied = random.nextInt(STEPS);
        var atCopy = scenario.ledger.state();
        for (int step = 0; step < STEPS; step++) {
            if (step == copied) {
                atCopy = scenario.ledger.state();
                scenario.ledger.startCopy();
            }
            scenario.now = scenario.now.plusSeconds(RandomSteps.seconds(random));
            RandomSteps.next(scenario, random);
            // Seldom enough that much changes before it is copied.
            var copy = random.nextInt(8) == 0 ? scenario.ledger.copyOn(1, 1) : null;
            if (copy != null) {
                assertThat(copy.sortedState()).isEqualTo(atCopy);
            }
            scenario.facts
                    .subList((int) books.lastSeq(), scenario.facts.size())
                    .forEach(books::add);
            books.check(scenario.ledger.state());
        }
        var copy = scenario.ledger.copyOn(Integer.MAX_VALUE, Integer.MAX_VALUE);
        if (copy != null) {
            assertThat(copy.sortedState()).isEqualTo(atCopy);
        }
        balancesAreWhatTheAccountsShowed(scenario);
        sumsAreWhatIsThere(scenario);
        var live = scenario.ledger.state();
        assertThat(scenario.replayed()).isEqualTo(live);
        assertThat(throughSnapshot(scenario, random.nextInt(scenario.facts.size() + 1)))
                .isEqualTo(live);
        return scenario;
    }

    /// Sums that are kept, such as what is held under a cap, are those of an account put together
    /// anew.
    private static void sumsAreWhatIsThere(Scenario scenario) {
        var state = scenario.ledger.state();
        var restored = Ledger.restore(LedgerSettings.DEFAULT, state);
        for (var stored : state.accounts()) {
            var asked = new Command.Inspect(stored.account());
            var at = state.lastAt();
            assertThat(restored.decide(asked, null, at))
                    .isEqualTo(scenario.ledger.decide(asked, null, at));
        }
    }

    /// The balance a fact carries is what a ledger replayed up to it would show.
    private static void balancesAreWhatTheAccountsShowed(Scenario scenario) {
        var replayed = new Ledger(LedgerSettings.DEFAULT);
        for (int i = 0; i < scenario.facts.size(); i++) {
            var fact = scenario.facts.get(i);
            replayed.apply(fact);
            // What is due at one instant is decided together, so only the last shows all of it.
            boolean last =
                    i + 1 == scenario.facts.size()
                            || !scenario.facts.get(i + 1).account().equals(fact.account());
            if (last && fact.request() != null && !(fact instanceof Fact.AccountOpened)) {
                var outcome = replayed.decide(new Command.Inspect(fact.account()), null, fact.at());
                assertThat(outcome)
                        .as("fact %d", fact.seq())
                        .isInstanceOfSatisfying(
                                Outcome.Decided.class,
                                decided ->
                                        assertThat(
                                                        ((Reply.Account) decided.reply())
                                                                .view()
                                                                .available())
                                                .isEqualTo(fact.balance()));
            }
        }
    }

    private static LedgerState throughSnapshot(Scenario scenario, int cut) {
        var settings = new LedgerSettings(Duration.ofDays(2), 40);
        var before = new Ledger(settings);
        new ArrayList<>(scenario.facts.subList(0, cut)).forEach(before::apply);
        var after = Ledger.restore(settings, before.state());
        scenario.facts.subList(cut, scenario.facts.size()).forEach(after::apply);
        return after.state();
    }
}
