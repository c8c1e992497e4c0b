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

/// What a random history asks of a ledger, step by step.
final class RandomSteps {

    private static final List<AccountId> ACCOUNTS =
            List.of(
                    new AccountId("live", "a"),
                    new AccountId("live", "b"),
                    new AccountId("test", "a"));

    private RandomSteps() {}

    /// Mostly seconds, sometimes weeks, sometimes back.
    static long seconds(RandomGenerator random) {
        return switch (random.nextInt(20)) {
            case 0 -> random.nextInt(40 * 86_400);
            case 1 -> -random.nextInt(3_600);
            default -> random.nextInt(600);
        };
    }

    /// Asks something, of few accounts under few keys, so that retries and refusals are frequent.
    static void next(Scenario scenario, RandomGenerator random) {
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
                                    late(scenario, random, usage(random, credits)),
                                    Scenario.request(key, credits.toString())));
        }
    }

    private static RatedUsage usage(RandomGenerator random, Credits credits) {
        var usage = Scenario.usage(random.nextBoolean() ? "image.resize" : "chat", credits);
        return random.nextBoolean() ? usage : usage.by("key_" + random.nextInt(2));
    }

    /// Often of a time at which the account had other grants.
    private static RatedUsage late(Scenario scenario, RandomGenerator random, RatedUsage usage) {
        return switch (random.nextInt(5)) {
            case 0 -> usage.usedAt(scenario.now.minusSeconds(random.nextInt(-300, 3_600)));
            case 1 -> usage.usedAt(scenario.now.minusSeconds(random.nextInt(30 * 3_600)));
            default -> usage;
        };
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
                            case 4 ->
                                    random.nextBoolean()
                                            ? new Command.Deduct(account, credits, "", request)
                                            : new Command.SetCommitment(
                                                    account,
                                                    new Commitment(credits, null),
                                                    request);
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
}
