package dev.scrip.service.api;

import dev.scrip.service.http.JsonReader;
import dev.scrip.service.http.ProblemType;
import dev.scrip.service.http.Quoted;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.regex.Pattern;

/// Times in requests: RFC 3339 with an offset, to the microsecond, from 1970 to 9999.
final class Times {

    // Stricter than the formatter, which lets the seconds go and knows years of ten digits.
    private static final Pattern FORM =
            Pattern.compile(
                    "\\d{4}-\\d{2}-\\d{2}T([01]\\d|2[0-3]):\\d{2}:\\d{2}(\\.\\d{1,6})?"
                            + "(Z|[+-]\\d{2}:\\d{2})");
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ISO_OFFSET_DATE_TIME.withResolverStyle(ResolverStyle.STRICT);

    private Times() {}

    static Instant read(JsonReader json) {
        var text = json.text();
        if (FORM.matcher(text).matches()) {
            try {
                var instant = OffsetDateTime.parse(text, FORMAT).toInstant();
                if (!instant.isBefore(Instant.EPOCH)) {
                    return instant;
                }
            } catch (DateTimeException _) {
                // Falls through to the problem: a day or an offset that does not exist.
            }
        }
        throw json.problem(
                ProblemType.INVALID_TIME,
                "must be a time from 1970 to 9999 with an offset, such as 2026-12-31T23:59:59Z, but"
                        + " was "
                        + Quoted.of(text));
    }
}
