package dev.scrip.storage;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.AccountStatus;
import dev.scrip.ledger.Alert;
import dev.scrip.ledger.BurnOrder;
import dev.scrip.ledger.Draw;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.Fingerprint;
import dev.scrip.ledger.GrantCategory;
import dev.scrip.ledger.GrantOrigin;
import dev.scrip.ledger.GrantTerms;
import dev.scrip.ledger.Limit;
import dev.scrip.ledger.Overage;
import dev.scrip.ledger.PlanTerms;
import dev.scrip.ledger.RatedUsage;
import dev.scrip.ledger.RequestKey;
import dev.scrip.ledger.TopUpRule;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/// One fact of each kind, as a ledger would have decided them.
final class Facts {

    static final AccountId ACME = new AccountId("live", "acme");
    static final Instant START = Instant.parse("2026-11-01T09:30:00.123456Z");
    static final Instant END = Instant.parse("2026-12-01T09:30:00.123456Z");

    private Facts() {}

    static List<Fact> ofEachKind() {
        return List.of(
                new Fact.AccountOpened(
                        1,
                        START,
                        ACME,
                        request("open"),
                        new PlanTerms("starter", Credits.of(50_000), Money.parse("0.00058")),
                        ZoneId.of("Europe/Berlin"),
                        END,
                        null),
                new Fact.Granted(
                        2,
                        START,
                        ACME,
                        null,
                        new GrantTerms(
                                Credits.of(50_000),
                                50,
                                GrantCategory.PLAN,
                                START,
                                END,
                                Money.parse("0.00058")),
                        GrantOrigin.PLAN,
                        Credits.of(50_000)),
                new Fact.Granted(
                        3,
                        START,
                        ACME,
                        request("gift"),
                        new GrantTerms(
                                Credits.parse("0.5"),
                                0,
                                GrantCategory.PROMOTIONAL,
                                START,
                                null,
                                Money.ZERO),
                        GrantOrigin.ASKED,
                        Credits.parse("50000.5")),
                charged(4, ACME, "image.resize", "5", "49995.5"),
                new Fact.Expired(5, END, ACME, 2, Credits.parse("49995.5"), END, Credits.ZERO),
                new Fact.PeriodStarted(
                        6,
                        END,
                        ACME,
                        1,
                        END,
                        Instant.parse("2027-01-01T09:30:00.123456Z"),
                        Credits.ZERO));
    }

    /// A fact of each kind that came after the first version.
    static List<Fact> ofLaterKinds() {
        var usage =
                new RatedUsage(
                                "video.process",
                                new BigDecimal("0.25"),
                                Credits.parse("625"),
                                Credits.parse("625"),
                                Money.parse("0.625"),
                                Money.parse("0.125"),
                                "pb_2")
                        .usedAt(START.minusSeconds(60));
        var draws = List.of(new Draw(2, Credits.of(600), END, Money.parse("0.00058")));
        var more = List.of(new Draw(3, Credits.parse("0.5"), null, Money.ZERO));
        return List.of(
                new Fact.Held(
                        7,
                        START,
                        ACME,
                        request("hold"),
                        usage,
                        false,
                        draws,
                        END,
                        Credits.of(1),
                        Credits.of(2),
                        END),
                new Fact.HoldExtended(8, START, ACME, request("extend"), 7, END, Credits.of(3)),
                new Fact.Captured(
                        9,
                        START,
                        ACME,
                        request("capture"),
                        7,
                        usage,
                        draws,
                        more,
                        true,
                        Credits.of(4),
                        Credits.of(5),
                        Credits.of(6),
                        END),
                new Fact.Released(
                        10, START, ACME, null, 7, Fact.ReleaseReason.CAPTURED, more, Credits.of(7)),
                new Fact.Released(
                        11,
                        START,
                        ACME,
                        request("release"),
                        7,
                        Fact.ReleaseReason.ASKED,
                        draws,
                        Credits.of(8)),
                new Fact.Reversed(
                        12,
                        START,
                        ACME,
                        request("reverse"),
                        9,
                        true,
                        "video.process",
                        null,
                        Credits.of(9),
                        Money.parse("0.009"),
                        Money.parse("0.001"),
                        draws,
                        Credits.of(10),
                        "the job failed",
                        Credits.of(11)),
                new Fact.Voided(
                        13,
                        START,
                        ACME,
                        request("void"),
                        3,
                        Credits.of(12),
                        "by mistake",
                        Credits.of(13)),
                new Fact.StatusChanged(
                        14,
                        START,
                        ACME,
                        request("freeze"),
                        AccountStatus.FROZEN,
                        "unpaid",
                        Credits.of(14)),
                new Fact.OverageSet(
                        15, START, ACME, request("owe"), Overage.UNLIMITED, Credits.of(15)),
                new Fact.Settled(16, START, ACME, 3, Credits.of(16), Credits.of(17)));
    }

