package dev.scrip.cli;

import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Ladder;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/// How values of a command line are read, in every command alike.
final class Converters {

    private static final Pattern PLAIN = Pattern.compile("\\d{1,13}(\\.\\d{1,18})?");
    private static final Pattern MANY_DIGITS = Pattern.compile("\\d+(\\.\\d+)?");
    private static final Pattern EXPONENT = Pattern.compile("[-+]?[\\d.]+[eE][-+]?\\d+");
    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}");
    private static final int DATE_LENGTH = 10;

    private Converters() {}

    static void registerAt(CommandLine command) {
        command.registerConverter(BigDecimal.class, Converters::figure);
        command.registerConverter(Credits.class, Converters::credits);
        command.registerConverter(int.class, Converters::count);
        command.registerConverter(long.class, Converters::whole);
        command.registerConverter(LocalDate.class, Converters::day);
        command.registerConverter(Instant.class, Converters::time);
        command.registerConverter(Ladder.class, Converters::ladder);
    }

    /// A plain decimal that is not negative.
    static BigDecimal figure(String text) {
        if (PLAIN.matcher(text).matches()) {
            return new BigDecimal(text);
        }
        if (MANY_DIGITS.matcher(text).matches()) {
            throw unusable(
                    text,
                    "has too many digits; expected at most 13 before the point and 18 after it");
        }
        throw unusable(
                text,
                "is no plain decimal such as 112.5"
                        + (EXPONENT.matcher(text).matches()
                                ? "; write it without an exponent"
                                : text.startsWith("-")
                                                && MANY_DIGITS.matcher(text.substring(1)).matches()
                                        ? "; it must not be negative"
                                        : text.indexOf(',') >= 0
                                                ? "; write a point before the decimals, and no comma"
                                                : ""));
    }

    private static Credits credits(String text) {
        var figure = figure(text);
        try {
            return Credits.of(figure, RoundingMode.UNNECESSARY);
        } catch (IllegalArgumentException e) {
            throw unusable(text, "are no credits such as 0.5 or 250, with at most 6 decimals");
        }
    }

    private static int count(String text) {
        long value = whole(text);
        if (value != (int) value) {
            throw unusable(text, "is too large; expected at most " + Integer.MAX_VALUE);
        }
        return (int) value;
    }

    private static long whole(String text) {
        if (!WHOLE.matcher(text).matches()) {
            throw unusable(text, "is no whole number such as 30");
        }
        return Long.parseLong(text);
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException _) {
            throw unusable(text, "is no date such as 2027-03-01");
        }
    }

    /// An instant, or a day, which begins at midnight in UTC.
    private static Instant time(String text) {
        try {
            return text.length() == DATE_LENGTH
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException _) {
            throw unusable(
                    text, "is no day such as 2027-01-01, and no time such as 2027-01-01T06:00:00Z");
        }
    }

    private static Ladder ladder(String text) {
        try {
            return Ladder.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }

    private static TypeConversionException unusable(String text, String problem) {
        return new TypeConversionException("'" + text + "' " + problem);
    }
}
