package dev.scrip.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

final class JsonWriterTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 0.000001",
        "500000, 0.5",
        "1000000, 1",
        "1500000, 1.5",
        "17022500000, 17022.5",
        "-500000, -0.5",
        "-1500001, -1.500001",
        "9223372036854775807, 9223372036854.775807",
        "-9223372036854775808, -9223372036854.775808",
    })
    void creditsAreExactNumbers(long micros, String written) {
        assertThat(new JsonWriter().beginObject().field("c", new Credits(micros)).toString())
                .isEqualTo("{\"c\":" + written);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.000000",
        "0.1, 0.100000",
        "29, 29.000000",
        "0.0002, 0.000200",
        "0.000000001, 0.000000001",
        "1234.5678901, 1234.5678901",
        "-0.5, -0.500000",
    })
    void moneyHasSixDecimalsAndMoreWhenItNeedsThem(String amount, String written) {
        assertThat(
                        new JsonWriter()
                                .beginObject()
                                .field("m", Money.parse(amount), "USD")
                                .endObject()
                                .toString())
                .isEqualTo("{\"m\":{\"amount\":\"" + written + "\",\"currency\":\"USD\"}}");
    }

    @Test
    void membersAndElementsAreSeparated() {
        var json =
                new JsonWriter(1)
                        .beginObject()
                        .field("a", 7)
                        .beginArray("b")
                        .element("x")
                        .element("y")
                        .endArray()
                        .beginArray("c")
                        .beginObject()
                        .endObject()
                        .beginObject()
                        .field("d", true)
                        .endObject()
                        .endArray()
                        .beginObject("e")
                        .endObject()
                        .field("f", (@Nullable String) null)
                        .field("g", new BigDecimal("100.50"))
                        .field("h", new BigDecimal("1E+3"))
                        .field("i", BigDecimal.ZERO.setScale(4))
                        .field("j", (@Nullable BigDecimal) null)
                        .field("k", Instant.EPOCH)
                        .field("l", -12)
                        .endObject();

        assertThat(json.toString())
                .isEqualTo(
                        "{\"a\":7,\"b\":[\"x\",\"y\"],\"c\":[{},{\"d\":true}],\"e\":{},\"f\":null,"
                                + "\"g\":100.5,\"h\":1000,\"i\":0,\"j\":null,"
                                + "\"k\":\"1970-01-01T00:00:00Z\",\"l\":-12}");
    }

    @Test
    void anyTextReadsBackAsItWas() {
        long seed = 20_261_122;
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 2_000; i++) {
            var text = new StringBuilder();
            for (int n = random.nextInt(20); n > 0; n--) {
                int c =
                        switch (random.nextInt(4)) {
                            case 0 -> random.nextInt(0x80);
                            case 1 -> random.nextInt(0x800);
                            case 2 -> random.nextInt(0x10000);
                            default -> random.nextInt(0x110000);
                        };
                boolean surrogate = c >= 0xD800 && c <= 0xDFFF;
                text.appendCodePoint(surrogate ? 'x' : c);
            }
            var written = new JsonWriter().beginObject().field("t", text.toString()).endObject();
            assertThat(JSON.readTree(written.toString()).get("t").stringValue())
                    .as("seed %d, run %d", seed, i)
                    .isEqualTo(text.toString());
        }
    }
}
