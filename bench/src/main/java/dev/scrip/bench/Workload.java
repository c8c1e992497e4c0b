package dev.scrip.bench;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.Command;
import dev.scrip.ledger.Draw;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.Fingerprint;
import dev.scrip.ledger.GrantCategory;
import dev.scrip.ledger.GrantOrigin;
import dev.scrip.ledger.GrantTerms;
import dev.scrip.ledger.PlanTerms;
import dev.scrip.ledger.RatedUsage;
import dev.scrip.ledger.RequestKey;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// The commands and facts that are measured: one-credit charges on accounts that do not run dry.
final class Workload {

    private static final PlanTerms PLAN =
            new PlanTerms("bench", Credits.of(1_000_000_000), Money.parse("0.0005"));
    private static final RatedUsage USAGE =
            new RatedUsage(
                    "image.resize",
                    BigDecimal.ONE,
                    Credits.of(1),
                    Credits.of(1),
                    Money.parse("0.001"),
                    Money.parse("0.0002"),
                    "pb_1");
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant PERIOD_END = Instant.parse("2026-02-01T00:00:00Z");

    private Workload() {}

    static AccountId account(long number) {
        return new AccountId("live", "account-" + number);
    }

    static Command open(AccountId account) {
        return new Command.OpenAccount(account, PLAN, ZoneOffset.UTC, key("open-" + account));
    }

    static Command.Charge charge(AccountId account, String key) {
        return new Command.Charge(account, USAGE, key(key));
    }

    /// A further grant, as large as that of the plan, which never expires.
    static Command grant(AccountId account, String key) {
        var terms =
                new GrantTerms(
                        PLAN.included(),
                        GrantTerms.PRIORITY_DEFAULT,
                        GrantCategory.PAID,
                        START,
                        null,
                        PLAN.costBasis());
        return new Command.GrantCredits(account, terms, key(key));
    }

    /// The opening of an account with the grant of its plan.
    ///
    /// @param seq of the first of the two facts
    static List<Fact> opened(long seq, long account) {
        var id = account(account);
        var terms =
                new GrantTerms(
                        PLAN.included(),
                        GrantTerms.PRIORITY_DEFAULT,
                        GrantCategory.PLAN,
                        START,
                        PERIOD_END,
                        PLAN.costBasis());
        return List.of(
                new Fact.AccountOpened(
                        seq, START, id, key("open-" + id), PLAN, ZoneOffset.UTC, PERIOD_END, null),
                new Fact.Granted(
                        seq + 1, START, id, null, terms, GrantOrigin.PLAN, PLAN.included()));
    }

    /// A charge of one credit, a hundred of them a second.
    ///
    /// @param grant the number of the fact that granted what is burned
    /// @param charges how many the account has had with this one
    static Fact charged(long seq, long account, long grant, long charges) {
        return new Fact.Charged(
                seq,
                START.plus(seq * 10, ChronoUnit.MILLIS),
                account(account),
                key("key-" + seq),
                USAGE,
                List.of(new Draw(grant, USAGE.credits(), PERIOD_END, PLAN.costBasis())),
                PLAN.included().minus(Credits.of(charges)),
                PLAN.included(),
                PERIOD_END);
    }

    private static RequestKey key(String key) {
        return new RequestKey(key, new Fingerprint(key.hashCode(), key.length()));
    }
}
