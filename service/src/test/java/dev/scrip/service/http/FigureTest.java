package dev.scrip.service.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FigureTest {

    private static final Figure CREDITS = new Figure("credits", 13, 6, false, null);
    private static final Figure USED = new Figure("use", 3, 2, true, new BigDecimal("100"));

    @ParameterizedTest
    @ValueSource(
            strings = {"1", "0.5", "250", "0.000001", "9999999999999.999999", "100000000", "10.10"})
    void aPlainDecimalIsReadExactly(String text) {
        assertThat(CREDITS.read(text, "/c")).isEqualTo(new BigDecimal(text));
    }

    @ParameterizedTest
    @CsvSource({
        "0, AMOUNT_NOT_POSITIVE",
        "0.0, AMOUNT_NOT_POSITIVE",
        "-0, AMOUNT_NOT_POSITIVE",
        "-5, AMOUNT_NOT_POSITIVE",
        "0.0000001, AMOUNT_PRECISION",
        "1.00000010, AMOUNT_PRECISION",
        "10000000000000, AMOUNT_OUT_OF_RANGE",
        "99999999999999999999, AMOUNT_OUT_OF_RANGE",
        "1e3, AMOUNT_FORMAT",
        "1E-3, AMOUNT_FORMAT",
        "01, AMOUNT_FORMAT",
        ".5, AMOUNT_FORMAT",
        "5., AMOUNT_FORMAT",
        "+5, AMOUNT_FORMAT",
        "--5, AMOUNT_FORMAT",
        "1.2.3, AMOUNT_FORMAT",
        "'1,5', AMOUNT_FORMAT",
        "' 5', AMOUNT_FORMAT",
        "'', AMOUNT_FORMAT",
        "-, AMOUNT_FORMAT",
        "NaN, AMOUNT_FORMAT",
        "0x10, AMOUNT_FORMAT",
        "\u0661, AMOUNT_FORMAT",
        "\uFF11, AMOUNT_FORMAT",
    })
    void anythingElseIsRefusedForWhatItIs(String text, ProblemType type) {
        assertThatThrownBy(() -> CREDITS.read(text, "/c"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> {
                            assertThat(e.problem().type()).isEqualTo(type);
                            assertThat(e.problem().pointer()).isEqualTo("/c");
                        });
    }

    @Test
    void aMillionDigitsAreShownCut() {
        assertThatThrownBy(() -> CREDITS.read("9".repeat(1_000_000), "/c"))
                .message()
                .hasSizeLessThan(250);
    }

    @Test
    void zerosAtTheEndAreNoDecimals() {
        var calls = new Figure("calls", 7, 0, false, new BigDecimal("1000000"));
        assertThat(calls.read("1000.0", "/limits/0/calls").intValueExact()).isEqualTo(1_000);
        assertThat(CREDITS.read("1.00000000", "/c")).isEqualByComparingTo("1");
        assertThatThrownBy(() -> calls.read("1000.5", "/limits/0/calls"))
                .hasMessage(
                        "The calls must be a whole number greater than 0, up to 1000000, but was"
                                + " 1000.5.");
        assertThatThrownBy(() -> calls.read("0.000", "/limits/0/calls"))
                .hasMessageContaining("greater than 0");
    }

    @Test
    void aFigureIsCalledByItsFieldAndWhatItCounts() {
        assertThatThrownBy(() -> CREDITS.read("-5", "/rule/threshold"))
                .hasMessage(
                        "The threshold (credits) must be a plain decimal greater than 0, with at"
                                + " most 13 digits before and 6 after the point, but was -5.");
    }

    @Test
    void zeroAndTheLargestMayBeAllowed() {
        assertThat(USED.read("0", "/u")).isZero();
        assertThat(USED.read("100.00", "/u")).isEqualByComparingTo("100");
        assertThatThrownBy(() -> USED.read("100.01", "/u"))
                .hasMessage(
                        "The u (use) must be a plain decimal of 0 or more, up to 100 with at most 2"
                                + " decimals, but was 100.01.");
        assertThatThrownBy(() -> USED.read("999", "/u")).hasMessageContaining("up to 100");
    }
}
