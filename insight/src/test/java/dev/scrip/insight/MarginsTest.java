package dev.scrip.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import java.math.BigDecimal;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MarginsTest {

    @ParameterizedTest
    @CsvSource({
        // list, cost, floor, margin, leak, exposure
        "10, 4, 0.5, 0.6000, false, 0",
        "10, 5, 0.5, 0.5000, false, 0",
        "10, 6, 0.5, 0.4000, true, 1",
        "10, 50, 0.5, -4.0000, true, 45",
        "0.01, 0.05, 0.5, -4.0000, true, 0.045",
        "0.01, 0.01, 0.7, 0.0000, true, 0.007",
        "3, 1, 0.6666, 0.6667, false, 0",
        "3, 1, 0, 0.6667, false, 0",
    })
    void theMarginAtListPriceIsHeldAgainstTheFloor(
            String list, String cost, String floor, String margin, boolean leak, String exposure) {
        var found = only(row("op", list, list, cost, floor));

        assertThat(found.atList()).isEqualTo(new BigDecimal(margin));
        assertThat(found.leak()).isEqualTo(leak);
        assertThat(found.exposure()).isEqualTo(Money.parse(exposure));
    }

    @Test
    void aMarginThatOnlyRoundsUpToItsFloorIsStillALeak() {
        var found = only(row("op", "3", "3", "1.0000001", "0.66666665"));

        assertThat(found.atList()).isEqualTo(new BigDecimal("0.6667"));
        assertThat(found.leak()).isTrue();
        assertThat(found.exposure()).isEqualTo(Money.parse("0.00000005"));
    }

    @Test
    void theYieldDecidesTheSecondMarginButNotTheLeak() {
        var found = only(row("op", "10", "5", "4", "0.5"));

        assertThat(found.atList()).isEqualTo(new BigDecimal("0.6000"));
        assertThat(found.atYield()).isEqualTo(new BigDecimal("0.2000"));
        assertThat(found.leak()).isFalse();
    }

    @Test
    void callsPaidByPromotionalCreditsHaveNoMarginAtYield() {
        assertThat(only(row("op", "10", "0", "4", "0.5")).atYield()).isNull();
    }

    @Test
    void aFreeOperationHasNoMarginAndIsNoLeakButItsCostCounts() {
        var margins =
                Margins.of(
                        List.of(
                                row("free", "0", "0", "2", "0.5"),
                                row("paid", "10", "10", "4", "0.5")));

        var free = margins.operations().getFirst();
        assertThat(free.totals().operation()).isEqualTo("free");
        assertThat(free.atList()).isNull();
        assertThat(free.leak()).isFalse();
        assertThat(free.exposure()).isEqualTo(Money.ZERO);
        assertThat(margins.blendedAtList()).isEqualTo(new BigDecimal("0.4000"));
    }

    @Test
    void anOperationThatLeftThePriceBookHasNoFloorToFallUnder() {
        var found = only(row("old", "1", "1", "5", null));

        assertThat(found.atList()).isEqualTo(new BigDecimal("-4.0000"));
        assertThat(found.leak()).isFalse();
    }

    @Test
    void theLargestExposureComesFirst() {
        var margins =
                Margins.of(
                        List.of(
                                row("a", "10", "10", "1", "0.5"),
                                row("b", "10", "10", "6", "0.5"),
                                row("c", "10", "10", "9", "0.5")));

        assertThat(margins.operations())
                .extracting(margin -> margin.totals().operation())
                .containsExactly("c", "b", "a");
        assertThat(margins.exposure()).isEqualTo(Money.parse("5"));
        assertThat(margins.blendedAtList()).isEqualTo(new BigDecimal("0.4667"));
    }

    @Test
    void nothingSoldMeansNoMarginAtAll() {
        var margins = Margins.of(List.of());

        assertThat(margins.operations()).isEmpty();
        assertThat(margins.blendedAtList()).isNull();
        assertThat(margins.blendedAtYield()).isNull();
        assertThat(margins.exposure()).isEqualTo(Money.ZERO);
    }

    @Test
    void aFloorGivenAsAPercentageIsRefused() {
        assertThatThrownBy(() -> row("op", "1", "1", "1", "50"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("The margin floor (50) of op must be in [0, 1)");
    }

    @Test
    void payingTheExposureBackLiftsEveryLeakExactlyToItsFloor() {
        var random = new SplittableRandom(20_261_122);
        for (int i = 0; i < 1_000; i++) {
            var list = Money.parse(random.nextInt(1, 1_000) + "." + random.nextInt(10, 100));
            var cost = Money.parse(random.nextInt(0, 2_000) + "." + random.nextInt(10, 100));
            var floor = BigDecimal.valueOf(random.nextInt(0, 100), 2);
            var found = only(new OperationTotals("op", 1, Credits.of(1), list, list, cost, floor));

            var remains = list.minus(cost).plus(found.exposure()).toBigDecimal();
            var asked = floor.multiply(list.toBigDecimal());
            if (found.leak()) {
                assertThat(remains).as("run %d", i).isEqualByComparingTo(asked);
            } else {
                assertThat(remains).as("run %d", i).isGreaterThanOrEqualTo(asked);
            }
        }
    }

    private static OperationMargin only(OperationTotals row) {
        return Margins.of(List.of(row)).operations().getFirst();
    }

    private static OperationTotals row(
            String operation, String list, String yield, String cost, @Nullable String floor) {
        return new OperationTotals(
                operation,
                7,
                Credits.of(70),
                Money.parse(list),
                Money.parse(yield),
                Money.parse(cost),
                floor == null ? null : new BigDecimal(floor));
    }
}
