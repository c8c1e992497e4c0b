package dev.scrip.service.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FiguresTest {

    @ParameterizedTest
    @CsvSource({"0, 0", "0.5, 0.5", "32450, '32,450'", "1234567.25, '1,234,567.25'", "-5, -5"})
    void creditsAreGroupedAndExact(String credits, String shown) {
        assertThat(Figures.credits(Credits.parse(credits))).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "0.001, USD, $0.001",
        "29, USD, $29.00",
        "0.1, USD, $0.10",
        "1234.5, USD, '$1,234.50'",
        "0.000000001, USD, $0.000000001",
        "2.5, EUR, 2.50 EUR",
    })
    void moneyHasItsCurrencyAndTwoDecimalsAtLeast(String amount, String currency, String shown) {
        assertThat(Figures.money(Money.parse(amount), currency)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"32450, 50000, 64.9", "1, 3, 33.3", "0, 5, 0.0", "5, 0, 0", "7, 5, 140.0"})
    void aShareIsAPercentageWithOneDecimal(String part, String whole, String shown) {
        assertThat(Figures.percent(Credits.parse(part), Credits.parse(whole)).toPlainString())
                .isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "PT192H, in 8 days",
        "PT48H, in 2 days",
        "PT47H59M, in 47 hours",
        "PT2H, in 2 hours",
        "PT119M, in 119 minutes",
        "PT30S, in 0 minutes",
        "-PT5M, in 0 minutes",
    })
    void theTimeLeftIsRoundedDown(Duration left, String shown) {
        var now = Instant.parse("2026-11-22T12:00:00Z");
        assertThat(Figures.until(now, now.plus(left))).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"UTC, '1 Dec 2026, 00:30'", "America/New_York, '30 Nov 2026, 19:30'"})
    void timesAreInTheStatedZone(String zone, String shown) {
        assertThat(Figures.moment(Instant.parse("2026-12-01T00:30:00Z"), ZoneId.of(zone)))
                .isEqualTo(shown);
    }
}
