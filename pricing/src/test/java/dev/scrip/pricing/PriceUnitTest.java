package dev.scrip.pricing;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceUnitTest {

    private static final BigDecimal TWO = new BigDecimal(2);

    @ParameterizedTest
    @CsvSource({
        // credits, per, included, quantity, base, charged
        "5, 1000, 0, 1000, 5, 5",
        "5, 1000, 0, 1, 0.005, 0.005",
        "5, 1000, 0, 1234, 6.17, 6.17",
        "5, 1000, 100, 1234, 5.67, 5.67",
        "5, 1000, 100, 101, 0.005, 0.005",
        // all of it is included, to the last
        "5, 1000, 100, 100, 0, 0",
        "5, 1000, 100, 99.5, 0, 0",
        // a part of a credit beyond what is included is never nothing
        "5, 1000, 100, 100.000001, 0, 0.001",
        // rounded once: a seventh has no last decimal
        "1, 7, 0, 1, 0.142857, 0.143",
        "1, 60, 10, 45, 0.583333, 0.583",
        "1, 3, 0, 0.0045, 0.0015, 0.002",
        // exactly 0.00149996…; by way of micro-credits it would be 0.0015, and so 0.002
        "1, 3, 0, 0.004499, 0.0015, 0.001",
        // with one unit each it is a price as any other
        "2, 1, 0, 3, 6, 6",
        "2, 1, 3, 5, 4, 4",
        "0, 1000, 0, 5000, 0, 0"
    })
    void aQuantityIsPricedByItsUnit(
            String credits,
            String per,
            String included,
            BigDecimal quantity,
            String base,
            String charged) {
        var quote =
                requireNonNull(
                        book(credits, "0", unit(per, included), Adjustments.NONE)
                                .quote("op", quantity));
        assertThat(quote.base()).isEqualTo(Credits.parse(base));
        assertThat(quote.credits()).isEqualTo(Credits.parse(charged));
    }

    @Test
    void whatIsIncludedCostsUsWhatTheRestDoes() {
        var book = book("5", "0.003", unit("1000", "100"), Adjustments.NONE);
        var free = requireNonNull(book.quote("op", new BigDecimal("100")));
        assertThat(free.credits()).isEqualTo(Credits.ZERO);
        assertThat(free.cost()).isEqualTo(Money.parse("0.0003"));
        assertThat(requireNonNull(book.quote("op", new BigDecimal("2000"))).cost())
                .isEqualTo(Money.parse("0.006"));
    }

    @Test
    void theCostThatNoUseExplainsIsForTheUnitToo() {
        var book = book("5", "0.003", unit("1000", "0"), Adjustments.NONE);
        // 0.001 per 1,000 of it is unattributed.
        assertThat(book.cost("op", new BigDecimal("2500"), ResourceUse.NONE))
                .isEqualTo(Money.parse("0.0025"));
    }

    @ParameterizedTest
    @CsvSource({
        // per, included, quantity, factor, charged
        "1000, 0, 3000, 0.7, 10.5",
        "1000, 1000, 3000, 0.7, 7",
        "1000, 1000, 1000, 0.7, 0",
        // once, after the factor: a third of 5 × 0.3 is 0.5 to the last digit
        "3, 0, 1, 0.3, 0.5",
        "7, 0, 1, 0.5, 0.357"
    })
    void adjustmentsMoveWhatIsPaidFor(
            String per, String included, BigDecimal quantity, BigDecimal factor, String charged) {
        var rule =
                new Adjustment.VolumeTiers(
                        "all",
                        OperationScope.ALL,
                        List.of(new Adjustment.Tier(Credits.ZERO, factor)));
        var adjustments = new Adjustments(List.of(rule), AdjustmentLimits.NONE);
        var quote =
                requireNonNull(
                        book("5", "0", unit(per, included), adjustments)
                                .quote("op", quantity, Circumstances.at(Instant.EPOCH)));
        assertThat(quote.credits()).isEqualTo(Credits.parse(charged));
        if (!quote.adjustments().isEmpty()) {
            assertThat(quote.adjustments().getLast().after().toSmallestCharge(RoundingMode.HALF_UP))
                    .isEqualTo(Credits.parse(charged));
        }
    }

    @Test
    void theFloorAtCostIsOfTheQuantity() {
        var rule =
                new Adjustment.VolumeTiers(
                        "all",
                        OperationScope.ALL,
                        List.of(new Adjustment.Tier(Credits.ZERO, new BigDecimal("0.1"))));
        var limits =
                new AdjustmentLimits(
                        null,
                        null,
                        Credits.SMALLEST_CHARGE,
                        AdjustmentLimits.CostFloor.RAISE_TO_COST);
        // 2,000 of it cost 0.006, which is 6 credits, and are 10 in the table.
        var quote =
                requireNonNull(
                        book(
                                        "5",
                                        "0.003",
                                        unit("1000", "0"),
                                        new Adjustments(List.of(rule), limits))
                                .quote(
                                        "op",
                                        new BigDecimal("2000"),
                                        Circumstances.at(Instant.EPOCH)));
        assertThat(quote.credits()).isEqualTo(Credits.of(6));
    }

    @Test
    void manySmallCallsAreNeverCheaperThanOneLargeByMoreThanRounding() {
        var random = Seed.random();
        for (int i = 0; i < 2_000; i++) {
            var credits = new Credits(1 + (Seed.anyLong(random) >>> 1) % 1_000_000_000L);
            var per = Long.toString(1 + (Seed.anyLong(random) >>> 1) % 5_000);
            var book = book(credits.toString(), "0", unit(per, "0"), Adjustments.NONE);
            var whole = BigDecimal.ZERO;
            var paid = BigDecimal.ZERO;
            int parts = 2 + (int) ((Seed.anyLong(random) >>> 1) % 9);
            for (int part = 0; part < parts; part++) {
                var quantity = BigDecimal.valueOf(1 + (Seed.anyLong(random) >>> 1) % 9_000_000, 3);
                whole = whole.add(quantity);
                paid = paid.add(charged(book, quantity));
            }
            // Each part, and the whole, is at most half a thousandth off.
            var rounding = new BigDecimal("0.0005").multiply(BigDecimal.valueOf(parts + 1L));
            assertThat(paid.add(rounding))
                    .as("%s per %s, %s in %s parts", credits, per, whole, parts)
                    .isGreaterThanOrEqualTo(charged(book, whole));
        }
    }

    @Test
    void itReadsAsItIsSaid() {
        assertThat(unit("1000", "100").words()).isEqualTo("per 1,000 tokens, first 100 included");
        assertThat(new PriceUnit("second", BigDecimal.ONE, BigDecimal.ZERO).words())
                .isEqualTo("per second");
        assertThat(new PriceUnit("query", TWO, BigDecimal.ZERO).amount()).isEqualTo("2 queries");
        assertThat(new PriceUnit("batch", TWO, BigDecimal.ZERO).amount()).isEqualTo("2 batches");
        assertThat(new PriceUnit("GB", TWO, BigDecimal.ZERO).amount()).isEqualTo("2 GB");
    }

    @ParameterizedTest
    @CsvSource({
        "token, 0, 0",
        "token, -1, 0",
        "token, 0.5, 0",
        "token, 1000000001, 0",
        "token, 1, -1",
        "token, 1, 0.0000001",
        "to/ken, 1, 0",
        "'', 1, 0"
    })
    void anImpossibleUnitIsRefused(String name, BigDecimal per, BigDecimal included) {
        assertThatIllegalArgumentException().isThrownBy(() -> new PriceUnit(name, per, included));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // before and after as credits/per/included, moves, by, worse
                "5/1000/0, 5/1000/0, false, 0, false",
                "5/1000/0, 10/2000/0, false, 0, false",
                "5/1000/0, 5/2000/0, true, -0.5, false",
                "5/1000/0, 5/500/0, true, 1, true",
                "5/1000/100, 5/1000/0, true, 0, true",
                "5/1000/0, 5/1000/100, true, 0, false",
                "5, 5/1000/0, true, -, true",
                "5/1000/0, 5, true, -, true"
            })
    void aChangeOfUnitIsAChange(
            String before, String after, boolean moves, @Nullable BigDecimal by, boolean worse) {
        var change = PriceBookDiff.between(priced(before), priced(after)).operations().getFirst();
        assertThat(change.priceMoves()).isEqualTo(moves);
        assertThat(change.isWorse()).isEqualTo(worse);
        if (by == null) {
            assertThat(change.priceChange()).isNull();
        } else {
            assertThat(change.priceChange()).isEqualByComparingTo(by);
        }
        assertThat(change.kind() == PriceBookDiff.Kind.SAME).isEqualTo(before.equals(after));
        // The cost is for the unit too, so this is what a call keeps on either side.
        assertThat(change.marginBefore()).isEqualByComparingTo("0.4");
    }

    private static PriceBook priced(String text) {
        var parts = text.split("/", -1);
        return book(
                parts[0],
                "0.003",
                parts.length == 1 ? null : unit(parts[1], parts[2]),
                Adjustments.NONE);
    }

    private static BigDecimal charged(PriceBook book, BigDecimal quantity) {
        return requireNonNull(book.quote("op", quantity)).credits().toBigDecimal();
    }

    private static PriceUnit unit(String per, String included) {
        return new PriceUnit("token", new BigDecimal(per), new BigDecimal(included));
    }

    private static PriceBook book(
            String credits, String cost, @Nullable PriceUnit unit, Adjustments adjustments) {
        var operations = new TreeMap<String, OperationPrice>();
        operations.put(
                "op",
                new OperationPrice(
                        "op",
                        "Op",
                        Credits.parse(credits),
                        Money.parse(cost),
                        Money.parse(cost.equals("0") ? "0" : "0.001"),
                        new BigDecimal("0.3"),
                        unit));
        return new PriceBook(
                "pb_1",
                Instant.EPOCH,
                "USD",
                Money.parse("0.001"),
                CostRates.NONE,
                operations,
                new TreeMap<>(),
                BurnPreference.EXPIRY_FIRST,
                adjustments);
    }
}
