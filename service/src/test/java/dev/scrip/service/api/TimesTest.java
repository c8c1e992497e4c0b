package dev.scrip.service.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Random;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {

    private static final Pattern FORM =
            Pattern.compile(
                    "\\d{4}-\\d{2}-\\d{2}T([01]\\d|2[0-3]):\\d{2}:\\d{2}(\\.\\d{1,6})?"
                            + "(Z|[+-]\\d{2}:\\d{2})");
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ISO_OFFSET_DATE_TIME.withResolverStyle(ResolverStyle.STRICT);

    @ParameterizedTest
    @CsvSource({
        "2026-12-31T23:59:59Z, 2026-12-31T23:59:59Z",
        "2026-12-31T23:59:59.5Z, 2026-12-31T23:59:59.5Z",
        "2026-12-31T23:59:59.000001+02:00, 2026-12-31T21:59:59.000001Z",
        "2028-02-29T00:00:00-18:00, 2028-02-29T18:00:00Z",
        "1970-01-01T00:00:00Z, 1970-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999Z, 9999-12-31T23:59:59.999999Z"
    })
    void aTimeWithItsOffsetIsRead(String text, Instant instant) {
        assertThat(Times.parse(text)).isEqualTo(instant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-12-31",
                "2026-12-31T23:59:59",
                "2026-12-31T23:59Z",
                "2026-12-31 23:59:59Z",
                "2026-12-31t23:59:59z",
                "2026-02-29T00:00:00Z",
                "2026-12-31T24:00:00Z",
                "2026-12-31T23:59:60Z",
                "2026-12-31T23:59:59.Z",
                "2026-12-31T23:59:59.0000001Z",
                "2026-12-31T23:59:59+18:01",
                "2026-12-31T23:59:59+0200",
                "2026-12-31T23:59:59+02",
                "2026-12-31T23:59:59+02:00:00",
                "2026-12-31T23:59:59Z ",
                "1969-12-31T23:59:59Z",
                "-026-12-31T23:59:59Z",
                "2026-1\u0662-31T23:59:59Z"
            })
    void whatIsNoSuchTimeIsNotRead(String text) {
        assertThat(Times.parse(text)).isNull();
    }

    @Test
    void readsWhatTheJdkReadsInThisForm() {
        long seed = 20_261_124;
        var random = new Random(seed);
        int times = 0;
        for (int i = 0; i < 200_000; i++) {
            var text = nearlyATime(random);
            var expected = byTheJdk(text);
            assertThat(Times.parse(text)).as("%s, seed %s", text, seed).isEqualTo(expected);
            times += expected == null ? 0 : 1;
        }
        assertThat(times).isGreaterThan(20_000);
    }

    /// One in two has a character of another time or of none somewhere.
    private static String nearlyATime(Random random) {
        var seconds = random.nextLong(-100_000_000L, 253_402_300_800L);
        var text = new StringBuilder(Instant.ofEpochSecond(seconds).toString());
        text.setLength(text.length() - 1);
        if (random.nextBoolean()) {
            text.append('.').append(random.nextInt(1, 10_000_000));
        }
        text.append(
                random.nextBoolean()
                        ? "Z"
                        : "%s%02d:%02d"
                                .formatted(
                                        random.nextBoolean() ? "+" : "-",
                                        random.nextInt(20),
                                        random.nextInt(62)));
        if (random.nextBoolean()) {
            var characters = "0123456789-+:.TZ z";
            text.setCharAt(
                    random.nextInt(text.length()),
                    characters.charAt(random.nextInt(characters.length())));
        }
        return text.toString();
    }

    private static @Nullable Instant byTheJdk(String text) {
        if (!FORM.matcher(text).matches()) {
            return null;
        }
        try {
            var instant = OffsetDateTime.parse(text, FORMAT).toInstant();
            return instant.isBefore(Instant.EPOCH) ? null : instant;
        } catch (DateTimeException _) {
            return null;
        }
    }
}
