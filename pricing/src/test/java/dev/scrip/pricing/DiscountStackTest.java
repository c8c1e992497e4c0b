package dev.scrip.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DiscountStackTest {

    private static final Adjustment NIGHT =
            new Adjustment.OffPeak(
                    "night",
                    OperationScope.ALL,
                    new TimeWindow(
                            ZoneOffset.UTC, LocalTime.of(2, 0), LocalTime.of(6, 0), Set.of()),
                    new BigDecimal("0.7"));

    private static Adjustment committed(String factor) {
        return new Adjustment.CommitmentTiers(
                "committed",
                OperationScope.ALL,
                List.of(
                        new Adjustment.Tier(Credits.of(100_000), new BigDecimal("0.8")),
                        new Adjustment.Tier(Credits.of(1_000_000), new BigDecimal(factor))));
    }

    /// 0.7 × 0.6 = 0.42 leaves the article's operations 52 % and more, over the floor of 50 %.
    @Test
    void theArticlesStackHolds() {
        assertThat(doubts(AdjustmentLimits.NONE, NIGHT, committed("0.6"))).isEmpty();
    }

    @Test
    void aDeeperStackIsNamedWithTheSmallestFactorThatHolds() {
        var doubts = doubts(AdjustmentLimits.NONE, NIGHT, committed("0.5"));
        assertThat(doubts).hasSize(2);
        assertThat(doubts.getFirst().code()).isEqualTo("discounts_below_floor");
        assertThat(doubts.getFirst().operation()).isEqualTo("image.upload");
        assertThat(doubts.getFirst().message())
                .isEqualTo(
                        "Together, night × 0.7, committed × 0.5 can bring it to 0.35 of its price,"
                                + " which keeps 42.9 %, under its floor of 50 %. The smallest factor"
                                + " that holds is 0.4: make a discount smaller, or set lowest_factor"
                                + " in adjustment_limits.");
        assertThat(doubts.getLast().operation()).isEqualTo("video.process");
    }

    @Test
    void aLowestFactorHoldsTheStack() {
        var limits =
                new AdjustmentLimits(
                        new BigDecimal("0.4"),
                        null,
                        Credits.SMALLEST_CHARGE,
                        AdjustmentLimits.CostFloor.NONE);
        assertThat(doubts(limits, NIGHT, committed("0.5"))).isEmpty();
    }

    @Test
    void aStackUnderCostIsNoMarginAtAll() {
        assertThat(doubts(AdjustmentLimits.NONE, NIGHT, committed("0.1")).getFirst().message())
                .contains("is under its cost");
        var raised =
                new AdjustmentLimits(
                        null,
                        null,
                        Credits.SMALLEST_CHARGE,
                        AdjustmentLimits.CostFloor.RAISE_TO_COST);
        assertThat(doubts(raised, NIGHT, committed("0.1")).getFirst().message())
                .contains("raise to its cost");
    }

    private static List<DesignWarning> doubts(AdjustmentLimits limits, Adjustment... rules) {
        var brief = Designs.article().brief();
        return CreditTableDesign.of(
                        new DesignBrief(
                                brief.currency(),
                                brief.costRates(),
                                brief.ladder(),
                                brief.operations(),
                                brief.baseOperation(),
                                brief.baseCredits(),
                                brief.creditPricing(),
                                brief.marginFloor(),
                                Collections.emptySortedMap(),
                                BurnPreference.EXPIRY_FIRST,
                                new Adjustments(List.of(rules), limits)))
                .warnings()
                .stream()
                .filter(warning -> warning.kind() == DesignWarning.Kind.DISCOUNTS_BELOW_FLOOR)
                .toList();
    }
}
