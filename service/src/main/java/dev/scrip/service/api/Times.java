package dev.scrip.service.api;

import dev.scrip.service.http.JsonReader;
import dev.scrip.service.http.ProblemType;
import dev.scrip.service.http.Quoted;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// Times in requests: RFC 3339 with an offset, to the microsecond, from 1970 to 9999.
final class Times {

    private static final int FRACTION_DIGITS_MAX = 6;

    /// Where the seconds end.
    private static final int SECONDS_END = "2026-12-31T23:59:59".length();

    private Times() {}

    static Instant read(JsonReader json) {
        var text = json.text();
        var instant = parse(text);
        if (instant == null) {
            throw json.problem(
                    ProblemType.INVALID_TIME,
                    "must be a time from 1970 to 9999 with an offset, such as"
                            + " 2026-12-31T23:59:59Z, but was "
                            + Quoted.of(text));
        }
        return instant;
    }

    /// Null for what is no such time. By hand, because the formatter of the JDK takes as long as
    /// all else that a usage event needs to be read, and allows more than this.
    static @Nullable Instant parse(String text) {
        if (text.length() <= SECONDS_END || !hasSeparators(text)) {
            return null;
        }
        int offsetAt = SECONDS_END;
        int nanos = 0;
        if (text.charAt(offsetAt) == '.') {
            offsetAt++;
            while (offsetAt < text.length() && isDigit(text.charAt(offsetAt))) {
                offsetAt++;
            }
            nanos = nanos(text, offsetAt);
        }
        try {
            var local =
                    LocalDateTime.of(
                            figure(text, 0, 4),
                            figure(text, 5, 7),
                            figure(text, 8, 10),
                            figure(text, 11, 13),
                            figure(text, 14, 16),
                            figure(text, 17, SECONDS_END),
                            nanos);
            var instant = local.toInstant(offset(text, offsetAt));
            return instant.isBefore(Instant.EPOCH) ? null : instant;
        } catch (DateTimeException _) {
            return null;
        }
    }

    private static boolean hasSeparators(String text) {
        return text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && text.charAt(10) == 'T'
                && text.charAt(13) == ':'
                && text.charAt(16) == ':';
    }

    /// Between the point and the offset.
    private static int nanos(String text, int end) {
        int digits = end - SECONDS_END - 1;
        if (digits == 0 || digits > FRACTION_DIGITS_MAX) {
            return -1;
        }
        int nanos = figure(text, SECONDS_END + 1, end);
        for (int i = digits; i < 9; i++) {
            nanos *= 10;
        }
        return nanos;
    }

    private static ZoneOffset offset(String text, int from) {
        var offset = text.substring(from);
        if (!offset.equals("Z") && offset.length() != "+00:00".length()) {
            throw new DateTimeException(offset);
        }
        return ZoneOffset.of(offset);
    }

    /// The figure that the digits from one place up to another write, or -1, which no part of a
    /// time can be.
    private static int figure(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (!isDigit(c)) {
                return -1;
            }
            value = 10 * value + (c - '0');
        }
        return value;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
