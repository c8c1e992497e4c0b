package dev.scrip.pricing;

import static dev.scrip.pricing.Designs.brief;
import static dev.scrip.pricing.Designs.codes;
import static dev.scrip.pricing.Designs.design;
import static dev.scrip.pricing.Designs.plain;
import static dev.scrip.pricing.Designs.stated;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scrip.pricing.DesignWarning.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableDoubtsTest {

    @Test
    void aPriceFromUnknownCallsIsDoubted() {
        var pricing = new CreditPricing.FromOwnCost(new BigDecimal("0.70"), BigDecimal.ZERO);
        assertThat(
                        codes(
                                CreditTableDesign.of(
                                        brief(
                                                null,
                                                pricing,
                                                Ladder.DEFAULT,
                                                plain("a", "0.0003")))))
                .containsExactly("monthly_calls_missing null");
        assertThat(codes(design(plain("a", "0.0002").withMonthlyCalls(5), plain("b", "0.0002"))))
                .containsExactly("monthly_calls_missing null");
    }

    /// Source: article, "Two warnings": $0.08 of cost at 10 credits.
    @Test
    void anOperationUnderItsFloorIsNamedWithTheCreditsItNeeds() {
        var design = design(plain("a", "0.0002"), plain("leak", "0.08").withPinned(Credits.of(10)));
        assertThat(design.operation("leak").margin()).isEqualByComparingTo("-7");
        assertThat(codes(design))
                .containsExactly("margin_below_floor leak", "rounding_moves_price leak");
        assertThat(design.warnings().getFirst().message())
                .isEqualTo(
                        "It keeps -700 % at list price, under its floor of 50 %: customers will"
                                + " flock to it. It needs at least 160 credits: 250 on the ladder"
                                + " 1-2.5-5. From 10 credits, in steps of at most 20 % a month,"
                                + " that takes 19 months in whole credits, 18 in thousandths. To"
                                + " sell it all the same is an exception to approve: each call is"
                                + " $0.07 under cost and $0.15 short of the floor.");
    }

    @Test
    void aBreachOfOneCreditIsCorrectedInSmallerOnes() {
        var leak = plain("leak", "0.004").withPinned(Credits.of(1)).withMonthlyCalls(1_000_000);
        assertThat(design(leak).warnings().getFirst().message())
                .isEqualTo(
                        "It keeps -300 % at list price, under its floor of 50 %: customers will"
                                + " flock to it. It needs at least 8 credits: 10 on the ladder"
                                + " 1-2.5-5. From 1 credit, 20 % a month moves nothing; with 10"
                                + " new credits for each one it takes 14 months. To sell it all the"
                                + " same is an exception to approve: each call is $0.003 under cost"
                                + " and $0.007 short of the floor, $7,000 a month.");
    }

    @Test
    void whatNoLadderValueCoversIsSaid() {
        var top = plain("top", "20000000").withPinned(Credits.of(10));
        assertThat(design(top).warnings().getFirst().message())
                .contains("It needs at least 40,000,000,000 credits, which is above the ladder")
                .doesNotContain("months");
    }

    @Test
    void aMarginBetweenFloorAndTargetIsNamed() {
        // 0.0004 of 0.001 at 1 credit
        assertThat(codes(design(plain("a", "0.0004"))))
                .containsExactly("margin_below_target a", "blended_cost_too_low null");
        assertThat(codes(design(Designs.with(plain("a", "0.0004"), "1", "", List.of(), "0.61"))))
                .contains("margin_below_floor a");
        assertThat(codes(design(plain("a", "0.0003")))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"5, false", "6, true"})
    void aLargeSpreadOfCostAsksForSizeBands(long large, boolean warned) {
        var costs = new long[100];
        Arrays.fill(costs, 100_000);
        Arrays.fill(costs, 90, 100, 100_000 * large);
        var profile = CostProfile.of(costs, ResourceUse.NONE);
        var design = design(OperationDesign.of("a", "A", new OperationCost.Measured(profile)));
        assertThat(codes(design).contains("cost_spread_large a")).isEqualTo(warned);
        assertThat(design.operation("a").profile()).isEqualTo(profile);
    }

    @ParameterizedTest
    @CsvSource({
        "0.0001,  false",
        "0.00009, true",
        "0.01,    false",
        "0.0101,  true",
    })
    void aCompetitorTenTimesOffIsNamed(BigDecimal price, boolean warned) {
        var design =
                design(
                        Designs.with(
                                plain("a", "0.0002"),
                                "1",
                                "",
                                List.of(new Competitor.PerCall("Acme", price)),
                                null));
        assertThat(codes(design).contains("competitor_far_off a")).isEqualTo(warned);
    }

    @Test
    void aStatedCostThatTheModelExceedsOrBarelyExplainsIsDoubted() {
        assertThat(codes(design(stated("a", "0.0001", "50", "100", "500"))))
                .contains("unattributed_cost a");
        assertThat(codes(design(stated("a", "0.0004", "50", "100", "500"))))
                .doesNotContain("unattributed_cost a");
        assertThat(codes(design(stated("a", "0.000401", "50", "100", "500"))))
                .contains("unattributed_cost a");
        assertThat(codes(design(plain("a", "0.0002")))).isEmpty();
    }

    @Test
    void tooManyAndTooFewLevelsAreNamed() {
        var operations = new ArrayList<OperationDesign>();
        for (int i = 0; i < 16; i++) {
            operations.add(plain("op" + i, "0.0001").withPinned(Credits.of(10 + i)));
        }
        assertThat(codes(design(operations.toArray(OperationDesign[]::new))))
                .contains("too_many_levels null");
        assertThat(codes(design(operations.subList(0, 15).toArray(OperationDesign[]::new))))
                .doesNotContain("too_many_levels null");
        assertThat(
                        codes(
                                design(
                                        plain("a", "0.0002"),
                                        plain("b", "0.0002"),
                                        plain("c", "0.0002"),
                                        plain("d", "0.0002"),
                                        plain("e", "0.001"))))
                .containsExactly("too_few_levels null");
    }

    @ParameterizedTest
    @CsvSource({"0.0008, false", "0.00079, true", "0.0003, true"})
    void roundingByMoreThanAQuarterIsNamed(String cost, boolean warned) {
        // 4 credits become 5, exactly a quarter up
        var design = design(plain("a", "0.0002"), plain("b", cost));
        assertThat(codes(design).contains("rounding_moves_price b")).isEqualTo(warned);
    }

    @Test
    void warningCodesAreTheNamesOfTheirKinds() {
        assertThat(new DesignWarning(Kind.MARGIN_BELOW_FLOOR, "a", "m").code())
                .isEqualTo("margin_below_floor");
    }
}
