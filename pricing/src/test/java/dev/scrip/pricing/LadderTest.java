package dev.scrip.pricing;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.scrip.pricing.Ladder.Rounding;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LadderTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ':',
            value = {
                "1-2.5-5      : 1,2.5,5,10,25,50,100,250,500,1000,2500,5000",
                "1-2-5        : 1,2,5,10,20,50,100,200,500,1000,2000,5000",
                "1-2-5-10-25  : 1,2,5,10,25,50,100,250,500,1000,2500,5000",
                "1-5-10-50    : 1,5,10,50,100,500,1000,5000"
            })
    void aNamedLadderRepeatsOverTheDecades(String name, String start) {
        var expected = decimals(start.split(","));
        var ladder = Ladder.named(name);
        assertThat(ladder.values()).startsWith(expected.toArray(BigDecimal[]::new));
        assertThat(ladder.values().getLast()).isEqualTo(new BigDecimal("10000000"));
        assertThat(ladder.toString()).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        // the article: cost ratios and value multipliers to friendly numbers
        "1, 1",
        "4, 5",
        "112.5, 100",
        "240, 250",
        "2500, 2500",
        // 75 is half way between 50 and 100 by difference, and nearer to 100 by ratio
        "75, 100",
        "70.710678, 50",
        "70.710679, 100",
        "0.000001, 1",
        "99999999999, 10000000"
    })
    void theNearestByRatioIsTaken(BigDecimal figure, BigDecimal expected) {
        assertThat(Ladder.DEFAULT.round(figure, Rounding.NEAREST_LOG)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "NEAREST, 75, 50", "NEAREST, 75.000001, 100", "NEAREST, 74, 50", "NEAREST, 0.1, 1",
        "NEAREST, 20000000, 10000000", "UP, 51, 100", "UP, 50, 50", "UP, 0.1, 1",
        "UP, 10000000, 10000000", "DOWN, 99.999999, 50", "DOWN, 100, 100", "DOWN, 0.1, 1",
        "DOWN, 20000000, 10000000"
    })
    void theOtherModesTakeWhatTheySay(Rounding mode, BigDecimal figure, BigDecimal expected) {
        assertThat(Ladder.DEFAULT.round(figure, mode)).isEqualTo(expected);
    }

    @Test
    void anExactTieByRatioGoesToTheLower() {
        // 6 = √(4 × 9) exactly
        var ladder = Ladder.of(decimals("4", "9"));
        assertThat(ladder.round(new BigDecimal("6"), Rounding.NEAREST_LOG)).isEqualTo("4");
        assertThat(
                        ladder.round(
                                new BigDecimal("6.000000000000000000000000000001"),
                                Rounding.NEAREST_LOG))
                .isEqualTo("9");
    }

    @Test
    void upAboveTheTopIsAnError() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ladder.DEFAULT.round(new BigDecimal("10000001"), Rounding.UP))
                .withMessageContaining("\"10000001\"")
                .withMessageContaining("(10000000)");
    }

    @ParameterizedTest
    @EnumSource(Rounding.class)
    void nothingThatIsNotPositiveHasAPlace(Rounding mode) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ladder.DEFAULT.round(BigDecimal.ZERO, mode));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ladder.DEFAULT.round(new BigDecimal("-1"), mode));
    }

    @Test
    void roundingAgreesWithTheDefinitionAndIsIdempotent() {
        var random = Seed.random();
        for (int i = 0; i < 20_000; i++) {
            var ladder = Ladder.named(Ladder.names().get(random.nextInt(Ladder.names().size())));
            var figure = BigDecimal.valueOf(random.nextLong(1, 1L << random.nextInt(1, 44)), 6);
            for (var mode : Rounding.values()) {
                if (mode == Rounding.UP && figure.compareTo(ladder.values().getLast()) > 0) {
                    continue;
                }
                var rounded = ladder.round(figure, mode);
                assertThat(rounded)
                        .as("%s %s on %s", figure, mode, ladder)
                        .isEqualTo(byDefinition(ladder, figure, mode));
                assertThat(ladder.round(rounded, mode)).isEqualTo(rounded);
            }
        }
    }

    /// Looks at every value, with logarithms replaced by the larger of the two quotients.
    private static BigDecimal byDefinition(Ladder ladder, BigDecimal figure, Rounding mode) {
        BigDecimal best = null;
        BigDecimal bestDistance = null;
        for (var value : ladder.values()) {
            var distance =
                    switch (mode) {
                        case NEAREST -> value.subtract(figure).abs();
                        case NEAREST_LOG ->
                                value.divide(figure, MathContext.DECIMAL128)
                                        .max(figure.divide(value, MathContext.DECIMAL128));
                        case UP ->
                                value.compareTo(figure) < 0
                                        ? BigDecimal.valueOf(Long.MAX_VALUE)
                                        : value;
                        case DOWN ->
                                value.compareTo(figure) > 0
                                        ? BigDecimal.valueOf(Long.MAX_VALUE).add(value)
                                        : figure.subtract(value);
                    };
            if (bestDistance == null || distance.compareTo(bestDistance) < 0) {
                best = value;
                bestDistance = distance;
            }
        }
        return requireNonNull(best);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1,5,2.5      ; position 3 (2.5) must be greater than the one before it (5)",
                "1,1          ; position 2 (1) must be greater than the one before it (1)",
                "1,1.000      ; position 2 (1) must be greater than the one before it (1)",
                "0,1          ; position 1 (0) must be greater than 0",
                "0.0000001,1  ; position 1",
                "99999999999999,1 ; position 1",
                "1,,2         ; position 2",
                "1,1e5        ; position 2",
                "1,-5         ; position 2",
                "1-2-3        ; Named ladders: 1-2-5, 1-2-5-10-25, 1-2.5-5, 1-5-10-50"
            })
    void aBadLadderSaysWhereAndWhy(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ladder.parse(text))
                .withMessageContaining(message);
    }

    @Test
    void aNegativeOrEmptyLadderIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ladder.of(decimals("-1", "1")))
                .withMessageContaining("position 1 (-1)");
        assertThatIllegalArgumentException().isThrownBy(() -> Ladder.of(List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ladder.of(List.of(new BigDecimal("1E+999999999"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1-2.5-5", "1,2,5", "0.5", "0.001,1000"})
    void whatIsPrintedIsReadBack(String text) {
        assertThat(Ladder.parse(text).toString()).isEqualTo(text);
    }

    @Test
    void equalityIsByValue() {
        assertThat(Ladder.of(decimals("1.0", "10.00"))).isEqualTo(Ladder.parse("1, 10"));
        assertThat(Ladder.parse("1-2-5")).isEqualTo(Ladder.named("1-2-5"));
    }

    private static List<BigDecimal> decimals(String... figures) {
        return Stream.of(figures).map(BigDecimal::new).toList();
    }
}
