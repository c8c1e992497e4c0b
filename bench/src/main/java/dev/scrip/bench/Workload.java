package dev.scrip.bench;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.Command;
import dev.scrip.ledger.Fingerprint;
import dev.scrip.ledger.PlanTerms;
import dev.scrip.ledger.RatedUsage;
import dev.scrip.ledger.RequestKey;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import java.math.BigDecimal;
import java.time.ZoneOffset;

/// The commands that are measured: one-credit charges on accounts that do not run dry.
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

    private static RequestKey key(String key) {
        return new RequestKey(key, new Fingerprint(key.hashCode(), key.length()));
    }
}
