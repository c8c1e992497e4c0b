package dev.scrip.insight;

import dev.scrip.pricing.Circumstances;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import dev.scrip.pricing.PriceBook;
import dev.scrip.pricing.Quote;
import dev.scrip.pricing.UnderCostException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a day of calls would have come to by a price book, hour by hour, beside what its table
/// alone would have charged.
///
/// A load holds until the next one is known. Credits used in the period count from the day's first
/// call on, since what was before is not known here.
///
/// @param hours 24, the first one beginning with the day
/// @param day all hours together
/// @param unknown operations that the price book does not have, with how often they were called
public record DayPreview(List<Hour> hours, Hour day, Map<String, Long> unknown) {

    private static final int HOURS = 24;
    private static final int DECIMALS = 4;

    /// A call of the day.
    public record Call(String operation, BigDecimal quantity, Circumstances circumstances) {}

    /// @param start of the hour, or of the day
    /// @param refused calls that the limits refuse to sell so far under cost; not in the sums
    /// @param load the mean of its readings; null when there are none
    /// @param inForce the ids of the adjustments that moved a price, in the order they first did
    /// @param tableCredits by the table alone
    public record Hour(
            Instant start,
            long calls,
            long refused,
            @Nullable BigDecimal load,
            Set<String> inForce,
            Credits credits,
            Credits tableCredits,
            Money revenue,
            Money tableRevenue,
            Money cost) {

        /// What was charged over what the table says, to four decimals; null when that is nothing.
        public @Nullable BigDecimal factor() {
            return tableCredits.isZero()
                    ? null
                    : credits.toBigDecimal()
                            .divide(tableCredits.toBigDecimal(), DECIMALS, RoundingMode.HALF_EVEN);
        }

        public @Nullable BigDecimal margin() {
            return margin(revenue);
        }

        /// By the table alone.
        public @Nullable BigDecimal tableMargin() {
            return margin(tableRevenue);
        }

        private @Nullable BigDecimal margin(Money earned) {
            return earned.isZero()
                    ? null
                    : earned.minus(cost)
                            .toBigDecimal()
                            .divide(earned.toBigDecimal(), DECIMALS, RoundingMode.HALF_EVEN);
        }
    }

    /// @param start of the day
    /// @param calls in any order; those of other days are left out
    /// @param loads from when on which load was known
    public static DayPreview of(
            PriceBook book,
            Instant start,
            List<Call> calls,
            NavigableMap<Instant, BigDecimal> loads) {
        var sums = new ArrayList<Sum>();
        for (int i = 0; i < HOURS; i++) {
            sums.add(new Sum());
        }
        var on = loadPricesOn(book, loads);
        var used = new HashMap<String, Credits>();
        var unknown = new TreeMap<String, Long>();
        var end = start.plus(Duration.ofHours(HOURS));
        var ordered =
                calls.stream()
                        .filter(call ->
                                !call.circumstances().at().isBefore(start)
                                        && call.circumstances().at().isBefore(end))
                        .sorted(Comparator.comparing(call -> call.circumstances().at()))
                        .toList();
        for (var call : ordered) {
            var at = call.circumstances().at();
            var hour = sums.get((int) Duration.between(start, at).toHours());
            var table = book.quote(call.operation(), call.quantity());
            if (table == null) {
                unknown.merge(call.operation(), 1L, Long::sum);
                continue;
            }
            var load = on.floorEntry(at);
            var known = call.circumstances().under(load == null ? Set.of() : load.getValue());
            var account = known.account();
            if (account != null) {
                known =
                        known.by(
                                account,
                                known.plan(),
                                known.commitment(),
                                used.getOrDefault(account, Credits.ZERO));
            }
            var quote = quote(book, call, known);
            if (quote == null) {
                hour.refused++;
                continue;
            }
            hour.add(quote, table);
            if (account != null) {
                used.merge(account, quote.credits(), Credits::plus);
            }
        }
        var hours = new ArrayList<Hour>();
        var all = new Sum();
        for (int i = 0; i < HOURS; i++) {
            var from = start.plus(Duration.ofHours(i));
            hours.add(sums.get(i).hour(from, mean(loads, from, from.plus(Duration.ofHours(1)))));
            all.add(sums.get(i));
        }
        return new DayPreview(hours, all.hour(start, mean(loads, start, end)), unknown);
    }

    /// Null when the limits of the book refuse the call.
    private static @Nullable Quote quote(PriceBook book, Call call, Circumstances known) {
        try {
            return book.quote(call.operation(), call.quantity(), known);
        } catch (UnderCostException _) {
            return null;
        }
    }

    private static NavigableMap<Instant, Set<String>> loadPricesOn(
            PriceBook book, NavigableMap<Instant, BigDecimal> loads) {
        var on = new TreeMap<Instant, Set<String>>();
        Set<String> before = Set.of();
        for (var reading : loads.entrySet()) {
            before = book.adjustments().loadPricesOn(before, reading.getValue());
            on.put(reading.getKey(), before);
        }
        return on;
    }

    private static @Nullable BigDecimal mean(
            NavigableMap<Instant, BigDecimal> loads, Instant from, Instant to) {
        var readings = loads.subMap(from, true, to, false).values();
        if (readings.isEmpty()) {
            return null;
        }
        var sum = readings.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        return sum.divide(BigDecimal.valueOf(readings.size()), DECIMALS, RoundingMode.HALF_EVEN);
    }

    private static final class Sum {

        private long calls;
        private long refused;
        private final Set<String> inForce = new LinkedHashSet<>();
        private Credits credits = Credits.ZERO;
        private Credits tableCredits = Credits.ZERO;
        private Money revenue = Money.ZERO;
        private Money tableRevenue = Money.ZERO;
        private Money cost = Money.ZERO;

        void add(Quote quote, Quote table) {
            calls++;
            quote.adjustments().forEach(one -> inForce.add(one.id()));
            credits = credits.plus(quote.credits());
            tableCredits = tableCredits.plus(table.credits());
            revenue = revenue.plus(quote.listValue());
            tableRevenue = tableRevenue.plus(table.listValue());
            cost = cost.plus(quote.cost());
        }

        void add(Sum other) {
            calls += other.calls;
            refused += other.refused;
            inForce.addAll(other.inForce);
            credits = credits.plus(other.credits);
            tableCredits = tableCredits.plus(other.tableCredits);
            revenue = revenue.plus(other.revenue);
            tableRevenue = tableRevenue.plus(other.tableRevenue);
            cost = cost.plus(other.cost);
        }

        Hour hour(Instant start, @Nullable BigDecimal load) {
            return new Hour(
                    start,
                    calls,
                    refused,
                    load,
                    new LinkedHashSet<>(inForce),
                    credits,
                    tableCredits,
                    revenue,
                    tableRevenue,
                    cost);
        }
    }
}
