package dev.scrip.ledger;

import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// What a simulation asks of a few accounts, each request under a key of its own: all that can be
/// asked, and calls more often than the rest.
final class SimulatedCommands {

    private static final int ACCOUNTS = 5;
    private static final int CHILDREN = 2;
    private static final AccountId POOL = new AccountId("live", "a0");
    private static final Money LIST_PRICE = Money.parse("0.001");
    private static final Money COST = Money.parse("0.0008");

    private final RandomGenerator random;
    private final Map<AccountId, Long> holds = new HashMap<>();
    private final Map<AccountId, Long> topUps = new HashMap<>();
    private final Map<AccountId, Fact.Burned> burned = new HashMap<>();
    private final Map<AccountId, Long> grants = new HashMap<>();
    private final Map<AccountId, Instant> grantEnds = new HashMap<>();
    private Instant now = Instant.EPOCH;
    private int keys;
    private int calls;

    SimulatedCommands(RandomGenerator random) {
        this.random = random;
    }

    void remember(Reply reply) {
        switch (reply) {
            case Reply.Charged(var charged, _, _) -> burned.put(charged.account(), charged);
            case Reply.Held(var held, _, _) -> holds.put(held.account(), held.seq());
            case Reply.Granted(var granted, _) -> {
                grants.put(granted.account(), granted.seq());
                var end = granted.terms().expires();
                grantEnds.put(granted.account(), end == null ? Instant.EPOCH : end);
            }
            case Reply.Done(Fact.Captured captured, _) -> burned.put(captured.account(), captured);
            case Reply.Account(var view) -> topUps.put(view.account(), view.openTopUp());
            default -> {}
        }
    }

    Command next(Instant at) {
        now = at;
        var account = new AccountId("live", "a" + random.nextInt(ACCOUNTS));
        var caller =
                random.nextInt(4) == 0
                        ? new AccountId("live", "c" + random.nextInt(CHILDREN))
                        : account;
        long held = holds.getOrDefault(account, 1L);
        return switch (random.nextInt(20)) {
            case 0 -> new Command.OpenAccount(account, plan(), ZoneOffset.UTC, request());
            case 1 ->
                    new Command.OpenChild(
                            new AccountId("live", "c" + random.nextInt(CHILDREN)), POOL, request());
            case 2, 3 -> new Command.GrantCredits(account, grant(), request());
            case 4 ->
                    new Command.Authorise(
                            caller, usage(), random.nextInt(4) == 0, life(caller), request());
            case 5 ->
                    new Command.Capture(
                            account,
                            held,
                            usage(),
                            random.nextInt(4) > 0,
                            random.nextBoolean(),
                            request());
            case 6 ->
                    random.nextBoolean()
                            ? new Command.Release(account, held, request())
                            : new Command.ExtendHold(
                                    account, held, Duration.ofMinutes(9), request());
            case 7, 8 -> setting(account, caller);
            case 9 -> correction(account, caller);
            case 10 -> together(account, caller, held);
            case 11, 12, 13 -> new Command.Charge(caller, late(), request());
            default -> new Command.Charge(caller, usage(), request());
        };
    }

    /// At times as long as what was granted last, so that both end at one instant.
    private Duration life(AccountId caller) {
        var end = grantEnds.getOrDefault(caller, now);
        return end.isAfter(now) && random.nextInt(4) == 0
                ? Duration.between(now, end)
                : Duration.ofSeconds(1 + random.nextInt(600));
    }

    private Command setting(AccountId account, AccountId caller) {
        var credits = Credits.of(1 + random.nextInt(80));
        return switch (random.nextInt(9)) {
            case 0 ->
                    new Command.SetOverage(
                            account, new Overage(Credits.of(random.nextInt(40))), request());
            case 1 ->
                    new Command.SetLimits(
                            caller,
                            List.of(
                                    new Limit.Rate(
                                            "rate", Limit.Scope.ALL, 20, Duration.ofMinutes(1)),
                                    new Limit.Cap(
                                            "cap",
                                            Limit.Scope.ALL,
                                            Limit.Window.DAY,
                                            Credits.of(100 + random.nextInt(900)))),
                            request());
            case 2 -> new Command.SetLimits(caller, List.of(), request());
            case 3 ->
                    new Command.SetAlerts(
                            account,
                            List.of(
                                    new Alert.Used("used", 50),
                                    new Alert.Remaining("left", credits),
                                    new Alert.Forecast("forecast", 90)),
                            request());
            case 4 ->
                    new Command.SetTopUpRule(
                            account,
                            new TopUpRule(
                                    credits,
                                    credits.plus(Credits.of(100)),
                                    Credits.of(5_000),
                                    Duration.ofMinutes(1)),
                            request());
            case 5 -> question(account, caller);
            case 6 -> topUp(account);
            case 7 ->
                    new Command.SetCommitment(
                            account,
                            new Commitment(credits, now.plusSeconds(random.nextInt(9_000))),
                            request());
            default ->
                    new Command.ChangePlan(
                            account,
                            plan(),
                            Command.PlanChangeTime.values()[random.nextInt(2)],
                            request());
        };
    }

