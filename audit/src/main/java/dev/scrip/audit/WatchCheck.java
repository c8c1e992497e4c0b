package dev.scrip.audit;

import dev.scrip.ledger.AccountStatus;
import dev.scrip.ledger.Alert;
import dev.scrip.ledger.Fact;
import dev.scrip.pricing.Credits;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What must be told of an account's balance, exactly when it is due: alerts that are crossed or
/// recovered, then a top-up.
final class WatchCheck {

    private static final long PERCENT = 100;
    private static final long FORECAST_FROM = 10;

    /// One thing to be told.
    private sealed interface Notice {
        record Fired(Alert alert) implements Notice {}

        record Rearmed(Alert alert) implements Notice {}

        record TopUp(Credits credits) implements Notice {}
    }

    private WatchCheck() {}

    /// Throws when something had to be told and was not.
    ///
    /// @param fact before which it had to be
    static void requireNothing(AccountBook account, Fact fact, Instant at) {
        var due = next(account, at);
        if (due != null) {
            throw new Mismatch(
                    new Difference(
                            fact.id(),
                            account.id.toString(),
                            "what is to be told first",
                            due.toString(),
                            "nothing"));
        }
    }

    static void fired(AccountBook account, Fact.AlertFired fired) {
        requireNext(account, fired, new Notice.Fired(fired.alert()));
        var at = fired.at();
        Mismatch.unlessEqual(fired, "the quota", new Credits(account.quota(at)), fired.quota());
        Mismatch.unlessEqual(
                fired, "what is used of it", new Credits(account.used(at)), fired.used());
        mark(account, fired.alert(), true);
    }

    static void rearmed(AccountBook account, Fact.AlertRearmed rearmed) {
        requireNext(account, rearmed, new Notice.Rearmed(rearmed.alert()));
        mark(account, rearmed.alert(), false);
    }

    static void topUp(AccountBook account, Fact.TopUpRequested requested) {
        requireNext(account, requested, new Notice.TopUp(requested.credits()));
        var topUps = account.topUps;
        if (topUps != null) {
            topUps.request(requested, account.zone);
        }
    }

    private static void requireNext(AccountBook account, Fact fact, Notice stated) {
        var due = next(account, fact.at());
        Mismatch.unless(
                stated.equals(due),
                fact,
                "what is to be told",
                due == null ? "nothing" : due,
                stated);
    }

    private static void mark(AccountBook account, Alert alert, boolean fired) {
        for (var book : account.alerts) {
            if (book.alert.equals(alert)) {
                book.fired = fired;
            }
        }
    }

    private static @Nullable Notice next(AccountBook account, Instant at) {
        for (var book : account.alerts) {
            boolean crossed = isCrossed(book.alert, account, at);
            if (crossed != book.fired) {
                return crossed ? new Notice.Fired(book.alert) : new Notice.Rearmed(book.alert);
            }
        }
        var topUps = account.topUps;
        long credits =
                topUps == null || account.status != AccountStatus.OPEN
                        ? 0
                        : topUps.due(account.available(at), at);
        return credits == 0 ? null : new Notice.TopUp(new Credits(credits));
    }

    private static boolean isCrossed(Alert alert, AccountBook account, Instant at) {
        return switch (alert) {
            case Alert.Remaining remaining -> account.available(at) < remaining.credits().micros();
            case Alert.Used used -> isUsed(account, at, used.percent(), 1, 1);
            case Alert.Forecast forecast -> {
                long all = Duration.between(account.periodStart, account.periodEnd).toMillis();
                long gone = Duration.between(account.periodStart, at).toMillis();
                yield gone >= all / FORECAST_FROM
                        && isUsed(account, at, forecast.percent(), gone, all);
            }
        };
    }

    /// Whether of a part of the quota so many percent are used.
    private static boolean isUsed(
            AccountBook account, Instant at, int percent, long part, long whole) {
        long quota = account.quota(at);
        return quota > 0
                && product(account.used(at), whole, PERCENT)
                                .compareTo(product(quota, part, percent))
                        >= 0;
    }

    private static BigInteger product(long a, long b, long c) {
        return BigInteger.valueOf(a)
                .multiply(BigInteger.valueOf(b))
                .multiply(BigInteger.valueOf(c));
    }
}
