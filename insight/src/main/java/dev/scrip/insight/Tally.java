package dev.scrip.insight;

import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// What calls came to.
///
/// @param calls that were charged
/// @param refused that the account could not pay, or its limits forbade
/// @param unpriced of an operation that the price book does not have
/// @param credits that were charged
/// @param revenue the credits at list price
/// @param cost of the calls that were charged
public record Tally(
        long calls, long refused, long unpriced, Credits credits, Money revenue, Money cost) {

    private static final int DECIMALS = 6;

    /// Share of revenue that cost leaves, half even to six decimals; null without revenue.
    public @Nullable BigDecimal margin() {
        return revenue.isZero()
                ? null
                : revenue.minus(cost)
                        .toBigDecimal()
                        .divide(revenue.toBigDecimal(), DECIMALS, RoundingMode.HALF_EVEN);
    }

    /// Adds up while calls are replayed; a million a second leave no time for records.
    static final class Sum {

        private long calls;
        private long refused;
        private long unpriced;
        private long creditMicros;
        private long revenueNanos;
        private long costNanos;

        void charged(Credits credits, Money revenue, Money cost) {
            calls++;
            creditMicros = Math.addExact(creditMicros, credits.micros());
            revenueNanos = Math.addExact(revenueNanos, revenue.nanos());
            costNanos = Math.addExact(costNanos, cost.nanos());
        }

        void refused() {
            refused++;
        }

        void unpriced() {
            unpriced++;
        }

        Tally toTally() {
            return new Tally(
                    calls,
                    refused,
                    unpriced,
                    new Credits(creditMicros),
                    new Money(revenueNanos),
                    new Money(costNanos));
        }
    }
}
