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

class MoneyTest {

    @Test
    void equalityIsByAmount() {
        assertThat(Money.parse("0.0002")).isEqualTo(new Money(200_000));
        assertThat(Money.parse("29.00")).isEqualTo(Money.parse("29"));
        assertThat(Money.parse("-0.0")).isEqualTo(Money.ZERO);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "29",
                "0.0002",
                "-0.05",
                "0.000000001",
                "9223372036.854775807",
                "-9223372036.854775808"
            })
    void whatIsPrintedIsReadBack(String figure) {
        assertThat(Money.parse(figure).toString()).isEqualTo(figure);
    }

    @Test
    void everyAmountIsReadBackAsPrinted() {
        var random = Seed.random();
        for (int i = 0; i < 10_000; i++) {
            var money = new Money(Seed.anyLong(random));
            assertThat(Money.parse(money.toString())).isEqualTo(money);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1e5",
                "NaN",
                "-Infinity",
                "0x1p3",
                "1_0",
                "1.000,50",
                "$5",
                "(5)",
                "5 ",
                "２９",
                ".5",
                "5.",
                "+1",
                "12345678901",
                "0.0000000001",
                "99999999999999999999",
                "9223372036.854775808"
            })
    void whatIsNoPlainDecimalIsRefused(String figure) {
        assertThatIllegalArgumentException().isThrownBy(() -> Money.parse(figure));
    }

    @Test
    void whatLeavesTheRangeThrows() {
        assertThatThrownBy(() -> new Money(Long.MAX_VALUE).plus(new Money(1)))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> new Money(Long.MIN_VALUE).minus(new Money(1)))
                .isInstanceOf(ArithmeticException.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Money(Long.MAX_VALUE).times(new BigDecimal("2"), RoundingMode.UP));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Money.parse("9000000000").timesCredits(Credits.parse("2")));
    }

    @ParameterizedTest
    @CsvSource({
        "0.001, 100, 0.1",
        "0.001, 0.001, 0.000001",
        "0.001, 12450.5, 12.4505",
        "0.000000001, 0.5, 0.000000001",
        "0.000000001, 0.499999, 0",
        "0.000000001, -0.5, -0.000000001",
        "0.000000001, -0.499999, 0"
    })
    void creditsAreWorthTheirPrice(String price, String credits, String expected) {
        assertThat(Money.parse(price).timesCredits(Credits.parse(credits)))
                .isEqualTo(Money.parse(expected));
    }

    @Test
    void theFastWayToValueCreditsEqualsExactArithmetic() {
        var random = Seed.random();
        for (int i = 0; i < 200_000; i++) {
            var price = new Money(Seed.anyLong(random));
            var credits = new Credits(Seed.anyLong(random));
            var exact =
                    price.toBigDecimal()
                            .multiply(credits.toBigDecimal())
                            .setScale(9, RoundingMode.HALF_UP)
                            .movePointRight(9)
                            .toBigIntegerExact();
            if (exact.bitLength() > 63) {
                assertThatIllegalArgumentException().isThrownBy(() -> price.timesCredits(credits));
            } else {
                assertThat(price.timesCredits(credits).nanos())
                        .as("%s × %s", price, credits)
                        .isEqualTo(exact.longValueExact());
            }
        }
    }

    @Test
    void theFastWayHoldsAtTheEdgeOfALong() {
        // nanos × micros = 9223372036854775000, a rounding step short of the largest long
        var price = new Money(9_223_372_036_854_775L);
        assertThat(price.timesCredits(new Credits(1_000)).nanos()).isEqualTo(9_223_372_036_855L);
        assertThat(new Money(Long.MAX_VALUE).timesCredits(new Credits(1)).nanos())
                .isEqualTo(9_223_372_036_855L);
        assertThat(new Money(Long.MIN_VALUE).timesCredits(new Credits(1)).nanos())
                .isEqualTo(-9_223_372_036_855L);
    }

    @Test
    void aCorrectionIsWorthExactlyWhatItTakesBack() {
        var random = Seed.random();
        for (int i = 0; i < 10_000; i++) {
            var price = new Money(random.nextLong(10_000_000));
            var credits = new Credits(random.nextLong(10_000_000_000L));
            assertThat(
                            price.timesCredits(credits)
                                    .plus(price.timesCredits(new Credits(-credits.micros()))))
                    .isEqualTo(Money.ZERO);
        }
    }

    @Test
    void amountsCompareByValue() {
        assertThat(Money.parse("0.05")).isGreaterThan(Money.parse("0.0499"));
        assertThat(Money.parse("-1").isNegative()).isTrue();
        assertThat(Money.ZERO.isZero()).isTrue();
    }
}
