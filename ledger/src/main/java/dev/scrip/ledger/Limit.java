package dev.scrip.ledger;

import dev.scrip.pricing.Credits;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import org.jspecify.annotations.Nullable;

/// A bound on what an account may do, beside its credits: [Rate] on how often, [Cap] on how much.
public sealed interface Limit {

    /// Tells the limits of an account apart, such as `rpm`.
    String id();

    Scope scope();

    /// Which calls a limit is about: all, or those with one of the customer's keys, of an operation
    /// or a family of operations (`image.*`), or both.
    ///
    /// @param apiKey null for any
    /// @param operation null for any
    record Scope(@Nullable String apiKey, @Nullable String operation) {

        public static final Scope ALL = new Scope(null, null);

        /// What is lent for any operation may be used for the one that is limited.
        boolean covers(RatedUsage usage) {
            return (apiKey == null || apiKey.equals(usage.apiKey()))
                    && (operation == null
                            || usage.isForAnyOperation()
                            || OperationPattern.matches(operation, usage.operation()));
        }
    }

    /// At most so many calls in a time that slides: the generic cell rate algorithm, so that a
    /// burst of all of them is allowed, and then one each `per / calls`.
    ///
    /// @param calls 1 to [#CALLS_MAX]
    /// @param per a second to a day
    record Rate(String id, Scope scope, int calls, Duration per) implements Limit {

        public static final int CALLS_MAX = 1_000_000;
        public static final Duration PER_MAX = Duration.ofDays(1);

        public Rate {
            if (calls < 1 || calls > CALLS_MAX) {
                throw new IllegalArgumentException(
                        "The calls (" + calls + ") of rate limit " + id + " must be 1 to 1000000.");
            }
            if (per.compareTo(Duration.ofSeconds(1)) < 0 || per.compareTo(PER_MAX) > 0) {
                throw new IllegalArgumentException(
                        "The time (" + per + ") of rate limit " + id + " must be 1 s to 1 day.");
            }
        }

        long perNanos() {
            return per.toNanos();
        }

        long betweenNanos() {
            return perNanos() / calls;
        }
    }

    /// At most so many credits in each day, week or month of the account's zone.
    ///
    /// @param credits zero or more
    record Cap(String id, Scope scope, Window window, Credits credits) implements Limit {

        public Cap {
            if (credits.micros() < 0) {
                throw new IllegalArgumentException(
                        "The credits (" + credits + ") of cap " + id + " must not be negative.");
            }
        }
    }

    /// Over which a cap counts: from one local midnight, Monday or first of a month to the next.
    enum Window {
        DAY,
        WEEK,
        MONTH;

        /// When the window that an instant is in ends.
        Instant endAfter(Instant instant, ZoneId zone) {
            var day = LocalDate.ofInstant(instant, zone);
            var next =
                    switch (this) {
                        case DAY -> day.plusDays(1);
                        case WEEK -> day.with(TemporalAdjusters.next(DayOfWeek.MONDAY));
                        case MONTH -> day.with(TemporalAdjusters.firstDayOfNextMonth());
                    };
            return next.atStartOfDay(zone).toInstant();
        }
    }
}
