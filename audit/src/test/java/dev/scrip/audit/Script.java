package dev.scrip.audit;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.AccountStatus;
import dev.scrip.ledger.Alert;
import dev.scrip.ledger.BurnOrder;
import dev.scrip.ledger.Command;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.GrantCategory;
import dev.scrip.ledger.GrantOrigin;
import dev.scrip.ledger.GrantTerms;
import dev.scrip.ledger.InMemoryJournal;
import dev.scrip.ledger.Limit;
import dev.scrip.ledger.Overage;
import dev.scrip.ledger.Partition;
import dev.scrip.ledger.PartitionSettings;
import dev.scrip.ledger.PlanTerms;
import dev.scrip.ledger.RatedUsage;
import dev.scrip.ledger.Reply;
import dev.scrip.ledger.RequestKey;
import dev.scrip.ledger.Snapshots;
import dev.scrip.ledger.TopUpRule;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/// What the real engine makes of a pool and its child, with a bit of everything.
final class Script implements AutoCloseable {

    static final AccountId POOL = new AccountId("live", "acme");
    static final AccountId TEAM = new AccountId("live", "team-a");
    static final Instant START = Instant.parse("2026-01-31T10:00:00Z");

    private final InMemoryJournal journal = new InMemoryJournal();
    private final Partition partition;
    private volatile Instant now = START;
    private int requests;

    private Script() {
        partition =
                new Partition(
                        journal, Snapshots.NONE, PartitionSettings.DEFAULT, () -> now, () -> {});
    }

    /// Its facts, batch by batch.
    static List<List<Fact>> batches() {
        try (var script = new Script()) {
            script.openAndCharge();
            script.topUp();
            script.changePlans();
            script.owe();
            script.late();
            var batches = new ArrayList<List<Fact>>();
            script.journal.read(0, batch -> batches.add(batch.facts()));
            return batches;
        }
    }

    @Override
    public void close() {
        partition.close();
    }

    private void openAndCharge() {
        run(new Command.OpenAccount(POOL, plan("basic", 100, "0.001"), berlin(), request()));
        run(new Command.OpenChild(TEAM, POOL, request()));
        run(
                new Command.SetLimits(
                        POOL,
                        List.of(
                                new Limit.Cap(
                                        "all",
                                        Limit.Scope.ALL,
                                        Limit.Window.MONTH,
                                        Credits.of(1_000))),
                        request()));
        run(
                new Command.SetLimits(
                        TEAM,
                        List.of(
                                new Limit.Rate("rate", Limit.Scope.ALL, 3, Duration.ofMinutes(1)),
                                new Limit.Cap(
                                        "cap",
                                        new Limit.Scope(null, "image.*"),
                                        Limit.Window.DAY,
                                        Credits.of(60))),
                        request()));
        run(
                new Command.SetAlerts(
                        POOL,
                        List.of(
                                new Alert.Used("used-30", 30),
                                new Alert.Remaining("left-20", Credits.of(20)),
                                new Alert.Forecast("forecast-90", 90)),
                        request()));
        run(
                new Command.GrantCredits(
                        POOL,
                        grant(20, GrantCategory.PAID, List.of()),
                        grant(5, GrantCategory.PROMOTIONAL, List.of("image.*")),
                        GrantOrigin.ASKED,
                        request()));
        run(new Command.Charge(TEAM, usage("image.resize", 10), request()));
        run(new Command.Charge(TEAM, usage("chat", 5), request()));
        var held = authorise(TEAM, usage("image.resize", 20).by("key_1"));
        run(new Command.Capture(POOL, held, usage("image.resize", 15), true, false, request()));
        now = now.plusSeconds(3_600);
        var burned = charge(TEAM, usage("image.upload", 4));
        run(new Command.Reverse(POOL, burned, Credits.of(3), "failed", request()));
        run(new Command.Charge(POOL, usage("chat", 10), request()));
        run(new Command.ChangeStatus(TEAM, AccountStatus.FROZEN, "", request()));
        run(new Command.ChangeStatus(TEAM, AccountStatus.OPEN, "", request()));
    }

    private void topUp() {
        run(
                new Command.SetTopUpRule(
                        POOL,
                        new TopUpRule(
                                Credits.of(50),
                                Credits.of(80),
                                Credits.of(60),
                                Duration.ofHours(1)),
                        request()));
        run(new Command.Charge(POOL, usage("chat", 40), request()));
        run(new Command.FailTopUp(POOL, openTopUp(), "declined", request()));
        now = now.plusSeconds(7_200);
        run(new Command.Charge(POOL, usage("chat", 1), request()));
        run(new Command.ConfirmTopUp(POOL, openTopUp(), Money.parse("0.001"), null, request()));
        run(new Command.SetTopUpRule(POOL, null, request()));
        run(new Command.Deduct(POOL, Credits.of(2), "wrong", request()));
    }

