package dev.scrip.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CreditsTest {

    @Test
    void equalityIsByAmount() {
        assertThat(Credits.parse("0.5")).isEqualTo(new Credits(500_000));
        assertThat(Credits.parse("250")).isEqualTo(Credits.of(250));
        assertThat(Credits.parse("250.000000")).isEqualTo(Credits.of(250));
        assertThat(Credits.parse("-0")).isEqualTo(Credits.ZERO);
        assertThat(Credits.parse("0.000001")).isNotEqualTo(Credits.ZERO);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "0.5",
                "250",
                "-1",
                "0.000001",
                "-0.000001",
                "9223372036854.775807",
                "-9223372036854.775808",
                "1000000"
            })
    void whatIsPrintedIsReadBack(String figure) {
        assertThat(Credits.parse(figure).toString()).isEqualTo(figure);
    }

    @Test
    void everyAmountIsReadBackAsPrinted() {
        var random = Seed.random();
        for (int i = 0; i < 10_000; i++) {
            var credits = new Credits(Seed.anyLong(random));
            assertThat(Credits.parse(credits.toString())).isEqualTo(credits);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "1 ",
                " 1",
                "1e5",
                "1E5",
                "NaN",
                "Infinity",
                "0x10",
                "1_000",
                "1,000",
                "1.000,50",
                "$5",
                "(5)",
                ".5",
                "5.",
                "+5",
                "--5",
                "０.５",
                "１２",
                "TRUE",
                "1.2.3",
                "12345678901234",
                "99999999999999999999",
                "0.0000001",
                "=1+1",
                "١٢",
                "1\n",
                "9223372036854.775808"
            })
    void whatIsNoPlainDecimalIsRefused(String figure) {
        assertThatIllegalArgumentException().isThrownBy(() -> Credits.parse(figure));
    }

    @Test
    void aRefusalShowsTheValueButNotAllOfALongOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Credits.parse("1e5"))
                .withMessageContaining("\"1e5\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Credits.parse("9".repeat(100_000)))
                .withMessageContaining("(100000 characters)")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300));
    }

    @Test
    void whatLeavesTheRangeThrows() {
        var most = new Credits(Long.MAX_VALUE);
        assertThatThrownBy(() -> most.plus(new Credits(1))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> new Credits(Long.MIN_VALUE).minus(new Credits(1)))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> most.times(new BigDecimal("1.1"), RoundingMode.HALF_UP))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Credits.of(Long.MAX_VALUE))
                .isInstanceOf(ArithmeticException.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Credits.of(new BigDecimal("1E+20"), RoundingMode.HALF_UP));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Credits.of(new BigDecimal("0.0000001"), RoundingMode.UNNECESSARY));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0.7, HALF_UP, 0.7",
        "1, 1.5, HALF_UP, 1.5",
        "0.000001, 0.5, HALF_UP, 0.000001",
        "0.000001, 0.5, HALF_DOWN, 0",
        "-0.000001, 0.5, HALF_UP, -0.000001",
        "100, 0.333333, DOWN, 33.3333"
    })
    void scalingRoundsAsNamed(
            String credits, BigDecimal factor, RoundingMode rounding, String expected) {
        assertThat(Credits.parse(credits).times(factor, rounding))
                .isEqualTo(Credits.parse(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "0.0004, 0",
        "0.0005, 0.001",
        "1.0014, 1.001",
        "1.0015, 1.002",
        "-0.0005, -0.001",
        "7, 7"
    })
    void theSmallestChargeIsAThousandth(String credits, String expected) {
        assertThat(Credits.parse(credits).toSmallestCharge(RoundingMode.HALF_UP))
                .isEqualTo(Credits.parse(expected));
    }

    @Test
    void aChargeableAmountIsAWholeNumberOfSmallestCharges() {
        assertThat(Credits.parse("0.5").isChargeable()).isTrue();
        assertThat(Credits.parse("0.0005").isChargeable()).isFalse();
        assertThat(Credits.parse("-0.001").isChargeable()).isTrue();
    }

    @Test
    void wholeCreditsDropTheRestDownwards() {
        assertThat(Credits.parse("2.9").floor()).isEqualTo(2);
        assertThat(Credits.parse("-0.1").floor()).isEqualTo(-1);
    }

    @Test
    void amountsCompareByValue() {
        assertThat(Credits.parse("0.5")).isLessThan(Credits.of(1));
        assertThat(Credits.of(5).covers(Credits.of(5))).isTrue();
        assertThat(Credits.of(5).covers(Credits.parse("5.000001"))).isFalse();
        assertThat(Credits.of(5).min(Credits.of(4))).isEqualTo(Credits.of(4));
    }

    @Test
    void sumsAreExactInAnyOrder() {
        var random = Seed.random();
        for (int round = 0; round < 200; round++) {
            var whole = Credits.ZERO;
            var exact = BigDecimal.ZERO;
            for (int i = 0; i < 100; i++) {
                var part = new Credits(random.nextLong(-1_000_000_000_000L, 1_000_000_000_000L));
                whole = whole.plus(part);
                exact = exact.add(part.toBigDecimal());
            }
            assertThat(whole.toBigDecimal()).isEqualByComparingTo(exact);
            assertThat(whole.minus(whole)).isEqualTo(Credits.ZERO);
        }
    }
}
