package dev.scrip.pricingfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scrip.pricing.BurnPreference;
import dev.scrip.pricing.CostRates;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import dev.scrip.pricing.OperationPrice;
import dev.scrip.pricing.Plan;
import dev.scrip.pricing.PlanInterval;
import dev.scrip.pricing.PriceBook;
import dev.scrip.pricing.Rollover;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PriceBookDocumentTest {

    private static final Path EXAMPLES =
            Path.of(System.getProperty("scrip.home", ".."), "examples");

    @ParameterizedTest
    @ValueSource(strings = {"image-api", "llm-api", "dynamic"})
    void anExampleIsReadBackExactly(String example) {
        var book =
                PricingFile.read(EXAMPLES.resolve(example + "/pricing.yaml"))
                        .toPriceBook("pb_12", Instant.parse("2026-01-31T23:59:59.123456789Z"));
        assertThat(PriceBookDocument.read("book", PriceBookDocument.write(book))).isEqualTo(book);
    }

    @Test
    void theTextIsStable() {
        assertThat(PriceBookDocument.write(small("Upload")))
                .isEqualTo(
                        """
                        format: scrip-price-book/1
                        version: "pb_1"
                        effective_from: "1970-01-01T00:00:00Z"
                        currency: "USD"
                        credit_price: 0.001
                        cost_rates:
                          compute_per_second: 0
                          memory_per_gb_second: 0
                          storage_per_gb: 0
                          bandwidth_per_gb: 0
                          third_party:
                            "model.token": 0.0000025
                        operations:
                          "image.upload":
                            title: "Upload"
                            credits: 0.5
                            unit_cost: 0.000000001
                            margin_floor: 0.50
                        plans: {}
                        """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "~",
                "yes",
                "5",
                "a: b",
                "# not a remark",
                "\"quoted\"",
                "back\\slash",
                "line\nbreak",
                "\ttab",
                "\u0000",
                "\u007f\u0085",
                "\u2028\u2029",
                "\uFEFF",
                "Größe",
                "日本語",
                "emoji 🎉",
                "%{x}",
                "*alias &anchor !tag",
                "- dash",
                "'single'",
                "é\u0301"
            })
    void anyTitleIsReadBackExactly(String title) {
        var book = small(title);
        var text = PriceBookDocument.write(book);
        assertThat(PriceBookDocument.read("book", text)).isEqualTo(book);
        assertThat(PriceBookDocument.write(PriceBookDocument.read("book", text))).isEqualTo(text);
    }

    @Test
    void anyBookIsReadBackExactly() {
        long seed = Long.getLong("scrip.seed", System.nanoTime());
        System.out.println("seed " + seed);
        var random = new SplittableRandom(seed);
        for (int round = 0; round < 300; round++) {
            var operations = new TreeMap<String, OperationPrice>();
            for (int i = 0; i <= random.nextInt(5); i++) {
                var id = "op." + i;
                operations.put(
                        id,
                        new OperationPrice(
                                id,
                                "t" + random.nextInt(),
                                new Credits(anyAmount(random)),
                                new Money(anyAmount(random)),
                                Money.ZERO,
                                BigDecimal.valueOf(random.nextInt(1000), 3)));
            }
            var plans = new TreeMap<String, Plan>();
            for (int i = 0; i < random.nextInt(3); i++) {
                plans.put(
                        "p" + i,
                        new Plan(
                                "p" + i,
                                "P",
                                new Money(anyAmount(random)),
                                new Credits(anyAmount(random)),
                                PlanInterval.values()[random.nextInt(4)],
                                new Rollover(
                                        BigDecimal.valueOf(random.nextInt(3), 1),
                                        random.nextBoolean()
                                                ? new Credits(anyAmount(random))
                                                : null)));
            }
            var units = new TreeMap<String, BigDecimal>();
            for (int i = 0; i < random.nextInt(3); i++) {
                units.put("m" + i + ".token", BigDecimal.valueOf(anyAmount(random) >>> 1, 18));
            }
            var rates =
                    new CostRates(
                            BigDecimal.valueOf(random.nextInt(1000), random.nextInt(18)),
                            BigDecimal.ZERO,
                            new BigDecimal("0.10"),
                            BigDecimal.ONE,
                            units);
            var book =
                    new PriceBook(
                            "pb_" + round,
                            Instant.ofEpochSecond(
                                    random.nextLong(4_000_000_000L), random.nextInt(1_000_000_000)),
                            "USD",
                            new Money(anyAmount(random)),
                            rates,
                            operations,
                            plans,
                            BurnPreference.values()[random.nextInt(2)]);
            assertThat(PriceBookDocument.read("book", PriceBookDocument.write(book)))
                    .isEqualTo(book);
        }
    }

    private static long anyAmount(RandomGenerator random) {
        return random.nextLong() >>> random.nextInt(1, 63);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "scrip-price-book/1 | scrip-price-book/2 | book:1: format: is another format",
                "credit_price: 0.001 | credit_price: 1e-3 | book:5: credit_price: \"1e-3\" is none",
                "credit_price: 0.001 | credit_price: 0.0000000001 | has too many decimals",
                "credits: 0.5 | credits: 0.0000005 | has too many decimals",
                "credits: 0.5 | credits: -1 | \"-1\" is none",
                "credits: 0.5 | kredits: 0.5 | Did you mean credits?",
                "plans: {} | plan: {} | book:1: plans: is missing",
                "1970-01-01T00:00:00Z | 1970-01-01 | is no instant",
                "margin_floor: 0.50 | margin_floor: 50 | must be in [0, 1)"
            })
    void aDamagedTextIsNotRead(String good, String bad, String problem) {
        var text = PriceBookDocument.write(small("Upload"));
        assertThat(text).contains(good);
        assertThatThrownBy(() -> PriceBookDocument.read("book", text.replace(good, bad)))
                .isInstanceOf(PricingFileException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void everyPrefixOfATextIsRefusedCleanly() {
        var text = PriceBookDocument.write(small("Upload"));
        for (int length = 0; length < text.length() - 1; length++) {
            var prefix = text.substring(0, length);
            if (prefix.endsWith("plans: {")) {
                continue;
            }
            assertThatThrownBy(() -> PriceBookDocument.read("book", prefix))
                    .as("the first %d characters", prefix.length())
                    .isInstanceOf(PricingFileException.class);
        }
    }

    @Test
    void aRateThatIsNoPlainDecimalIsNotWritten() {
        var rates =
                new CostRates(
                        new BigDecimal("1E+3"),
                        BigDecimal.ZERO,
                        BigDecimal.ZERO,
                        BigDecimal.ZERO,
                        new TreeMap<>());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PriceBookDocument.write(book("Upload", rates)))
                .withMessageContaining("1E+3");
    }

    private static PriceBook small(String title) {
        return book(
                title,
                new CostRates(
                        BigDecimal.ZERO,
                        BigDecimal.ZERO,
                        BigDecimal.ZERO,
                        BigDecimal.ZERO,
                        new TreeMap<>(Map.of("model.token", new BigDecimal("0.0000025")))));
    }

    private static PriceBook book(String title, CostRates rates) {
        var operations = new TreeMap<String, OperationPrice>();
        operations.put(
                "image.upload",
                new OperationPrice(
                        "image.upload",
                        title,
                        Credits.parse("0.5"),
                        new Money(1),
                        Money.ZERO,
                        new BigDecimal("0.50")));
        return new PriceBook(
                "pb_1",
                Instant.EPOCH,
                "USD",
                Money.parse("0.001"),
                rates,
                operations,
                new TreeMap<>());
    }
}
