package dev.scrip.pricing;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.scrip.pricing.AdjustmentLimits.CostFloor;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdjustedPriceTest {

    private static final Instant NIGHT = Instant.parse("2026-03-01T03:00:00Z");
    private static final Instant DAY = Instant.parse("2026-03-01T12:00:00Z");

    private static final Adjustment OFF_PEAK =
            new Adjustment.OffPeak(
                    "night",
                    OperationScope.ALL,
                    new TimeWindow(
                            ZoneOffset.UTC, LocalTime.of(2, 0), LocalTime.of(6, 0), Set.of()),
                    new BigDecimal("0.7"));

    private static final Adjustment BUSY =
            new Adjustment.LoadPrice(
                    "busy",
                    OperationScope.ALL,
                    new BigDecimal("0.9"),
                    new BigDecimal("0.85"),
                    new BigDecimal("1.5"));

    private static final Adjustment COMMITTED =
            new Adjustment.CommitmentTiers(
                    "committed",
                    OperationScope.ALL,
                    List.of(tier("100000", "0.8"), tier("1000000", "0.6")));

    private static Adjustment.Tier tier(String from, String factor) {
        return new Adjustment.Tier(Credits.parse(from), new BigDecimal(factor));
    }

    private static Circumstances committed(Instant at, String credits) {
        return Circumstances.at(at).by("live/acme", "pro", Credits.parse(credits), Credits.ZERO);
    }

    /// The article's three rules on its five operations.
    @ParameterizedTest
    @CsvSource({
        "1, 0, 12:00, 1",
        "1, 0, 03:00, 0.7",
        "2500, 0, 03:00, 1750",
        "2500, 100000, 12:00, 2000",
        "2500, 999999.999, 12:00, 2000",
        "2500, 1000000, 12:00, 1500",
        "2500, 1000000, 03:00, 1050",
        "1, 1000000, 03:00, 0.42",
        "0.5, 1000000, 03:00, 0.21",
        "0.001, 1000000, 03:00, 0.001",
        "0.003, 1000000, 03:00, 0.001",
        "0, 1000000, 03:00, 0"
    })
    void factorsMultiplyInTheOrderOfTheBook(
            String credits, String commitment, LocalTime time, String charged) {
        var book = book(credits, "0", OFF_PEAK, BUSY, COMMITTED);
        var at = Instant.parse("2026-03-01T" + time + ":00Z");
        assertThat(price(book, "1", committed(at, commitment)).credits())
                .isEqualTo(Credits.parse(charged));
    }

    @Test
    void everyStepIsInTheQuote() {
        var quote =
                price(book("2500", "0.5", OFF_PEAK, COMMITTED), "2", committed(NIGHT, "1000000"));
        assertThat(quote.base()).isEqualTo(Credits.of(5000));
        assertThat(quote.adjustments())
                .containsExactly(
                        new AppliedAdjustment(
                                "night",
                                AdjustmentKind.OFF_PEAK,
                                new BigDecimal("0.7"),
                                null,
                                Credits.of(3500)),
                        new AppliedAdjustment(
                                "committed",
                                AdjustmentKind.COMMITMENT,
                                new BigDecimal("0.6"),
                                null,
                                Credits.of(2100)));
        assertThat(quote.listValue()).isEqualTo(Money.parse("2.1"));
        assertThat(requireNonNull(quote.margin()).setScale(3, RoundingMode.HALF_EVEN))
                .as("52 %% and not 80 %%, at what is really paid")
                .isEqualByComparingTo("0.524");
    }

    @Test
    void aPriceIsRoundedOnceAfterAllSteps() {
        // 0.005 × 0.7 = 0.0035, which would be 0.004; × 0.6 of that 0.0024, but of 0.0035 0.0021.
        var book = book("0.005", "0", OFF_PEAK, COMMITTED, promotion("0.72"));
        // 0.005 × 0.7 × 0.6 × 0.72 = 0.001512
        assertThat(price(book, "1", committed(NIGHT, "1000000")).credits())
                .isEqualTo(Credits.parse("0.002"));
        assertThat(price(book, "0.9", committed(NIGHT, "1000000")).credits())
                .isEqualTo(Credits.parse("0.001"));
    }

    @Test
    void aPremiumOnOneCreditDoesNotVanish() {
        var circumstances = Circumstances.at(DAY).under(Set.of("busy"));
        assertThat(price(book("1", "0", BUSY), "1", circumstances).credits())
                .isEqualTo(Credits.parse("1.5"));
    }

    @Test
    void aFactorOfOneIsNoStep() {
        var tiers =
                new Adjustment.VolumeTiers(
                        "volume", OperationScope.ALL, List.of(tier("0", "1"), tier("1000", "0.9")));
        var book = book("10", "0", tiers);
        assertThat(price(book, "1", used("999.999")).adjustments()).isEmpty();
        assertThat(price(book, "1", used("1000")).credits()).isEqualTo(Credits.of(9));
    }

    private static Circumstances used(String credits) {
        return Circumstances.at(DAY).by("live/a", null, Credits.ZERO, Credits.parse(credits));
    }

    @Test
    void pricesOfAccountsHoldFromTheirFirstInstantToBeforeTheirLast() {
        var accounts =
                new Adjustment.AccountPrices(
                        "kept",
                        OperationScope.ALL,
                        new TreeMap<>(
                                Map.of("live/acme", new PriceEffect.Fixed(Credits.parse("7.5")))),
                        DAY,
                        DAY.plusSeconds(60));
        var book = book("10", "0", accounts);
        var kept = Map.of(-1L, "10", 0L, "7.5", 59L, "7.5", 60L, "10");
        kept.forEach((seconds, credits) -> {
            var at =
                    Circumstances.at(DAY.plusSeconds(seconds))
                            .by("live/acme", null, Credits.ZERO, Credits.ZERO);
            assertThat(price(book, "1", at).credits())
                    .as("after %s s", seconds)
                    .isEqualTo(Credits.parse(credits));
        });
    }

    @Test
    void plansAndAccountsHavePricesOfTheirOwn() {
        var plans =
                new Adjustment.PlanPrices(
                        "plans",
                        new OperationScope(List.of("o.*", "op")),
                        new TreeMap<>(
                                Map.of(
                                        "pro", new PriceEffect.Times(new BigDecimal("0.9")),
                                        "free", new PriceEffect.Fixed(Credits.of(12)))));
        var accounts =
                new Adjustment.AccountPrices(
                        "agreed",
                        OperationScope.ALL,
                        new TreeMap<>(
                                Map.of("live/acme", new PriceEffect.Fixed(Credits.parse("7.5")))));
        var book = book("10", "0", plans, accounts);
        assertThat(price(book, "2", by("live/other", "pro")).credits()).isEqualTo(Credits.of(18));
        assertThat(price(book, "2", by("live/other", "free")).credits()).isEqualTo(Credits.of(24));
        assertThat(price(book, "2", by("live/acme", "free")).credits()).isEqualTo(Credits.of(15));
        assertThat(price(book, "2", by("test/acme", "none")).credits()).isEqualTo(Credits.of(20));
        assertThat(price(book, "2", Circumstances.at(DAY)).credits()).isEqualTo(Credits.of(20));
    }

    private static Circumstances by(String account, String plan) {
        return Circumstances.at(DAY).by(account, plan, Credits.ZERO, Credits.ZERO);
    }

    @Test
    void anAdjustmentOfSomeOperationsLeavesTheOthers() {
        var elsewhere =
                new Adjustment.Promotion(
                        "spring",
                        new OperationScope(List.of("image.*", "opera")),
                        Instant.EPOCH,
                        Instant.MAX,
                        new BigDecimal("0.5"));
        assertThat(price(book("10", "0", elsewhere), "1", Circumstances.at(DAY)).credits())
                .isEqualTo(Credits.of(10));
        assertThat(new OperationScope(List.of("image.*")).contains("image.resize")).isTrue();
        assertThat(new OperationScope(List.of("image.*")).contains("images")).isFalse();
        assertThat(new OperationScope(List.of("image.*")).contains("image")).isFalse();
    }

    @Test
    void aPromotionEndsBeforeItsLastInstant() {
        var book = book("10", "0", promotion("0.5"));
        var day = Instant.parse("2026-03-01T00:00:00Z");
        assertThat(price(book, "1", Circumstances.at(day.minusNanos(1))).credits())
                .isEqualTo(Credits.of(10));
        assertThat(price(book, "1", Circumstances.at(day)).credits()).isEqualTo(Credits.of(5));
        var end = Instant.parse("2026-03-02T00:00:00Z");
        assertThat(price(book, "1", Circumstances.at(end.minusNanos(1))).credits())
                .isEqualTo(Credits.of(5));
        assertThat(price(book, "1", Circumstances.at(end)).credits()).isEqualTo(Credits.of(10));
    }

    @Test
    void noStackGoesUnderTheLowestFactor() {
        var book = limited(new BigDecimal("0.5"), null, "0.001", CostFloor.NONE, "10", "0");
        var quote = price(book, "1", committed(NIGHT, "1000000"));
        assertThat(quote.credits()).isEqualTo(Credits.of(5));
        assertThat(quote.adjustments()).hasSize(3);
        assertThat(quote.adjustments().getLast().kind()).isEqualTo(AdjustmentKind.LOWEST_FACTOR);
        assertThat(price(book, "1", committed(NIGHT, "100000")).credits())
                .as("0.7 × 0.8 is over it")
                .isEqualTo(Credits.parse("5.6"));
    }

    @Test
    void noStackGoesOverTheHighestFactor() {
        var book = limited(null, new BigDecimal("1.2"), "0.001", CostFloor.NONE, "10", "0");
        var quote = price(book, "3", Circumstances.at(DAY).under(Set.of("busy")));
        assertThat(quote.credits()).isEqualTo(Credits.of(36));
        assertThat(quote.adjustments().getLast().kind()).isEqualTo(AdjustmentKind.HIGHEST_FACTOR);
    }

    @Test
    void aPricedCallCostsTheMinimumAtLeast() {
        var book = limited(null, null, "0.5", CostFloor.NONE, "1", "0");
        var quote = price(book, "1", committed(NIGHT, "1000000"));
        assertThat(quote.credits()).isEqualTo(Credits.parse("0.5"));
        assertThat(quote.adjustments().getLast().kind()).isEqualTo(AdjustmentKind.MINIMUM_CHARGE);
        assertThat(price(book, "0.1", Circumstances.at(DAY)).credits())
                .isEqualTo(Credits.parse("0.5"));
    }

    @ParameterizedTest
    @CsvSource({
        // unit cost at $0.001 a credit, base 10 credits, 0.42 of which are 4.2
        "0.0042, 4.2",
        "0.0042001, 4.201",
        "0.005, 5",
        "0.0100001, 10",
        "0.5, 10"
    })
    void aPriceIsRaisedToItsCostAndNeverOverItsBase(String cost, String charged) {
        var book = limited(null, null, "0.001", CostFloor.RAISE_TO_COST, "10", cost);
        assertThat(price(book, "1", committed(NIGHT, "1000000")).credits())
                .isEqualTo(Credits.parse(charged));
    }

    @Test
    void aSaleUnderCostIsRefusedWhereTheBookSaysSo() {
        var book = limited(null, null, "0.001", CostFloor.REFUSE, "10", "0.0042001");
        assertThatExceptionOfType(UnderCostException.class)
                .isThrownBy(() -> price(book, "1", committed(NIGHT, "1000000")))
                .withMessageContaining("0.0042");
        assertThat(price(book, "1", committed(NIGHT, "100000")).credits())
                .isEqualTo(Credits.parse("5.6"));
        var leak = limited(null, null, "0.001", CostFloor.REFUSE, "10", "1");
        assertThat(price(leak, "1", Circumstances.at(DAY)).credits())
                .as("without a discount the table decides")
                .isEqualTo(Credits.of(10));
    }

    @Test
    void anotherQuantityIsPricedByTheStepsThatWereBound() {
        var book = book("10", "0", OFF_PEAK, BUSY, COMMITTED);
        var night = price(book, "1", committed(NIGHT, "100000"));
        var later = requireNonNull(book.quote("op", new BigDecimal("3"), night.adjustments()));
        assertThat(later.credits()).isEqualTo(Credits.parse("16.8"));
        assertThat(later.adjustments().getLast().after()).isEqualTo(Credits.parse("16.8"));
    }

    @Test
    void anyStackIsTheProductOfItsFactorsRoundedOnce() {
        var random = Seed.random();
        for (int i = 0; i < 20_000; i++) {
            var rules = new ArrayList<Adjustment>();
            var expected = BigDecimal.ONE;
            for (int j = random.nextInt(1, 6); j > 0; j--) {
                var factor = BigDecimal.valueOf(random.nextLong(1, 3_000_000), 6);
                rules.add(
                        new Adjustment.Promotion(
                                "p" + j, OperationScope.ALL, Instant.EPOCH, Instant.MAX, factor));
                expected = expected.multiply(factor);
            }
            var credits = new Credits(random.nextLong(1, 1_000_000) * 1000);
            var quantity = BigDecimal.valueOf(random.nextLong(1, 1_000_000_000), 6);
            var book = book(credits.toString(), "0", rules.toArray(new Adjustment[0]));
            var quote = price(book, quantity.toPlainString(), Circumstances.at(DAY));
            var exact = credits.toBigDecimal().multiply(quantity).multiply(expected);
            assertThat(quote.credits().toBigDecimal())
                    .as("%s × %s × %s", credits, quantity, expected)
                    .isEqualByComparingTo(
                            exact.setScale(3, RoundingMode.HALF_UP).max(new BigDecimal("0.001")));
        }
    }

    @Test
    void theTableIsQuotedWhateverTheCircumstances() {
        var quote = book("10", "0", OFF_PEAK).quote("op", BigDecimal.ONE);
        assertThat(requireNonNull(quote).credits()).isEqualTo(Credits.of(10));
    }

    private static Adjustment promotion(String factor) {
        return new Adjustment.Promotion(
                "spring",
                OperationScope.ALL,
                Instant.parse("2026-03-01T00:00:00Z"),
                Instant.parse("2026-03-02T00:00:00Z"),
                new BigDecimal(factor));
    }

    private static Quote price(PriceBook book, String quantity, Circumstances circumstances) {
        return requireNonNull(book.quote("op", new BigDecimal(quantity), circumstances));
    }

    private static PriceBook book(String credits, String cost, Adjustment... rules) {
        return book(credits, cost, new Adjustments(List.of(rules), AdjustmentLimits.NONE));
    }

    private static PriceBook limited(
            @Nullable BigDecimal lowest,
            @Nullable BigDecimal highest,
            String minimum,
            CostFloor floor,
            String credits,
            String cost) {
        return book(
                credits,
                cost,
                new Adjustments(
                        List.of(OFF_PEAK, BUSY, COMMITTED),
                        new AdjustmentLimits(lowest, highest, Credits.parse(minimum), floor)));
    }

    private static PriceBook book(String credits, String cost, Adjustments adjustments) {
        var operations = new TreeMap<String, OperationPrice>();
        operations.put(
                "op",
                new OperationPrice(
                        "op",
                        "Op",
                        Credits.parse(credits),
                        Money.parse(cost),
                        Money.ZERO,
                        new BigDecimal("0.5")));
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
