package dev.scrip.pricing;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Credit tables to test with, the article's among them.
final class Designs {

    private Designs() {}

    static final CreditPricing ARTICLE_PRICE =
            new CreditPricing.FromBlendedCost(new BigDecimal("0.70"), new BigDecimal("0.0003"));

    static final CostRates SHARED_GPU =
            CostRatesTest.rates("0.0034", "0.001", "0", "0.05", Map.of());

    static CreditTableDesign article() {
        return design(
                stated("image.upload", "0.0002", "50", "100", "500"),
                stated("image.resize", "0.0008", "200", "256", "200"),
                valued(stated("image.analyze", "0.0150", "2000", "1024", "50"), "1.5"),
                valued(stated("image.remove_background", "0.0400", "5000", "2048", "300"), "1.2"),
                stated("video.process", "0.5000", "60000", "4096", "5000"));
    }

    static List<String> codes(CreditTableDesign design) {
        return design.warnings().stream()
                .map(warning -> warning.code() + " " + warning.operation())
                .toList();
    }

    static CreditTableDesign design(OperationDesign... operations) {
        return CreditTableDesign.of(brief(null, ARTICLE_PRICE, Ladder.DEFAULT, operations));
    }

    static DesignBrief brief(
            @Nullable String base,
            CreditPricing pricing,
            Ladder ladder,
            OperationDesign... operations) {
        return new DesignBrief(
                "USD",
                SHARED_GPU,
                ladder,
                List.of(operations),
                base,
                BigDecimal.ONE,
                pricing,
                new BigDecimal("0.5"),
                Collections.emptySortedMap());
    }

    static OperationDesign valued(OperationDesign design, String multiplier) {
        return with(design, multiplier, "saves work", List.of(), null);
    }

    /// The same with what speaks for its price and bounds it.
    static OperationDesign with(
            OperationDesign design,
            String multiplier,
            String reason,
            List<Competitor> competitors,
            @Nullable String marginFloor) {
        return new OperationDesign(
                design.operation(),
                design.title(),
                design.cost(),
                design.monthlyCalls(),
                new BigDecimal(multiplier),
                reason,
                competitors,
                design.pinned(),
                marginFloor == null ? null : new BigDecimal(marginFloor));
    }

    static OperationDesign plain(String id, String cost) {
        return OperationDesign.of(id, id, new OperationCost.Stated(new BigDecimal(cost), null));
    }

    static OperationDesign stated(
            String id, String cost, String computeMs, String memoryMb, String bandwidthKb) {
        return OperationDesign.of(
                id,
                id,
                new OperationCost.Stated(
                        new BigDecimal(cost),
                        CostRatesTest.use(computeMs, memoryMb, "0", bandwidthKb, Map.of())));
    }
}
