package dev.scrip.insight;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scrip.insight.WhatIf.Change;
import dev.scrip.insight.WhatIf.Verdict;
import dev.scrip.pricing.CostRates;
import dev.scrip.pricing.CreditPricing;
import dev.scrip.pricing.CreditTableDesign;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.DesignBrief;
import dev.scrip.pricing.Ladder;
import dev.scrip.pricing.OperationCost;
import dev.scrip.pricing.OperationDesign;
import dev.scrip.pricing.ResourceUse;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WhatIfTest {

    private static final LocalDate MARCH = LocalDate.of(2026, 3, 1);
    private static final LocalDate JUNE = LocalDate.of(2026, 6, 1);

    /// A chat call costs 0.004 for tokens and 0.001 for computing, and brings 10 credits: 0.01.
    private static final CreditTableDesign TABLE =
            CreditTableDesign.of(
                    new DesignBrief(
                            "USD",
                            new CostRates(
                                    new BigDecimal("0.001"),
                                    BigDecimal.ZERO,
                                    BigDecimal.ZERO,
                                    BigDecimal.ZERO,
                                    new TreeMap<>(
                                            Map.of(
                                                    "gpt.input", new BigDecimal("0.000002"),
                                                    "gpt.output", new BigDecimal("0.00001"),
                                                    "gpt2.input", new BigDecimal("5")))),
                            Ladder.DEFAULT,
                            List.of(
                                    OperationDesign.of("chat", "Chat", chat())
                                            .withPinned(Credits.of(10))
                                            .withMonthlyCalls(1_000),
                                    OperationDesign.of(
                                            "mail",
                                            "Mail",
                                            new OperationCost.Stated(
                                                    new BigDecimal("0.0002"), null))),
                            null,
                            BigDecimal.ONE,
                            new CreditPricing.Fixed(BigDecimal.ONE, 1_000, null),
                            new BigDecimal("0.4"),
                            new TreeMap<>()));

    private static OperationCost chat() {
        return new OperationCost.Modelled(
                new ResourceUse(
                        new BigDecimal("1000"),
                        BigDecimal.ZERO,
                        BigDecimal.ZERO,
                        BigDecimal.ZERO,
                        new TreeMap<>(
                                Map.of(
                                        "gpt.input", new BigDecimal("1000"),
                                        "gpt.output", new BigDecimal("200")))));
    }

    @ParameterizedTest
    @CsvSource({
        // name, factor, unit cost, margin, verdict, new credits, months
        "gpt, 1.25, 0.006, 0.4, FINE, , ",
        "gpt, 1.3, 0.0062, 0.38, UNDER_FLOOR, 25, 6",
        "gpt.input, 2, 0.007, 0.3, UNDER_FLOOR, 25, 6",
        "third_party, 2, 0.009, 0.1, UNDER_FLOOR, 25, 6",
        "compute, 6.01, 0.01001, -0.001, UNDER_WATER, 25, 6",
        "gpt, 10, 0.041, -3.1, UNDER_WATER, 100, 14",
        "gpt, 0.5, 0.003, 0.7, FINE, , "
    })
    void aCostThatMovesMovesTheMargin(
            String name,
            String factor,
            String unitCost,
            String margin,
            Verdict verdict,
            @Nullable BigDecimal newCredits,
            @Nullable Integer months) {
        var step =
                new WhatIf(TABLE)
                        .after(List.of(new Change(MARCH, name, new BigDecimal(factor))))
                        .getFirst();
        assertThat(step.from()).isEqualTo(MARCH);
        assertThat(step.operations())
                .singleElement()
                .satisfies(
                        chat -> assertThat(chat.unitCost()).isEqualByComparingTo(unitCost),
                        chat -> assertThat(chat.margin()).isEqualByComparingTo(margin),
                        chat -> assertThat(chat.verdict()).isEqualTo(verdict),
                        chat -> assertThat(chat.newCredits()).isEqualTo(newCredits),
                        chat -> assertThat(chat.glideMonths()).isEqualTo(months));
    }

    @Test
    void changesAddUpDayByDay() {
        var steps =
                new WhatIf(TABLE)
                        .after(
                                List.of(
                                        new Change(JUNE, "gpt.output", new BigDecimal("2")),
                                        new Change(MARCH, "gpt", new BigDecimal("1.5")),
                                        new Change(JUNE, "compute", new BigDecimal("3"))));
        assertThat(steps).extracting(WhatIf.Step::from).containsExactly(MARCH, JUNE);
        assertThat(steps.get(0).operations().getFirst().unitCost()).isEqualByComparingTo("0.007");
        // 1,000 × 0.000003 + 200 × 0.00003 + 0.003
        var june = steps.get(1).operations().getFirst();
        assertThat(june.unitCost()).isEqualByComparingTo("0.012");
        assertThat(june.verdict()).isEqualTo(Verdict.UNDER_WATER);
        assertThat(june.monthlyLoss()).isEqualByComparingTo("2");
        assertThat(requireNonNull(steps.get(1).blendedMargin())).isEqualByComparingTo("-0.2");
    }

    @Test
    void aNameIsAPartOfAUnitAndNotOfItsLetters() {
        var whatIf = new WhatIf(TABLE);
        assertThat(whatIf.matches("gpt")).containsExactly("gpt.input", "gpt.output");
        assertThat(whatIf.matches("gpt2.input")).containsExactly("gpt2.input");
        assertThat(whatIf.matches("third_party")).hasSize(3);
        assertThat(whatIf.matches("compute")).containsExactly("compute");
        assertThat(whatIf.matches("gp")).isEmpty();
    }
}
