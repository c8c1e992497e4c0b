package dev.scrip.pricingfile;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// Reads the times of logs: `2026-03-01T12:00:00.5Z`, `2026-03-01 12:00:00+01:00`, `2026-03-01`, or
/// seconds or milliseconds since 1970. Without a zone it is UTC.
final class LogTime {

    private static final int DATE_LENGTH = 10;
    private static final int EPOCH_MILLIS_LENGTH = 13;
    private static final int EPOCH_SECONDS_LENGTH = 10;

    private LogTime() {}

    /// The instant, or null if the text is no time.
    static @Nullable Instant of(String text) {
        try {
            return text.indexOf('-', 1) < 0 ? sinceEpoch(text) : civil(text);
        } catch (DateTimeException | NumberFormatException | IndexOutOfBoundsException e) {
            return null;
        }
    }

    private static @Nullable Instant sinceEpoch(String text) {
        var figure = PlainDecimal.of(text);
        if (figure == null || figure.signum() < 0) {
            return null;
        }
        int whole = figure.precision() - figure.scale();
        return switch (whole) {
            case EPOCH_MILLIS_LENGTH -> Instant.ofEpochMilli(figure.longValue());
            case EPOCH_SECONDS_LENGTH -> Instant.ofEpochMilli(figure.movePointRight(3).longValue());
            default -> null;
        };
    }

    private static @Nullable Instant civil(String text) {
        if (text.charAt(4) != '-' || text.charAt(7) != '-') {
            return null;
        }
        var date = LocalDate.of(digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10));
        long day = date.toEpochDay() * 86_400;
        if (text.length() == DATE_LENGTH) {
            return Instant.ofEpochSecond(day);
        }
        char between = text.charAt(DATE_LENGTH);
        if ((between != 'T' && between != ' ') || text.charAt(13) != ':') {
            return null;
        }
        int hour = digits(text, 11, 13);
        int minute = digits(text, 14, 16);
        int position = 16;
        int second = 0;
        int nanos = 0;
        if (position < text.length() && text.charAt(position) == ':') {
            second = digits(text, 17, 19);
            position = 19;
            if (position < text.length() && text.charAt(position) == '.') {
                int end = position + 1;
                while (end < text.length() && Character.isDigit(text.charAt(end))) {
                    end++;
                }
                nanos = nanos(text, position + 1, end);
                position = end;
            }
        }
        if (hour > 23 || minute > 59 || second > 59) {
            return null;
        }
        long local = day + hour * 3_600L + minute * 60L + second;
        return Instant.ofEpochSecond(local - offsetSeconds(text.substring(position)), nanos);
    }

    private static int offsetSeconds(String zone) {
        if (zone.isEmpty() || zone.equals("Z") || zone.equals(" UTC")) {
            return 0;
        }
        return ZoneOffset.of(zone).getTotalSeconds();
    }

    private static int nanos(String text, int from, int to) {
        if (to == from) {
            throw new NumberFormatException(text);
        }
        int nanos = 0;
        for (int i = 0; i < 9; i++) {
            nanos = nanos * 10 + (from + i < to ? digits(text, from + i, from + i + 1) : 0);
        }
        return nanos;
    }

    private static int digits(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                throw new NumberFormatException(text);
            }
            value = value * 10 + (c - '0');
        }
        return value;
    }
}
