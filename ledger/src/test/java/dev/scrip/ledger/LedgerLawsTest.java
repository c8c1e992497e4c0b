package dev.scrip.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/// Laws that hold after every step of any sequence of commands. A failure prints its seed; the
/// number of seeds can be raised with -Dscrip.seeds=100000.
class LedgerLawsTest {

    private static final int SEEDS = Integer.getInteger("scrip.seeds", 500);
    private static final int STEPS = 200;
    private static final List<AccountId> ACCOUNTS =
            List.of(
                    new AccountId("live", "a"),
                    new AccountId("live", "b"),
                    new AccountId("test", "a"));

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
            scenario.now = scenario.now.plusSeconds(timeStep(random));
            step(scenario, random);
            conserved(scenario);
        }
        var live = scenario.ledger.state();
        assertThat(scenario.replayed()).isEqualTo(live);
        assertThat(throughSnapshot(scenario, random.nextInt(scenario.facts.size() + 1)))
                .isEqualTo(live);
        return scenario;
    }

    /// Mostly seconds, sometimes weeks, sometimes back.
    private static long timeStep(RandomGenerator random) {
        return switch (random.nextInt(20)) {
            case 0 -> random.nextInt(40 * 86_400);
            case 1 -> -random.nextInt(3_600);
            default -> random.nextInt(600);
        };
    }

    private static void step(Scenario scenario, RandomGenerator random) {
        var account = ACCOUNTS.get(random.nextInt(ACCOUNTS.size()));
        // Few keys, so that retries and reuse are frequent.
        var key = "key-" + random.nextInt(60);
        var credits = new Credits(random.nextLong(0, 40_000_000));
        switch (random.nextInt(12)) {
            case 0 -> open(scenario, random, account, key);
            case 5 -> set(scenario, random, account, key);
            case 6 -> together(scenario, random, account, key);
            case 1, 2 -> {
                var effective = scenario.now.plusSeconds(random.nextInt(-3_600, 86_400));
                var expires =
                        random.nextBoolean()
                                ? null
                                : effective.plusSeconds(1 + random.nextInt(10 * 86_400));
                var category = GrantCategory.values()[random.nextInt(3)];
                var terms =
                        new GrantTerms(
                                credits.plus(new Credits(1)),
                                random.nextInt(3),
                                category,
                                effective,
                                expires,
                                Money.ZERO,
                                random.nextInt(3) == 0 ? List.of("image.*") : List.of());
                scenario.run(
                        new Command.GrantCredits(
                                account,
                                terms,
                                random.nextInt(4) == 0 ? terms : null,
                                GrantOrigin.ASKED,
                                Scenario.request(key)));
            }
            case 3 -> hold(scenario, random, account, credits, key);
            case 4 -> correct(scenario, random, account, credits, key);
            default ->
                    scenario.run(
                            new Command.Charge(
                                    account,
                                    usage(random, credits),
                                    Scenario.request(key, credits.toString())));
        }
    }

    private static RatedUsage usage(RandomGenerator random, Credits credits) {
        var usage = Scenario.usage(random.nextBoolean() ? "image.resize" : "chat", credits);
        return random.nextBoolean() ? usage : usage.by("key_" + random.nextInt(2));
    }

    private static void open(
            Scenario scenario, RandomGenerator random, AccountId account, String key) {
        var request = Scenario.request(key);
        var _ =
                scenario.run(
                        random.nextInt(3) == 0
                                ? new Command.OpenChild(
                                        account,
                                        ACCOUNTS.get(random.nextInt(ACCOUNTS.size())),
                                        request)
                                : new Command.OpenAccount(
                                        account, plan(random), ZoneOffset.UTC, request));
    }

    private static PlanTerms plan(RandomGenerator random) {
        return new PlanTerms(
                "plan-" + random.nextInt(3),
                Credits.of(random.nextInt(100)),
                Money.parse("0.001"),
                PlanTerms.Interval.values()[random.nextInt(4)],
                new PlanTerms.Rollover(
                        BigDecimal.valueOf(random.nextInt(3), 1), Credits.of(random.nextInt(60))),
                BurnOrder.values()[random.nextInt(2)]);
    }

    private static void set(
            Scenario scenario, RandomGenerator random, AccountId account, String key) {
        var request = Scenario.request(key);
        var credits = Credits.of(1 + random.nextInt(60));
        var scope =
                new Limit.Scope(
                        random.nextInt(3) == 0 ? "key_1" : null,
                        random.nextInt(3) == 0 ? "image.*" : null);
        var _ =
                scenario.run(
                        switch (random.nextInt(7)) {
                            case 0 ->
                                    new Command.SetLimits(
                                            account,
                                            List.of(
                                                    new Limit.Rate(
                                                            "rate",
                                                            scope,
                                                            1 + random.nextInt(5),
                                                            Duration.ofMinutes(10)),
                                                    new Limit.Cap(
                                                            "cap",
                                                            scope,
                                                            Limit.Window.values()[
                                                                    random.nextInt(3)],
                                                            credits)),
                                            request);
                            case 1 ->
                                    new Command.SetAlerts(
                                            account,
                                            List.of(
                                                    new Alert.Used("u", 1 + random.nextInt(100)),
                                                    new Alert.Remaining("r", credits),
                                                    new Alert.Forecast("f", 90)),
                                            request);
                            case 2 ->
                                    new Command.SetTopUpRule(
                                            account,
                                            new TopUpRule(
                                                    credits,
                                                    credits.plus(Credits.of(10)),
                                                    Credits.of(100),
                                                    Duration.ofHours(1)),
                                            request);
                            case 3 -> {
                                long topUp = scenario.lastOf(account, Fact.TopUpRequested.class);
                                yield random.nextBoolean()
                                        ? new Command.FailTopUp(account, topUp, "", request)
                                        : new Command.ConfirmTopUp(
                                                account,
                                                topUp,
                                                Money.parse("0.001"),
                                                random.nextBoolean() ? null : Duration.ofDays(3),
                                                request);
                            }
                            case 4 -> new Command.Deduct(account, credits, "", request);
                            case 5 -> new Command.PayReceivable(account, null, "", request);
                            default ->
                                    new Command.ChangePlan(
                                            account,
                                            plan(random),
                                            Command.PlanChangeTime.values()[random.nextInt(2)],
                                            request);
                        });
    }

    private static void together(
            Scenario scenario, RandomGenerator random, AccountId account, String key) {
        var parts = new ArrayList<Command>();
        long hold = scenario.lastOf(account, Fact.Held.class);
        for (int i = 0; i <= random.nextInt(3); i++) {
            var usage = usage(random, new Credits(random.nextLong(0, 10_000_000)));
            var request = Scenario.request(key + "#" + i);
            parts.add(
                    random.nextInt(4) == 0
                            ? new Command.Capture(account, hold, usage, false, false, request)
                            : new Command.Charge(account, usage, request));
        }
        var before = scenario.facts.size();
        if (scenario.run(new Command.All(account, parts)) instanceof Reply.Refusal) {
            assertThat(scenario.facts.subList(before, scenario.facts.size()))
                    .as("what a refusal of all did")
                    .noneMatch(fact -> fact instanceof Fact.Burned);
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

    private static void hold(
            Scenario scenario,
            RandomGenerator random,
            AccountId account,
            Credits credits,
            String key) {
        var request = Scenario.request(key);
        var usage = Scenario.usage(credits.toString());
        var life = Duration.ofSeconds(1 + random.nextInt(20 * 86_400));
        long hold = scenario.lastOf(account, Fact.Held.class);
        var command =
                switch (random.nextInt(6)) {
                    case 0, 1, 2 ->
                            new Command.Authorise(
                                    account, usage, random.nextInt(4) == 0, life, request);
                    case 3 -> new Command.ExtendHold(account, hold, life, request);
                    case 4 ->
                            new Command.Capture(
                                    account,
                                    hold,
                                    usage,
                                    random.nextBoolean(),
                                    random.nextBoolean(),
                                    request);
                    default -> new Command.Release(account, hold, request);
                };
        var _ = scenario.run(command);
    }

    private static void correct(
            Scenario scenario,
            RandomGenerator random,
            AccountId account,
            Credits credits,
            String key) {
        var request = Scenario.request(key);
        switch (random.nextInt(8)) {
            case 0 -> {
                var status = random.nextInt(4) == 0 ? AccountStatus.FROZEN : AccountStatus.OPEN;
                var _ = scenario.run(new Command.ChangeStatus(account, status, "", request));
            }
            case 1 -> {
                long grant = scenario.lastOf(account, Fact.Granted.class);
                var _ = scenario.run(new Command.VoidGrant(account, grant, "", request));
            }
            case 2 -> {
                var limit = random.nextInt(3) == 0 ? Credits.ZERO : credits;
                var _ =
                        scenario.run(
                                new Command.SetOverage(
                                        account,
                                        new Overage(
                                                limit, Overage.Payment.values()[random.nextInt(2)]),
                                        request));
            }
            default -> {
                long burned = scenario.lastOf(account, Fact.Burned.class);
                if (burned > 0) {
                    var charge = (Fact.Burned) scenario.facts.get((int) burned - 1);
                    var part = random.nextBoolean() ? null : credits;
                    var _ = scenario.run(new Command.Reverse(account, charge, part, "", request));
                }
            }
        }
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
                        gone = gone.plus(drawn);
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
