package dev.scrip.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CreditPriceTest {

    @ParameterizedTest
    @CsvSource({
        // margin, cost of a credit, price of 1,000 credits
        "0.70, 0.0003, 1",
        "0.70, 0.00030000000000000001, 2",
        "0.70, 0.000299999, 1",
        "0.70, 0.00045, 2",
        "0.70, 0.00075, 2.5",
        "0.70, 0.000751, 5",
        "0.70, 0.0015, 5",
        "0.70, 0.00151, 10",
        "0, 0.001, 1",
        "0.65, 0.00035, 1",
        "0.9, 0.000001, 0.01",
        "0.5, 3, 10000",
        // 1 / (1 − m) does not end as a decimal: 0.0002 / 0.9 = 0.000222…
        "0.1, 0.0002, 0.25",
        "0.1, 0.00018, 0.2",
        "0.999999, 0.000001, 1000"
    })
    void thePriceIsTheNextEasyOneThatKeepsTheMargin(
            BigDecimal margin, BigDecimal cost, BigDecimal amount) {
        var price = CreditPrice.forMargin(margin, cost, "USD");
        assertThat(price.amount()).isEqualTo(amount);
        assertThat(price.per()).isEqualTo(1_000);
    }

    @Test
    void theArticlesPriceIsExplained() {
        var price = CreditPrice.forMargin(new BigDecimal("0.70"), new BigDecimal("0.0003"), "USD");
        assertThat(price.exact()).isEqualByComparingTo("0.001");
        assertThat(price.perCredit()).isEqualTo(Money.parse("0.001"));
        assertThat(price.toString()).isEqualTo("$1 per 1,000 credits");
        assertThat(price.why())
                .containsExactly(
                        "A margin of 70 % on a cost of $0.0003 a credit needs $0.0003 / (1 − 0.7) ="
                                + " $0.001 a credit.",
                        "$1 per 1,000 credits is that price exactly, and easy in the head.");
    }

    @Test
    void aRaisedPriceSaysWhatItKeeps() {
        var price = CreditPrice.forMargin(new BigDecimal("0.7"), new BigDecimal("0.00045"), "EUR");
        assertThat(price.why().getLast())
                .isEqualTo(
                        "EUR 1.50 per 1,000 credits becomes EUR 2, the next price up that is easy"
                                + " in the head; it keeps 77.5 %.");
    }

    @Test
    void thePriceNeverFallsBelowTheMarginAndIsTheLowestEasyOne() {
        var random = Seed.random();
        var steps = List.of("1", "2", "2.5", "5");
        for (int i = 0; i < 20_000; i++) {
            var margin = BigDecimal.valueOf(random.nextInt(0, 950), 3);
            var cost = BigDecimal.valueOf(random.nextLong(10, 10 + (1L << random.nextInt(40))), 9);
            var price = CreditPrice.forMargin(margin, cost, "USD");
            var need = cost.movePointRight(3);
            var kept = BigDecimal.ONE.subtract(margin);
            assertThat(price.amount().multiply(kept))
                    .as("%s at %s", cost, margin)
                    .isGreaterThanOrEqualTo(need);
            var unscaled = price.amount().stripTrailingZeros().unscaledValue().toString();
            assertThat(unscaled).isIn("1", "2", "25", "5");
            for (var step : steps) {
                for (int decade = -9; decade < 8; decade++) {
                    var other = new BigDecimal(step).scaleByPowerOfTen(decade);
                    if (other.compareTo(price.amount()) < 0) {
                        assertThat(other.multiply(kept)).isLessThan(need);
                    }
                }
            }
        }
    }

    @Test
    void aPriceFinerThanMoneyIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        CreditPrice.forMargin(
                                new BigDecimal("0.5"), new BigDecimal("1e-12"), "USD"))
                .withMessageContaining("Maybe the credits are too small");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CreditPrice.fixed(BigDecimal.ONE, 3, "USD"))
                .withMessageContaining("1 per 3");
    }

    @Test
    void aStatedPriceStays() {
        var price = CreditPrice.fixed(new BigDecimal("9"), 1_000, "USD");
        assertThat(price.perCredit()).isEqualTo(Money.parse("0.009"));
        assertThat(price.why()).containsExactly("The pricing file sets $9 per 1,000 credits.");
    }

    @ParameterizedTest
    @CsvSource({"70, 0.1", "1, 0.1", "-0.1, 0.1", "0.5, 0", "0.5, -1"})
    void anImpossibleMarginOrCostIsRefused(BigDecimal margin, BigDecimal cost) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CreditPrice.forMargin(margin, cost, "USD"));
    }
}