    private void changePlans() {
        now = now.plus(Duration.ofDays(3));
        run(
                new Command.ChangePlan(
                        POOL,
                        new PlanTerms(
                                "pro",
                                Credits.of(200),
                                Money.parse("0.002"),
                                PlanTerms.Interval.WEEK,
                                new PlanTerms.Rollover(new BigDecimal("0.5"), Credits.of(1_000)),
                                BurnOrder.FREE_FIRST),
                        Command.PlanChangeTime.NOW,
                        request()));
        run(
                new Command.GrantCredits(
                        POOL,
                        new GrantTerms(
                                Credits.of(3),
                                50,
                                GrantCategory.PROMOTIONAL,
                                now,
                                null,
                                Money.ZERO),
                        request()));
        run(new Command.Charge(POOL, usage("chat", 7), request()));
        run(
                new Command.ChangePlan(
                        POOL,
                        plan("basic", 100, "0.001"),
                        Command.PlanChangeTime.PERIOD_END,
                        request()));
        now = now.plus(Duration.ofDays(8));
        run(new Command.Inspect(POOL));
        now = now.plus(Duration.ofDays(31));
        run(new Command.Inspect(POOL));
    }

    private void owe() {
        run(
                new Command.SetOverage(
                        POOL, new Overage(Credits.of(500), Overage.Payment.INVOICED), request()));
        run(new Command.Charge(POOL, usage("chat", 400), request()));
        run(new Command.PayReceivable(POOL, Credits.of(10), "invoice 7", request()));
        run(new Command.GrantCredits(POOL, grant(30, GrantCategory.PAID, List.of()), request()));
        run(
                new Command.All(
                        POOL,
                        List.of(
                                new Command.Charge(POOL, usage("chat", 1), request()),
                                new Command.Charge(POOL, usage("chat", 2), request()))));
    }

    /// Twice of when there was another grant.
    private void late() {
        var usedAt = now;
        run(new Command.GrantCredits(POOL, promotion(Duration.ofHours(1)), request()));
        now = now.plus(Duration.ofHours(2));
        run(new Command.GrantCredits(POOL, promotion(Duration.ofHours(9)), request()));
        run(new Command.Charge(POOL, usage("chat", 2).usedAt(usedAt), request()));
        run(new Command.Charge(POOL, usage("chat", 1).usedAt(usedAt), request()));
    }

    private GrantTerms promotion(Duration life) {
        return new GrantTerms(
                Credits.of(5), 50, GrantCategory.PROMOTIONAL, now, now.plus(life), Money.ZERO);
    }

    private static ZoneId berlin() {
        return ZoneId.of("Europe/Berlin");
    }

    private static PlanTerms plan(String name, long included, String costBasis) {
        return new PlanTerms(
                name,
                Credits.of(included),
                Money.parse(costBasis),
                PlanTerms.Interval.MONTH,
                new PlanTerms.Rollover(new BigDecimal("0.25"), Credits.of(10)),
                BurnOrder.EXPIRY_FIRST);
    }

    private GrantTerms grant(long credits, GrantCategory category, List<String> operations) {
        return new GrantTerms(
                Credits.of(credits),
                50,
                category,
                now,
                category == GrantCategory.PAID ? null : now.plus(Duration.ofDays(5)),
                category == GrantCategory.PAID ? Money.parse("0.001") : Money.ZERO,
                operations);
    }

    private static RatedUsage usage(String operation, long credits) {
        var plain = History.usage(Credits.of(credits));
        return new RatedUsage(
                operation,
                plain.quantity(),
                plain.base(),
                plain.credits(),
                plain.listValue(),
                plain.cost(),
                plain.priceBook());
    }

    private RequestKey request() {
        return History.request("request-" + requests++, 0);
    }

    private Reply run(Command command) {
        var reply = partition.submit(command);
        if (reply instanceof Reply.Refusal) {
            throw new AssertionError(command + " was refused: " + reply);
        }
        return reply;
    }

    private long authorise(AccountId account, RatedUsage usage) {
        var held =
                (Reply.Held)
                        run(new Command.Authorise(account, usage, Duration.ofHours(1), request()));
        return held.fact().seq();
    }

    private Fact.Burned charge(AccountId account, RatedUsage usage) {
        return ((Reply.Charged) run(new Command.Charge(account, usage, request()))).fact();
    }

    private long openTopUp() {
        return ((Reply.Account) run(new Command.Inspect(POOL))).view().openTopUp();
    }
}
