package dev.scrip.storage;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.Draw;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.Fingerprint;
import dev.scrip.ledger.GrantCategory;
import dev.scrip.ledger.GrantTerms;
import dev.scrip.ledger.PlanTerms;
import dev.scrip.ledger.RatedUsage;
import dev.scrip.ledger.RequestKey;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
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
                        END),
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

    private static RequestKey request(String key) {
        return new RequestKey(key, new Fingerprint(-1, key.hashCode()));
    }
}