    /// A fact of each kind that came third, and of those that say more than they did.
    static List<Fact> ofKindsWithLimits() {
        var plan =
                new PlanTerms(
                        "pro",
                        Credits.of(250_000),
                        Money.parse("0.000396"),
                        PlanTerms.Interval.YEAR,
                        new PlanTerms.Rollover(new BigDecimal("0.25"), Credits.of(1_000)),
                        BurnOrder.FREE_FIRST);
        var draws = List.of(new Draw(2, Credits.of(600), END, Money.parse("0.00058")));
        var usage =
                new RatedUsage(
                        "video.process",
                        BigDecimal.ONE,
                        Credits.of(600),
                        Credits.of(600),
                        Money.parse("0.6"),
                        Money.parse("0.5"),
                        "pb_2",
                        null,
                        "key_17",
                        "team-a");
        var alert = new Alert.Used("used-75", 75);
        return List.of(
                new Fact.AccountOpened(
                        17,
                        START,
                        new AccountId("live", "team-a"),
                        request("child"),
                        plan,
                        ZoneOffset.UTC,
                        END,
                        ACME),
                new Fact.Granted(
                        18,
                        START,
                        ACME,
                        request("buy"),
                        new GrantTerms(
                                Credits.of(5),
                                1,
                                GrantCategory.PAID,
                                START,
                                null,
                                Money.parse("0.001"),
                                List.of("image.*", "chat")),
                        new GrantOrigin(GrantOrigin.Kind.ADJUSTMENT, 3, "so agreed"),
                        Credits.of(18)),
                new Fact.Held(
                        19,
                        START,
                        ACME,
                        request("lease"),
                        usage,
                        true,
                        draws,
                        END,
                        Credits.of(1),
                        Credits.of(2),
                        END),
                new Fact.Charged(
                        20,
                        START,
                        ACME,
                        request("charge"),
                        usage,
                        draws,
                        Credits.of(3),
                        Credits.of(4),
                        END),
                new Fact.Voided(21, START, ACME, null, 3, Credits.of(1), "changed", Credits.of(5)),
                new Fact.OverageSet(
                        22,
                        START,
                        ACME,
                        request("owe"),
                        new Overage(Credits.of(9), Overage.Payment.INVOICED),
                        Credits.of(6)),
                new Fact.ReceivablePaid(
                        23, START, ACME, request("pay"), Credits.of(2), "invoice 7", Credits.of(7)),
                new Fact.Adjusted(
                        24, START, ACME, request("adjust"), draws, "by mistake", Credits.of(8)),
                new Fact.PlanChanged(
                        25,
                        START,
                        ACME,
                        request("change"),
                        plan,
                        START.minusSeconds(1),
                        3,
                        START,
                        END,
                        250_000,
                        Money.parse("7.25"),
                        Credits.of(9)),
                new Fact.PlanChanged(
                        26,
                        START,
                        ACME,
                        null,
                        plan,
                        START,
                        0,
                        START,
                        END,
                        0,
                        Money.ZERO,
                        Credits.of(10)),
                new Fact.PlanChangeScheduled(
                        27, START, ACME, request("later"), plan, Credits.of(11)),
                new Fact.PlanChangeScheduled(
                        28, START, ACME, request("never"), null, Credits.of(12)),
                new Fact.LimitsSet(
                        29,
                        START,
                        ACME,
                        request("limits"),
                        List.of(
                                new Limit.Rate("rpm", Limit.Scope.ALL, 600, Duration.ofMinutes(1)),
                                new Limit.Cap(
                                        "daily",
                                        new Limit.Scope("key_17", "video.*"),
                                        Limit.Window.DAY,
                                        Credits.of(1_000))),
                        Credits.of(13)),
                new Fact.AlertsSet(
                        30,
                        START,
                        ACME,
                        request("alerts"),
                        List.of(
                                alert,
                                new Alert.Remaining("low", Credits.of(100)),
                                new Alert.Forecast("soon", 100)),
                        Credits.of(14)),
                new Fact.AlertFired(
                        31, START, ACME, alert, Credits.of(100), Credits.of(75), Credits.of(15)),
                new Fact.AlertRearmed(32, START, ACME, alert, Credits.of(16)),
                new Fact.TopUpRuleSet(
                        33,
                        START,
                        ACME,
                        request("rule"),
                        new TopUpRule(
                                Credits.of(10),
                                Credits.of(100),
                                Credits.of(500),
                                Duration.ofHours(1)),
                        Credits.of(17)),
                new Fact.TopUpRuleSet(34, START, ACME, request("off"), null, Credits.of(18)),
                new Fact.TopUpRequested(35, START, ACME, Credits.of(90), Credits.of(19)),
                new Fact.TopUpFailed(
                        36, START, ACME, request("fail"), 35, "declined", Credits.of(20)));
    }

    static Fact.Charged charged(
            long seq, AccountId account, String operation, String credits, String balance) {
        return charged(seq, START.plusSeconds(1), account, operation, credits, balance);
    }

    static Fact.Charged charged(
            long seq,
            Instant at,
            AccountId account,
            String operation,
            String credits,
            String balance) {
        var amount = Credits.parse(credits);
        return new Fact.Charged(
                seq,
                at,
                account,
                request("charge-" + seq),
                new RatedUsage(
                        operation,
                        new BigDecimal("1.5"),
                        amount,
                        amount,
                        Money.parse("0.001").timesCredits(amount),
                        Money.parse("0.0008"),
                        "pb_1"),
                List.of(
                        new Draw(3, Credits.parse("0.5"), null, Money.ZERO),
                        new Draw(
                                2,
                                amount.minus(Credits.parse("0.5")),
                                END,
                                Money.parse("0.00058"))),
                Credits.parse(balance),
                Credits.parse("50000.5"),
                END);
    }

    static RequestKey request(String key) {
        return new RequestKey(key, new Fingerprint(-1, key.hashCode()));
    }
}
