package dev.scrip.ledger;

import dev.scrip.pricing.Credits;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Notices what an account's balance has come to: alerts that are crossed or recovered, and top-ups
/// that are to be asked for. Like [Ledger#settle], it answers and changes nothing.
final class Watch {

    private static final BigInteger PERCENT = BigInteger.valueOf(100);

    /// Before a tenth of the period a forecast says little.
    private static final int FORECAST_FROM = 10;

    private Watch() {}

    static List<Fact> notice(Account account, long seq, Instant now) {
        if (account.alerts.isEmpty() && account.topUps == null) {
            return List.of();
        }
        var facts = new ArrayList<Fact>(1);
        var available = account.available(now);
        long next = seq;
        for (var state : account.alerts) {
            boolean crossed = isCrossed(state.alert(), account, available, now);
            if (crossed && !state.fired()) {
                facts.add(
                        new Fact.AlertFired(
                                next++,
                                now,
                                account.id,
                                state.alert(),
                                account.grants.quota(now),
                                account.grants.used(now),
                                available));
            } else if (!crossed && state.fired()) {
                facts.add(new Fact.AlertRearmed(next++, now, account.id, state.alert(), available));
            }
        }
        if (account.topUps != null && account.status == AccountStatus.OPEN) {
            var credits = account.topUps.due(available, now);
            if (credits.isPositive()) {
                facts.add(new Fact.TopUpRequested(next, now, account.id, credits, available));
            }
        }
        return facts;
    }

    private static boolean isCrossed(Alert alert, Account account, Credits available, Instant now) {
        return switch (alert) {
            case Alert.Remaining remaining -> available.compareTo(remaining.credits()) < 0;
            case Alert.Used used -> {
                var quota = account.grants.quota(now);
                yield quota.isPositive()
                        && isAtLeast(account.grants.used(now), used.percent(), quota, 1, 1);
            }
            case Alert.Forecast forecast -> {
                long period = millis(account.periodStart, account.periodEnd);
                long elapsed = millis(account.periodStart, now);
                var quota = account.grants.quota(now);
                yield quota.isPositive()
                        && elapsed >= period / FORECAST_FROM
                        && isAtLeast(
                                account.grants.used(now),
                                forecast.percent(),
                                quota,
                                period,
                                elapsed);
            }
        };
    }

    /// used / quota >= percent / 100 when `elapsed` of a period is extended to all of it.
    private static boolean isAtLeast(
            Credits used, int percent, Credits quota, long period, long elapsed) {
        var share = number(used.micros()).multiply(number(period)).multiply(PERCENT);
        var threshold = number(quota.micros()).multiply(number(elapsed)).multiply(number(percent));
        return share.compareTo(threshold) >= 0;
    }

    private static BigInteger number(long number) {
        return BigInteger.valueOf(number);
    }

    private static long millis(Instant from, Instant to) {
        return Duration.between(from, to).toMillis();
    }
}
