package dev.scrip.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// An instant, or a day, which begins at midnight in UTC.
final class EffectiveConverter implements ITypeConverter<Instant> {

    private static final int DATE_LENGTH = 10;

    @Override
    public Instant convert(String text) {
        try {
            return text.length() == DATE_LENGTH
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException _) {
            throw new TypeConversionException(
                    "'"
                            + text
                            + "' is no day such as 2027-01-01, and no time such as"
                            + " 2027-01-01T06:00:00Z");
        }
    }
}
