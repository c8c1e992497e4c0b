package dev.scrip.pricing;

import static dev.scrip.pricing.Designs.ARTICLE_PRICE;
import static dev.scrip.pricing.Designs.SHARED_GPU;
import static dev.scrip.pricing.Designs.article;
import static dev.scrip.pricing.Designs.brief;
import static dev.scrip.pricing.Designs.codes;
import static dev.scrip.pricing.Designs.design;
import static dev.scrip.pricing.Designs.plain;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CreditTableDesignTest {

    /// Source: article, "Building the table", steps 1 to 5.
    @ParameterizedTest
    @CsvSource({
        "image.upload,            1,    1,     1,    1, 0.80",
        "image.resize,            4,    4,     5,    2, 0.84",
        "image.analyze,           75,   112.5, 100,  3, 0.85",
        "image.remove_background, 200,  240,   250,  4, 0.84",
        "video.process,           2500, 2500,  2500, 5, 0.80"
    })
    void theArticlesTableComesOut(
            String operation,
            BigDecimal ratio,
            BigDecimal exact,
            long credits,
            int level,
            BigDecimal margin) {
        var designed = article().operation(operation);
        assertThat(designed.costRatio()).isEqualByComparingTo(ratio);
        assertThat(designed.exactCredits()).isEqualByComparingTo(exact);
        assertThat(designed.credits()).isEqualTo(Credits.of(credits));
        assertThat(designed.level()).isEqualTo(level);
        assertThat(designed.margin()).isEqualByComparingTo(margin);
    }

    @Test
    void theArticlesCreditPriceComesOut() {
        var design = article();
        assertThat(design.creditPrice().toString()).isEqualTo("$1 per 1,000 credits");
        assertThat(design.baseOperation()).isEqualTo("image.upload");
        assertThat(design.levels()).isEqualTo(5);
        assertThat(design.warnings()).isEmpty();
        assertThat(design.creditPrice().why().getFirst())
                .isEqualTo(
                        "Of the blended cost of $0.0003 a credit the operations themselves take"
                                + " $0.00019468; the rest is overhead such as support, the free"
                                + " plan and idle capacity.");
    }

    @Test
    void everyStepOfAPriceIsSaidWithItsFigures() {
        assertThat(article().operation("image.analyze").why())
                .containsExactly(
                        "A call costs $0.015 as stated (compute $0.0068, memory $0.002048,"
                                + " bandwidth $0.0000025, unattributed $0.0061495).",
                        "That is 75 times image.upload.",
                        "Its value multiplies that by 1.5 (saves work): 112.5 credits exactly.",
                        "112.5 becomes 100, the nearest of the ladder 1-2.5-5 by ratio, 11.1 %"
                                + " down.",
                        "At $1 per 1,000 credits a call brings $0.10, of which 85 % is margin.");
    }

    @Test
    void theBaseIsTheCheapestOperationThatIsCommon() {
        var rare = plain("rare", "0.0001").withMonthlyCalls(9);
        var common = plain("common", "0.0002").withMonthlyCalls(991);
        assertThat(design(common, rare).baseOperation()).isEqualTo("common");
        assertThat(design(common, rare.withMonthlyCalls(11)).baseOperation()).isEqualTo("rare");
    }

    @Test
    void oneCallInAHundredIsCommon() {
        assertThat(
                        design(
                                        plain("a", "0.0002").withMonthlyCalls(990),
                                        plain("b", "0.0001").withMonthlyCalls(10))
                                .baseOperation())
                .isEqualTo("b");
    }

    @Test
    void withoutCallsTheBaseIsTheCheapestThatCostsAnything() {
        assertThat(
                        design(
                                        plain("free", "0"),
                                        plain("given", "0.0001").withPinned(Credits.ZERO),
                                        plain("b", "0.0003"),
                                        plain("a", "0.0003"))
                                .baseOperation())
                .isEqualTo("a");
    }

    @Test
    void aNamedBaseIsTaken() {
        var design =
                CreditTableDesign.of(
                        brief(
                                "b",
                                ARTICLE_PRICE,
                                Ladder.parse("0.1,0.5,1,5"),
                                plain("a", "0.0001"),
                                plain("b", "0.0002")));
        assertThat(design.baseOperation()).isEqualTo("b");
        assertThat(design.operation("a").credits()).isEqualTo(Credits.parse("0.5"));
    }

    @Test
    void aBaseThatIsUnknownOrFreeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> brief("c", ARTICLE_PRICE, Ladder.DEFAULT, plain("a", "1")))
                .withMessageContaining("(c)")
                .withMessageContaining("a");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        CreditTableDesign.of(
                                brief(
                                        "b",
                                        ARTICLE_PRICE,
                                        Ladder.DEFAULT,
                                        plain("a", "1"),
                                        plain("b", "0"))))
                .withMessageContaining("(b)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> design(plain("a", "0")))
                .withMessageContaining("nothing to measure");
    }

    @Test
    void freeOperationsHaveNoCreditsNoLevelAndNoMargin() {
        var design =
                design(
                        plain("a", "0.0002").withMonthlyCalls(10),
                        plain("b", "0.0002").withPinned(Credits.ZERO).withMonthlyCalls(10));
        var free = design.operation("b");
        assertThat(free.isFree()).isTrue();
        assertThat(free.level()).isZero();
        assertThat(free.margin()).isNull();
        assertThat(free.exactCredits()).isEqualByComparingTo("1");
        assertThat(free.why()).contains("It is set to be free.");
        assertThat(design.levels()).isEqualTo(1);
        // the paid calls carry the free ones: 1 − 2 × 0.0002 / 0.001
        assertThat(design.blendedMargin()).isEqualByComparingTo("0.6");
    }

    @Test
    void pinnedCreditsStayOffTheLadder() {
        var design =
                design(
                        plain("a", "0.0002"),
                        plain("cached", "0.0001").withPinned(Credits.parse("0.3")));
        assertThat(design.baseOperation()).isEqualTo("cached");
        assertThat(design.operation("cached").credits()).isEqualTo(Credits.parse("0.3"));
        assertThat(codes(design)).contains("rounding_moves_price cached");
    }

    @Test
    void theBlendedMarginIsWeightedByCalls() {
        var design =
                design(
                        plain("a", "0.0002").withMonthlyCalls(900),
                        plain("b", "0.0010").withMonthlyCalls(100));
        // cost 0.18 + 0.1; credits 900 + 100 × 5 at 0.001
        assertThat(design.blendedMargin()).isEqualByComparingTo("0.8");
        assertThat(design.weightedByCalls()).isTrue();
    }

    @Test
    void anOwnCostWithOverheadMakesThePrice() {
        var pricing =
                new CreditPricing.FromOwnCost(new BigDecimal("0.70"), new BigDecimal("0.0001"));
        var design =
                CreditTableDesign.of(
                        brief(
                                null,
                                pricing,
                                Ladder.DEFAULT,
                                plain("a", "0.0002").withMonthlyCalls(900),
                                plain("b", "0.0010").withMonthlyCalls(100)));
        // 0.28 / 1400 + 0.0001 = 0.0003
        assertThat(design.creditPrice().exact()).isEqualByComparingTo("0.001");
        assertThat(design.creditPrice().why().getFirst())
                .isEqualTo(
                        "In the known mix of calls a credit costs $0.0002, and $0.0001 of"
                                + " overhead.");
        assertThat(design.warnings()).isEmpty();
    }

    @Test
    void onlyFreeCallsGiveACreditNoCost() {
        var pricing = new CreditPricing.FromOwnCost(new BigDecimal("0.70"), BigDecimal.ZERO);
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        CreditTableDesign.of(
                                brief(
                                        null,
                                        pricing,
                                        Ladder.DEFAULT,
                                        plain("a", "0.0002"),
                                        plain("f", "0").withMonthlyCalls(5))))
                .withMessageContaining("No call of a priced operation");
    }

    @Test
    void theFarthestCompetitorGivesTheRatio() {
        var design =
                design(
                        Designs.with(
                                plain("a", "0.0002"),
                                "1",
                                "",
                                List.of(
                                        new Competitor.PerCall("A", new BigDecimal("0.0005")),
                                        new Competitor.PerCredit(
                                                "B", new BigDecimal("2"), new BigDecimal("0.002")),
                                        new Competitor.CreditsOnly("C", new BigDecimal("0.5"))),
                                null));
        assertThat(design.operation("a").competitorRatio()).isEqualByComparingTo("0.25");
        assertThat(design.operation("a").why())
                .contains("That is 2 times what A asks.", "That is 0.25 times what B asks.");
    }

    @Test
    void aMeasuredOperationIsCostedByItsMean() {
        var recorder = new CostRecorder(SHARED_GPU);
        recorder.record(CostRatesTest.use("100", "0", "0", "0", Map.of()));
        recorder.record(CostRatesTest.use("300", "0", "0", "0", Map.of()));
        var design =
                design(
                        OperationDesign.of(
                                "a", "A", new OperationCost.Measured(recorder.toProfile())));
        assertThat(design.operation("a").unitCost()).isEqualByComparingTo("0.00068");
        assertThat(design.operation("a").why().getFirst())
                .isEqualTo(
                        "A call costs $0.00068 in the mean of 2 measured (compute $0.00068); half"
                                + " cost at most $0.00034, 95 % at most $0.00102.");
    }

    @Test
    void modelledCostsFollowTheRates() {
        var use = CostRatesTest.use("200", "256", "0", "200", Map.of());
        var design = design(OperationDesign.of("a", "A", new OperationCost.Modelled(use)));
        assertThat(design.operation("a").unitCost()).isEqualByComparingTo("0.0007412");
        assertThat(design.operation("a").costBreakdown().unattributed()).isEqualByComparingTo("0");
    }

    @Test
    void aDesignBecomesAPriceBook() {
        var plans = new TreeMap<String, Plan>();
        plans.put("free", new Plan("free", "Free", Money.ZERO, Credits.of(1000)));
        var brief = article().brief();
        var book =
                CreditTableDesign.of(
                                new DesignBrief(
                                        brief.currency(),
                                        brief.costRates(),
                                        brief.ladder(),
                                        brief.operations(),
                                        brief.baseOperation(),
                                        brief.baseCredits(),
                                        brief.creditPricing(),
                                        brief.marginFloor(),
                                        plans))
                        .toPriceBook("pb_7", Instant.EPOCH);
        assertThat(book.version()).isEqualTo("pb_7");
        assertThat(book.creditPrice()).isEqualTo(Money.parse("0.001"));
        assertThat(book.plans()).isEqualTo(plans);
        var quote = requireNonNull(book.quote("video.process", BigDecimal.ONE));
        assertThat(quote.credits()).isEqualTo(Credits.of(2500));
        assertThat(quote.listValue()).isEqualTo(Money.parse("2.5"));
        assertThat(quote.cost()).isEqualTo(Money.parse("0.5"));
    }

    @Test
    void scalingEveryCostLeavesTheCreditsAlone() {
        var random = Seed.random();
        for (int round = 0; round < 300; round++) {
            int count = random.nextInt(1, 12);
            var small = new OperationDesign[count];
            var large = new OperationDesign[count];
            for (int i = 0; i < count; i++) {
                var cost = BigDecimal.valueOf(random.nextLong(1, 1_000_000), 9);
                small[i] = plain("op" + i, cost.toPlainString());
                large[i] = plain("op" + i, cost.multiply(new BigDecimal("7")).toPlainString());
            }
            var a = design(small);
            var b = design(large);
            for (int i = 0; i < count; i++) {
                assertThat(a.operations().get(i).credits())
                        .isEqualTo(b.operations().get(i).credits());
                assertThat(a.operations().get(i).credits().isPositive()).isTrue();
            }
        }
    }

    @Test
    void aDearerOperationNeverCostsFewerCredits() {
        var random = Seed.random();
        for (int round = 0; round < 300; round++) {
            var operations = new ArrayList<OperationDesign>();
            for (int i = 0; i < 10; i++) {
                var cost = BigDecimal.valueOf(random.nextLong(1, 1L << random.nextInt(1, 40)), 9);
                operations.add(plain("op" + i, cost.toPlainString()));
            }
            var designed =
                    new ArrayList<>(
                            design(operations.toArray(OperationDesign[]::new)).operations());
            designed.sort(Comparator.comparing(DesignedOperation::unitCost));
            for (int i = 1; i < designed.size(); i++) {
                assertThat(designed.get(i).credits())
                        .isGreaterThanOrEqualTo(designed.get(i - 1).credits());
            }
        }
    }

    @Test
    void impossibleInputIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Designs.valued(plain("a", "1"), "0"))
                .withMessageContaining("value multiplier (0) of a");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Designs.valued(plain("a", "1"), "1000000000"));
        assertThatIllegalArgumentException().isThrownBy(() -> plain("a", "-1"));
        assertThatIllegalArgumentException().isThrownBy(() -> plain("a", "1").withMonthlyCalls(-1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plain("a", "1").withPinned(Credits.of(-1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Designs.with(plain("a", "1"), "1", "", List.of(), "50"))
                .withMessageContaining("Maybe it is meant as a percentage");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> design(plain("a", "1"), plain("a", "2")))
                .withMessageContaining("(a) is there twice");
        assertThatIllegalArgumentException().isThrownBy(() -> design());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Competitor.PerCall("Acme", BigDecimal.ZERO))
                .withMessageContaining("(Acme)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> article().operation("nope"))
                .withMessageContaining("\"nope\"");
    }
}
