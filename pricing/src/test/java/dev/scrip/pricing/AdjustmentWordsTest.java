package dev.scrip.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AdjustmentWordsTest {

    private static final OperationScope IMAGES = new OperationScope(List.of("image.*"));

    @Test
    void aWindowSaysItsZoneAndItsDays() {
        assertThat(window("22:00", "06:00", Set.of(DayOfWeek.SATURDAY), "0.75"))
                .isEqualTo(
                        "25 % off from 22:00 to 06:00 (Europe/Berlin), beginning on Saturday. For"
                                + " image.*.");
        assertThat(window("00:00", "00:00", Set.of(), "1.2"))
                .isEqualTo("20 % more all day (Europe/Berlin). For image.*.");
    }

    private static String window(String from, String to, Set<DayOfWeek> days, String factor) {
        return AdjustmentWords.of(
                new Adjustment.OffPeak(
                        "w",
                        IMAGES,
                        new TimeWindow(
                                ZoneId.of("Europe/Berlin"),
                                LocalTime.parse(from),
                                LocalTime.parse(to),
                                days),
                        new BigDecimal(factor)));
    }

    @Test
    void tiersAndPlansSayEachStep() {
        var tiers =
                List.of(
                        new Adjustment.Tier(Credits.ZERO, BigDecimal.ONE),
                        new Adjustment.Tier(Credits.of(500_000), new BigDecimal("0.95")));
        assertThat(AdjustmentWords.of(new Adjustment.VolumeTiers("v", OperationScope.ALL, tiers)))
                .isEqualTo(
                        "No change after 0 credits used in the period, 5 % off after 500,000"
                                + " credits used in the period.");
        var plans =
                new TreeMap<String, PriceEffect>(
                        Map.of(
                                "free", new PriceEffect.Fixed(Credits.of(12)),
                                "pro", new PriceEffect.Times(new BigDecimal("0.9"))));
        assertThat(AdjustmentWords.of(new Adjustment.PlanPrices("p", OperationScope.ALL, plans)))
                .isEqualTo("By plan: free 12 credits each, pro 10 % off.");
    }

    @Test
    void nobodyIsNamedAndNoCostIsSaid() {
        var accounts =
                new TreeMap<String, PriceEffect>(
                        Map.of("live/acme", new PriceEffect.Fixed(Credits.of(12))));
        assertThat(AdjustmentWords.of(new Adjustment.AccountPrices("a", IMAGES, accounts)))
                .isEqualTo("Some accounts have prices that were agreed on with them. For image.*.");
        var end = Instant.parse("2027-06-01T00:00:00Z");
        assertThat(
                        AdjustmentWords.of(
                                new Adjustment.AccountPrices("a", IMAGES, accounts, null, end)))
                .endsWith("agreed on with them until 2027-06-01T00:00:00Z. For image.*.");
        assertThat(
                        AdjustmentWords.of(
                                new AdjustmentLimits(
                                        null,
                                        null,
                                        Credits.parse("0.5"),
                                        AdjustmentLimits.CostFloor.RAISE_TO_COST)))
                .containsExactly("A call costs at least 0.5 credits.");
        assertThat(
                        AdjustmentWords.of(
                                new Adjustment.Promotion(
                                        "s",
                                        OperationScope.ALL,
                                        Instant.EPOCH,
                                        Instant.EPOCH.plusSeconds(1),
                                        new BigDecimal("0.5"))))
                .isEqualTo("50 % off from 1970-01-01T00:00:00Z until 1970-01-01T00:00:01Z.");
    }
}
