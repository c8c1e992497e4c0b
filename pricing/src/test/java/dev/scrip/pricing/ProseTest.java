package dev.scrip.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProseTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "0;0",
                "112.5;112.5",
                "0.00015000;0.00015",
                "3.5714285714;3.5714",
                "1000;1,000",
                "1234567;1,234,567",
                "1234.56;1,234.6",
                "-2500;-2,500",
                "-999.99999;-1,000",
                "1E+7;10,000,000",
                "0.0000000004;0.0000000004"
            })
    void aFigureIsShortAndGrouped(BigDecimal value, String shown) {
        assertThat(Prose.figure(value)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"0,0 calls", "1,1 call", "2,2 calls", "1234,'1,234 calls'", "-1,-1 calls"})
    void aCountHasItsWordInTheRightNumber(long count, String shown) {
        assertThat(Prose.counted(count, "call")).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"1,1 credit", "1.000,1 credit", "0.5,0.5 credits", "1.001,1.001 credits"})
    void aFigureOfOneIsOneHoweverItIsWritten(BigDecimal figure, String shown) {
        assertThat(Prose.counted(figure, "credit")).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "USD, 0.0002, $0.0002",
        "USD, -0.05, -$0.05",
        "USD, 2.5, $2.50",
        "USD, 1, $1",
        "EUR, 2.5, EUR 2.50",
        "EUR, -1, EUR -1",
        "USD, 1234.5, '$1,234.50'"
    })
    void moneyHasItsCurrency(String currency, BigDecimal amount, String shown) {
        assertThat(Prose.money(amount, currency)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"0.845, 84.5 %", "0.7, 70 %", "-0.25, -25 %", "0.00001, 0 %", "25, '2,500 %'"})
    void aShareReadsAsAPercentage(BigDecimal share, String shown) {
        assertThat(Prose.percent(share)).isEqualTo(shown);
    }
}
