package dev.scrip.audit;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.AccountStatus;
import dev.scrip.ledger.Alert;
import dev.scrip.ledger.BurnOrder;
import dev.scrip.ledger.Command;
import dev.scrip.ledger.Commitment;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.GrantCategory;
import dev.scrip.ledger.GrantOrigin;
import dev.scrip.ledger.GrantTerms;
import dev.scrip.ledger.Limit;
import dev.scrip.ledger.Overage;
import dev.scrip.ledger.PlanTerms;
import dev.scrip.ledger.RatedUsage;
import dev.scrip.ledger.Reply;
import dev.scrip.ledger.RequestKey;
import dev.scrip.ledger.TopUpRule;
import dev.scrip.pricing.AdjustmentKind;
import dev.scrip.pricing.AppliedAdjustment;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Commands of every kind, many of which make sense: about accounts, holds, grants and charges that
/// there are.
final class RandomCommands {

    static final List<AccountId> ACCOUNTS =
            List.of(
                    new AccountId("live", "a"),
                    new AccountId("live", "b"),
                    new AccountId("live", "c"),
                    new AccountId("test", "a"));
    private static final List<ZoneId> ZONES =
            List.of(ZoneId.of("UTC"), ZoneId.of("Europe/Berlin"), ZoneId.of("Pacific/Auckland"));
    private static final List<String> OPERATIONS = List.of("image.resize", "image.upload", "chat");

    private final RandomGenerator random;
    private final Map<AccountId, Long> holds = new HashMap<>();
    private final Map<AccountId, Long> grants = new HashMap<>();
    private final Map<AccountId, Long> topUps = new HashMap<>();
    private final Map<AccountId, Fact.Burned> burned = new HashMap<>();
    private Instant now = Instant.EPOCH;

    RandomCommands(RandomGenerator random) {
        this.random = random;
    }

    void remember(Reply reply) {
        switch (reply) {
            case Reply.Charged charged -> remember(charged.fact());
            case Reply.Granted granted -> remember(granted.fact());
            case Reply.Held held -> remember(held.fact());
            case Reply.Done done -> remember(done.fact());
            case Reply.All all -> all.parts().forEach(this::remember);
            case Reply.Account account ->
                    topUps.put(account.view().account(), account.view().openTopUp());
            default -> {}
        }
    }

    private void remember(Fact fact) {
        switch (fact) {
            case Fact.Burned charge -> burned.put(charge.account(), charge);
            case Fact.Held held -> holds.put(held.account(), held.seq());
            case Fact.Granted granted -> grants.put(granted.account(), granted.seq());
            default -> {}
        }
    }

    AccountId account() {
        return ACCOUNTS.get(random.nextInt(ACCOUNTS.size()));
    }

    /// Often a pool with a child: by chance alone there are few.
    List<Command> opening() {
        var pool = ACCOUNTS.getFirst();
        var opened =
                new Command.OpenAccount(pool, plan(), oneOf(ZONES), History.request("pool", 0));
        return random.nextBoolean()
                ? List.of(opened)
                : List.of(
                        opened,
                        new Command.OpenChild(ACCOUNTS.get(1), pool, History.request("child", 0)));
    }

    Command next(Instant at) {
        now = at;
        var account = account();
        // Few keys, so that retries and reuse are frequent.
        var request = History.request("key-" + random.nextInt(100), random.nextInt(2));
        var credits = new Credits(random.nextLong(0, 40_000_000));
        return switch (random.nextInt(16)) {
            case 0 -> open(account, request);
            case 1, 2 -> grant(account, credits, request);
            case 3, 4 -> hold(account, credits, request);
            case 5, 6 -> correction(account, credits, request);
            case 7, 8 -> setting(account, credits, request);
            case 9 -> planChange(account, request);
            case 10 -> topUp(account, request);
            case 11 -> together(account, request);
            default -> new Command.Charge(account, usage(credits), request);
        };
    }

