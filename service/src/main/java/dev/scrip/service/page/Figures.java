package dev.scrip.service.page;

import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Writes figures for people: thousands in groups, money with its currency, times in a stated zone.
final class Figures {

    private static final int MONEY_DECIMALS_MIN = 2;
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm:ss", Locale.ENGLISH);

    private Figures() {}

    static String credits(Credits credits) {
        return grouped(credits.toBigDecimal(), 0);
    }

    static String count(long count) {
        return grouped(BigDecimal.valueOf(count), 0);
    }

    /// Such as `$0.001` or `1.50 EUR`.
    static String money(Money amount, String currency) {
        var figure = grouped(amount.toBigDecimal(), MONEY_DECIMALS_MIN);
        return currency.equals("USD") ? "$" + figure : figure + " " + currency;
    }

    /// A share of 1 as a percentage with one decimal, half up.
    static BigDecimal percent(Credits part, Credits whole) {
        return whole.isPositive()
                ? part.toBigDecimal()
                        .movePointRight(2)
                        .divide(whole.toBigDecimal(), 1, RoundingMode.HALF_UP)
                : BigDecimal.ZERO;
    }

    static String day(Instant instant, ZoneId zone) {
        return DAY.format(instant.atZone(zone));
    }

    static String moment(Instant instant, ZoneId zone) {
        return MOMENT.format(instant.atZone(zone));
    }

    static String second(Instant instant, ZoneId zone) {
        return SECOND.format(instant.atZone(zone));
    }

    /// How long until something, such as `in 8 days`.
    static String until(Instant now, Instant then) {
        var left = Duration.between(now, then);
        if (left.compareTo(Duration.ofDays(2)) >= 0) {
            return "in " + left.toDays() + " days";
        }
        if (left.compareTo(Duration.ofHours(2)) >= 0) {
            return "in " + left.toHours() + " hours";
        }
        return "in " + Math.max(0, left.toMinutes()) + " minutes";
    }

    private static String grouped(BigDecimal figure, int decimalsMin) {
        var format = new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ENGLISH));
        format.setMinimumFractionDigits(decimalsMin);
        format.setMaximumFractionDigits(Math.max(decimalsMin, figure.scale()));
        format.setParseBigDecimal(true);
        return format.format(figure.stripTrailingZeros());
    }
}
