package dev.scrip.pricing;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PriceBookTest {

    @Test
    void aCallCostsWhatTheTableSays() {
        var quote = requireNonNull(book("100", "0.015").quote("op", BigDecimal.ONE));
        assertThat(quote)
                .isEqualTo(
                        new Quote(
                                "op",
                                BigDecimal.ONE,
                                Credits.of(100),
                                Credits.of(100),
                                Money.parse("0.1"),
                                Money.parse("0.015"),
                                "pb_1"));
    }

    @Test
    void anUnknownOperationHasNoQuote() {
        assertThat(book("1", "0").quote("other", BigDecimal.ONE)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        // credits of one unit, quantity, charged
        "1, 2.5, 2.5",
        "0.5, 3, 1.5",
        "1, 0.0001, 0.001",
        "1, 0.000001, 0.001",
        "0.001, 0.000001, 0.001",
        "3, 0.333333, 1",
        "7, 0.142857, 1",
        "1, 0.0015, 0.002",
        // a price finer than the smallest charge is rounded like any other
        "0.0004, 1, 0.001",
        "0.0014, 1, 0.001",
        "0.0016, 1, 0.002",
        // once: the exact 1.0014995 would be 1.002 by way of 1.0015
        "0.5, 2.002999, 1.001",
        "0, 5, 0",
        "0, 0.000001, 0"
    })
    void aPartOfAUnitIsRoundedOnceAndNeverToNothing(
            String credits, BigDecimal quantity, String charged) {
        var quote = requireNonNull(book(credits, "0").quote("op", quantity));
        assertThat(quote.credits()).isEqualTo(Credits.parse(charged));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1000000000.000001", "1000000001", "0.0000001", "1E+10"})
    void aQuantityOutOfRangeIsRefused(BigDecimal quantity) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> book("1", "0").quote("op", quantity))
                .withMessageContaining("quantity");
    }

    @Test
    void aPriceOutOfRangeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> book("1000000", "0").quote("op", PriceBook.QUANTITY_MAX));
    }

    @Test
    void aPricedCallIsNeverFreeAndNeverHalfAStepOff() {
        var random = Seed.random();
        for (int i = 0; i < 50_000; i++) {
            var credits = new Credits(1 + (Seed.anyLong(random) >>> 1) % 10_000_000_000L);
            var quantity = BigDecimal.valueOf(1 + (Seed.anyLong(random) >>> 1) % 100_000_000, 6);
            var quote = requireNonNull(book(credits.toString(), "0.5").quote("op", quantity));
            var exact = credits.toBigDecimal().multiply(quantity);
            assertThat(quote.credits())
                    .as("%s × %s", credits, quantity)
                    .isGreaterThanOrEqualTo(Credits.SMALLEST_CHARGE);
            assertThat(quote.credits().isChargeable()).isTrue();
            assertThat(quote.credits().toBigDecimal())
                    .as("%s × %s", credits, quantity)
                    .isEqualByComparingTo(
                            exact.setScale(3, RoundingMode.HALF_UP).max(new BigDecimal("0.001")));
        }
    }

    @Test
    void aBookKeepsNothingOfTheMapsItWasGiven() {
        var operations = new TreeMap<String, OperationPrice>();
        operations.put("op", price("op", "1", "0"));
        var book =
                new PriceBook(
                        "pb_1",
                        Instant.EPOCH,
                        "USD",
                        Money.parse("0.001"),
                        CostRates.NONE,
                        operations,
                        new TreeMap<>());
        operations.clear();
        assertThat(book.operations()).hasSize(1);
    }

    @Test
    void aBookWithoutOperationsIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new PriceBook(
                                "pb_1",
                                Instant.EPOCH,
                                "USD",
                                Money.parse("0.001"),
                                CostRates.NONE,
                                new TreeMap<>(),
                                new TreeMap<>()));
    }

    @ParameterizedTest
    @CsvSource({"-1, 0, 0.5", "1, -1, 0.5", "1, 0, -0.1", "1, 0, 1", "1, 0, 50"})
    void anImpossiblePriceIsRefused(String credits, String cost, BigDecimal floor) {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new OperationPrice(
                                "op",
                                "Op",
                                Credits.parse(credits),
                                Money.parse(cost),
                                Money.ZERO,
                                floor))
                .withMessageContaining("op");
    }

    private static PriceBook book(String credits, String cost) {
        var operations = new TreeMap<String, OperationPrice>();
        operations.put("op", price("op", credits, cost));
        return new PriceBook(
                "pb_1",
                Instant.EPOCH,
                "USD",
                Money.parse("0.001"),
                CostRates.NONE,
                operations,
                new TreeMap<>());
    }

    private static OperationPrice price(String id, String credits, String cost) {
        return new OperationPrice(
                id,
                "Op",
                Credits.parse(credits),
                Money.parse(cost),
                Money.ZERO,
                new BigDecimal("0.5"));
    }
}