    private <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private RatedUsage usage(Credits credits) {
        var plain = History.usage(credits);
        var usage =
                new RatedUsage(
                        oneOf(OPERATIONS),
                        plain.quantity(),
                        plain.base(),
                        credits,
                        plain.listValue(),
                        plain.cost(),
                        plain.priceBook());
        // Rarely, so that most histories are as before; the price is fixed, whatever the base.
        if (random.nextInt(5) == 0 && credits.isChargeable() && credits.isPositive()) {
            usage =
                    usage.adjusted(
                            List.of(
                                    new AppliedAdjustment(
                                            "agreed",
                                            AdjustmentKind.ACCOUNT,
                                            null,
                                            credits,
                                            credits.times(
                                                    usage.quantity(), RoundingMode.HALF_UP))));
        }
        var by = random.nextBoolean() ? usage : usage.by("key_" + random.nextInt(2));
        return random.nextInt(4) == 0
                ? by.usedAt(now.minusSeconds(random.nextInt(30 * 3_600)))
                : by;
    }

    private Command open(AccountId account, RequestKey request) {
        return random.nextInt(3) == 0
                ? new Command.OpenChild(account, account(), request)
                : new Command.OpenAccount(account, plan(), oneOf(ZONES), request);
    }

    private PlanTerms plan() {
        return new PlanTerms(
                "plan-" + random.nextInt(3),
                Credits.of(random.nextInt(100)),
                Money.parse(random.nextBoolean() ? "0.00058" : "0.00123"),
                oneOf(List.of(PlanTerms.Interval.values())),
                new PlanTerms.Rollover(
                        BigDecimal.valueOf(random.nextInt(4), 1), Credits.of(random.nextInt(60))),
                oneOf(List.of(BurnOrder.values())));
    }

    private Command grant(AccountId account, Credits credits, RequestKey request) {
        var terms = terms(credits.plus(new Credits(1)));
        return new Command.GrantCredits(
                account,
                terms,
                random.nextInt(3) == 0 ? terms(Credits.of(1 + random.nextInt(9))) : null,
                random.nextInt(4) == 0 ? GrantOrigin.adjustment("goodwill") : GrantOrigin.ASKED,
                request);
    }

    private GrantTerms terms(Credits credits) {
        var effective = now.plusSeconds(random.nextInt(-3_600, 86_400));
        var category = oneOf(List.of(GrantCategory.values()));
        return new GrantTerms(
                credits,
                random.nextInt(3) * 50,
                category,
                random.nextBoolean() ? now : effective,
                random.nextBoolean()
                        ? null
                        : effective.plusSeconds(86_400 + random.nextInt(10 * 86_400)),
                category == GrantCategory.PAID ? Money.parse("0.00123") : Money.ZERO,
                random.nextInt(3) == 0 ? List.of(oneOf(List.of("image.*", "chat"))) : List.of());
    }

