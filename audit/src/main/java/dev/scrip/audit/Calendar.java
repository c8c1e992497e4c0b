package dev.scrip.audit;

import dev.scrip.ledger.Limit;
import dev.scrip.ledger.PlanTerms;
import java.time.Instant;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneId;

/// When periods and windows end by the calendar of an account.
final class Calendar {

    private static final int DAYS_OF_WEEK = 7;

    private Calendar() {}

    /// The instant so many intervals after another, counted from it at once: a month after 31
    /// January is 28 February, two months after it 31 March.
    static Instant after(Instant anchor, ZoneId zone, PlanTerms.Interval interval, int count) {
        var period =
                switch (interval) {
                    case DAY -> Period.ofDays(count);
                    case WEEK -> Period.ofDays(Math.multiplyExact(DAYS_OF_WEEK, count));
                    case MONTH -> Period.ofMonths(count);
                    case YEAR -> Period.ofYears(count);
                };
        return anchor.atZone(zone).plus(period).toInstant();
    }

    /// The next midnight, the midnight before the next Monday, or before the next first of a month.
    static Instant windowEnd(Limit.Window window, Instant instant, ZoneId zone) {
        var day = instant.atZone(zone).toLocalDate();
        var next =
                switch (window) {
                    case DAY -> day.plusDays(1);
                    case WEEK -> day.plusDays(1 + DAYS_OF_WEEK - day.getDayOfWeek().getValue());
                    case MONTH -> YearMonth.from(day).plusMonths(1).atDay(1);
                };
        return next.atStartOfDay(zone).toInstant();
    }
}
