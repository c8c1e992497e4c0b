package dev.scrip.metering;

import dev.scrip.pricing.Adjustment;
import dev.scrip.pricing.PriceBook;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// How high the load is, as somebody said it last, and which load prices are on by it.
///
/// Each workspace has a load of its own; where nobody says one, that of the whole process counts. A
/// load nobody has confirmed for [#NEWS_WITHIN] is not known any more, and puts no price up. All of
/// it is in memory: after a restart no load price is on until the load is said again.
public final class LoadWatch {

    public static final Duration NEWS_WITHIN = Duration.ofMinutes(2);

    /// Stands for the whole process; no workspace is called so.
    private static final String EVERYWHERE = "";

    private final Map<String, Reading> readings = new ConcurrentHashMap<>();

    /// A load that was said.
    ///
    /// @param load where 1 is full capacity
    /// @param at to the microsecond, as all times that are shown
    /// @param on the ids of the load prices that are on by it
    public record Reading(BigDecimal load, Instant at, Set<String> on) {

        public Reading {
            at = at.truncatedTo(ChronoUnit.MICROS);
            on = Set.copyOf(on);
        }

        private boolean isNews(Instant now) {
            return at.plus(NEWS_WITHIN).isAfter(now);
        }
    }

    /// Takes in the load of a workspace.
    ///
    /// @param priceBook the one in force
    /// @throws IllegalArgumentException if it is no load
    public void put(String workspace, BigDecimal load, PriceBook priceBook, Instant now) {
        Adjustment.LoadPrice.requireLoad(load);
        readings.compute(
                workspace,
                (_, before) ->
                        new Reading(
                                load,
                                now,
                                priceBook.adjustments().loadPricesOn(on(before, now), load)));
    }

    /// Takes in the load of the whole process.
    ///
    /// @param priceBook the one in force
    /// @throws IllegalArgumentException if it is no load
    public void putEverywhere(BigDecimal load, PriceBook priceBook, Instant now) {
        put(EVERYWHERE, load, priceBook, now);
    }

    /// What is known of the load of a workspace; null when it is not known, or not any more.
    public @Nullable Reading reading(String workspace, Instant now) {
        var own = readings.get(workspace);
        if (own != null && own.isNews(now)) {
            return own;
        }
        var all = readings.get(EVERYWHERE);
        return all != null && all.isNews(now) ? all : null;
    }

    /// Which load prices are on. Another price book than the one at the last reading decides by
    /// that reading.
    Set<String> on(String workspace, PriceBook priceBook, Instant now) {
        var reading = reading(workspace, now);
        return reading == null
                ? Set.of()
                : priceBook.adjustments().loadPricesOn(reading.on(), reading.load());
    }

    private static Set<String> on(@Nullable Reading before, Instant now) {
        return before != null && before.isNews(now) ? before.on() : Set.of();
    }
}