    /// Changes nothing.
    private Command question(AccountId account, AccountId caller) {
        return switch (random.nextInt(6)) {
            case 0 -> new Command.AskTerms(caller);
            case 1 -> new Command.Estimate(caller, usage());
            case 2 -> new Command.Recall(account, Scenario.request("k" + random.nextInt(keys + 1)));
            default -> new Command.Inspect(account);
        };
    }

    /// What an account would do: shows sums that are kept beside its state.
    static List<Command> questions(AccountId account) {
        return List.of(
                new Command.Inspect(account),
                new Command.AskTerms(account),
                new Command.Estimate(account, Scenario.usage("1")),
                new Command.Estimate(account, Scenario.usage("30")));
    }

    private Command topUp(AccountId account) {
        long topUp = topUps.getOrDefault(account, 0L);
        return random.nextInt(3) == 0
                ? new Command.FailTopUp(account, topUp, "declined", request())
                : new Command.ConfirmTopUp(
                        account, topUp, Money.parse("0.001"), Duration.ofHours(2), request());
    }

    private Command correction(AccountId account, AccountId caller) {
        var charge = burned.get(account);
        return switch (random.nextInt(6)) {
            case 5 ->
                    new Command.VoidGrant(
                            account, grants.getOrDefault(account, 1L), "wrong", request());
            case 4 -> new Command.ChangeStatus(account, status(), "", request());
            case 0 -> new Command.Deduct(caller, Credits.of(3), "wrong", oneOfTheDay());
            case 1 -> new Command.PayReceivable(account, null, "invoice", request());
            default ->
                    charge == null
                            ? new Command.Inspect(account)
                            : new Command.Reverse(account, charge, null, "failed", request());
        };
    }

    /// A closed account stays closed, so that is rare.
    private AccountStatus status() {
        int chance = random.nextInt(60);
        return chance == 0
                ? AccountStatus.CLOSED
                : chance < 20 ? AccountStatus.FROZEN : AccountStatus.OPEN;
    }

    /// Charges of the caller, or of the account with a capture among them.
    private Command together(AccountId account, AccountId caller, long held) {
        var parts = new ArrayList<Command>();
        parts.add(new Command.Charge(caller, usage(), request()));
        parts.add(
                caller.equals(account) && random.nextBoolean()
                        ? new Command.Capture(account, held, usage(), false, true, request())
                        : new Command.Charge(caller, late(), request()));
        return new Command.All(caller, parts);
    }

    /// Of a quantity that no other call has, to tell it by under whatever key it is charged.
    private RatedUsage usage() {
        var credits = Credits.of(1 + random.nextInt(20));
        return new RatedUsage(
                "image.resize",
                BigDecimal.valueOf(++calls),
                credits,
                credits,
                LIST_PRICE.timesCredits(credits),
                COST,
                "pb_1");
    }

    /// Of the last hours, or of so long ago that it is a backfill.
    private RatedUsage late() {
        return usage().usedAt(now.minusSeconds(random.nextInt(30 * 3_600)));
    }

    private GrantTerms grant() {
        boolean tooMuch = random.nextInt(500) == 0;
        return new GrantTerms(
                tooMuch ? new Credits(Long.MAX_VALUE) : Credits.of(1 + random.nextInt(50)),
                random.nextInt(3),
                GrantCategory.values()[random.nextInt(3)],
                now,
                random.nextBoolean() ? null : now.plusSeconds(60 + random.nextInt(9_000)),
                Money.ZERO);
    }

    private PlanTerms plan() {
        return new PlanTerms(
                "p" + random.nextInt(2),
                Credits.of(200),
                Money.parse("0.001"),
                random.nextBoolean() ? PlanTerms.Interval.DAY : PlanTerms.Interval.MONTH,
                new PlanTerms.Rollover(new BigDecimal("0.5"), Credits.of(60)),
                BurnOrder.values()[random.nextInt(2)]);
    }

    /// One of a few that are used for one thing and for another.
    private RequestKey oneOfTheDay() {
        var key = "day-" + now.getEpochSecond() / Duration.ofDays(1).toSeconds();
        return Scenario.request(key, key + random.nextInt(2));
    }

    private RequestKey request() {
        return Scenario.request("k" + keys++);
    }
}
