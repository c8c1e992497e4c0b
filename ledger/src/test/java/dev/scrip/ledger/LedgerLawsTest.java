package dev.scrip.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrip.pricing.Credits;
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
        for (int step = 0; step < STEPS; step++) {
            scenario.now = scenario.now.plusSeconds(RandomSteps.seconds(random));
            RandomSteps.next(scenario, random);
            conserved(scenario);
        }
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

    /// What was owed, has been paid since, and comes back as a grant of its own: the part of a
    /// reversal that is neither forgiven nor given back nor lapsed.
    private static Credits regrantedBy(Scenario scenario, Fact.Reversed reversed) {
        for (int i = (int) reversed.seq(); i < scenario.facts.size(); i++) {
            var next = scenario.facts.get(i);
            if (next instanceof Fact.Granted granted
                    && granted.origin().kind() == GrantOrigin.Kind.REVERSAL) {
                return granted.terms().amount();
            }
            if (!(next instanceof Fact.Expired lapsed) || lapsed.seq() != i + 1) {
                break;
            }
        }
        return Credits.ZERO;
    }

    /// granted + taken back = left + held + burned + lapsed + voided, for each account; no grant
    /// below zero.
    private static void conserved(Scenario scenario) {
        for (var stored : scenario.ledger.state().accounts()) {
            var granted = Credits.ZERO;
            var gone = Credits.ZERO;
            var owed = Credits.ZERO;
            for (var fact : scenario.facts) {
                if (!fact.account().equals(stored.account())) {
                    continue;
                }
                switch (fact) {
                    case Fact.Granted grant -> granted = granted.plus(grant.terms().amount());
                    case Fact.Charged charge -> {
                        var drawn = Credits.ZERO;
                        for (var draw : charge.draws()) {
                            drawn = drawn.plus(draw.credits());
                        }
                        assertThat(charge.usage().credits().covers(drawn)).isTrue();
                        owed = owed.plus(charge.overage());
                        // What had lapsed is counted as lapsed already.
                        gone = gone.plus(Draw.sumOfLive(charge.draws(), charge.at()));
                    }
                    case Fact.Expired lapsed -> gone = gone.plus(lapsed.rest());
                    case Fact.Captured captured -> {
                        owed = owed.plus(captured.overage());
                        gone = gone.plus(Draw.sum(captured.burned()));
                    }
                    case Fact.Reversed reversed -> {
                        assertThat(reversed.credits().covers(Draw.sum(reversed.draws()))).isTrue();
                        var anew = reversed.forgiven().plus(regrantedBy(scenario, reversed));
                        owed = owed.minus(reversed.forgiven());
                        granted = granted.plus(reversed.credits()).minus(anew);
                    }
                    case Fact.Settled settled -> {
                        owed = owed.minus(settled.credits());
                        gone = gone.plus(settled.credits());
                    }
                    case Fact.Voided voided -> gone = gone.plus(voided.rest());
                    case Fact.Adjusted adjusted -> gone = gone.plus(adjusted.credits());
                    case Fact.ReceivablePaid paid -> owed = owed.minus(paid.credits());
                    case Fact.AccountOpened _,
                            Fact.PeriodStarted _,
                            Fact.PlanChanged _,
                            Fact.PlanChangeScheduled _,
                            Fact.Held _,
                            Fact.HoldExtended _,
                            Fact.Released _,
                            Fact.OverageSet _,
                            Fact.LimitsSet _,
                            Fact.AlertsSet _,
                            Fact.AlertFired _,
                            Fact.AlertRearmed _,
                            Fact.CommitmentSet _,
                            Fact.TopUpRuleSet _,
                            Fact.TopUpRequested _,
                            Fact.TopUpFailed _,
                            Fact.StatusChanged _ -> {}
                }
            }
            var left = Credits.ZERO;
            for (var hold : stored.holds()) {
                left = left.plus(Draw.sum(hold.draws()));
            }
            for (var grant : stored.grants()) {
                assertThat(grant.remaining().micros()).isNotNegative();
                left = left.plus(grant.remaining());
            }
            assertThat(stored.receivable())
                    .as("owed by %s", stored.account())
                    .isEqualTo(owed)
                    .isGreaterThanOrEqualTo(Credits.ZERO);
            assertThat(left.plus(gone)).as("account %s", stored.account()).isEqualTo(granted);
        }
        balancesAreWhatTheAccountsShowed(scenario);
        long seq = 0;
        var at = Scenario.START.minus(Duration.ofDays(1));
        for (var fact : scenario.facts) {
            assertThat(fact.seq()).isEqualTo(++seq);
            assertThat(fact.at()).isAfterOrEqualTo(at);
            at = fact.at();
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