    private Command hold(AccountId account, Credits credits, RequestKey request) {
        var life = Duration.ofSeconds(1 + random.nextInt(20 * 86_400));
        long hold = holds.getOrDefault(account, 0L);
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> new Command.Authorise(account, usage(credits), life, request);
            case 3 ->
                    new Command.Authorise(
                            account,
                            new RatedUsage(
                                    "lease",
                                    BigDecimal.ONE,
                                    credits,
                                    credits,
                                    Money.ZERO,
                                    Money.ZERO,
                                    "pb_1"),
                            true,
                            life,
                            request);
            case 4 -> new Command.ExtendHold(account, hold, life, request);
            case 5, 6 ->
                    new Command.Capture(
                            account,
                            hold,
                            usage(credits),
                            random.nextBoolean(),
                            random.nextBoolean(),
                            request);
            default -> new Command.Release(account, hold, request);
        };
    }

    private Command correction(AccountId account, Credits credits, RequestKey request) {
        var charge = burned.get(account);
        return switch (random.nextInt(10)) {
            case 0 ->
                    new Command.ChangeStatus(
                            account,
                            random.nextInt(4) != 0
                                    ? AccountStatus.OPEN
                                    : random.nextInt(5) == 0
                                            ? AccountStatus.CLOSED
                                            : AccountStatus.FROZEN,
                            "",
                            request);
            case 1, 2 ->
                    new Command.SetOverage(
                            account,
                            new Overage(
                                    random.nextInt(3) == 0 ? Credits.ZERO : credits,
                                    oneOf(List.of(Overage.Payment.values()))),
                            request);
            case 3 -> new Command.VoidGrant(account, grants.getOrDefault(account, 0L), "", request);
            case 4 -> new Command.Deduct(account, credits, "wrong", request);
            case 5 ->
                    new Command.PayReceivable(
                            account, random.nextBoolean() ? null : credits, "invoice 7", request);
            default ->
                    charge == null
                            ? new Command.Inspect(account)
                            : new Command.Reverse(
                                    account,
                                    charge,
                                    random.nextBoolean() ? null : credits,
                                    "",
                                    request);
        };
    }

    private Command setting(AccountId account, Credits credits, RequestKey request) {
        return switch (random.nextInt(5)) {
            case 4 -> new Command.SetCommitment(account, new Commitment(credits, null), request);
            case 0, 1 -> {
                var limits = new ArrayList<Limit>();
                if (random.nextInt(4) != 0) {
                    limits.add(
                            new Limit.Rate(
                                    "rate",
                                    scope(),
                                    1 + random.nextInt(3),
                                    Duration.ofMinutes(1 + random.nextInt(2) * 59)));
                }
                if (random.nextInt(4) != 0) {
                    limits.add(
                            new Limit.Cap(
                                    "cap",
                                    scope(),
                                    oneOf(List.of(Limit.Window.values())),
                                    Credits.of(40 + random.nextInt(2) * 60)));
                }
                yield new Command.SetLimits(account, limits, request);
            }
            case 2 ->
                    new Command.SetAlerts(
                            account,
                            List.of(
                                    new Alert.Used("used", 1 + random.nextInt(2) * 49),
                                    new Alert.Remaining("left", Credits.of(20)),
                                    new Alert.Forecast("forecast", 90)),
                            request);
            default ->
                    new Command.SetTopUpRule(
                            account,
                            random.nextInt(5) == 0
                                    ? null
                                    : new TopUpRule(
                                            credits,
                                            credits.plus(Credits.of(10)),
                                            Credits.of(30 + random.nextInt(100)),
                                            Duration.ofHours(random.nextInt(3))),
                            request);
        };
    }

    private Limit.Scope scope() {
        return new Limit.Scope(
                random.nextInt(3) == 0 ? "key_1" : null, random.nextInt(3) == 0 ? "image.*" : null);
    }

    private Command planChange(AccountId account, RequestKey request) {
        return new Command.ChangePlan(
                account, plan(), oneOf(List.of(Command.PlanChangeTime.values())), request);
    }

    private Command topUp(AccountId account, RequestKey request) {
        long topUp = topUps.getOrDefault(account, 0L);
        return random.nextInt(3) == 0
                ? new Command.FailTopUp(account, topUp, "card declined", request)
                : new Command.ConfirmTopUp(
                        account,
                        topUp,
                        Money.parse("0.001"),
                        random.nextBoolean() ? null : Duration.ofDays(3),
                        request);
    }

    private Command together(AccountId account, RequestKey request) {
        var parts = new ArrayList<Command>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            var usage = usage(new Credits(random.nextLong(0, 10_000_000)));
            var key = new RequestKey(request.key() + "." + i, request.fingerprint());
            parts.add(
                    random.nextInt(4) == 0
                            ? new Command.Capture(
                                    account,
                                    holds.getOrDefault(account, 0L),
                                    usage,
                                    random.nextBoolean(),
                                    true,
                                    key)
                            : new Command.Charge(account, usage, key));
        }
        return new Command.All(account, parts);
    }
}
