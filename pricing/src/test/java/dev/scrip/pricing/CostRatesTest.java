package dev.scrip.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CostRatesTest {

    private static final CostRates RATES =
            rates("0.0034", "0.001", "0.02", "0.05", Map.of("model.token", "0.0000025"));

    @Test
    void eachResourceIsChargedAtItsRate() {
        // 2 s; 1.5 GB for 2 s; 3 MB of 1,000 KB read; 500 KB sent; 1,000 tokens
        var cost = RATES.cost(use("2000", "1500", "3000", "500", Map.of("model.token", "1000")));
        assertThat(cost.compute()).isEqualByComparingTo("0.0068");
        assertThat(cost.memory()).isEqualByComparingTo("0.003");
        assertThat(cost.storage()).isEqualByComparingTo("0.00006");
        assertThat(cost.bandwidth()).isEqualByComparingTo("0.000025");
        assertThat(cost.thirdParty()).isEqualByComparingTo("0.0025");
        assertThat(cost.unattributed()).isEqualByComparingTo("0");
        assertThat(cost.total()).isEqualByComparingTo("0.012385");
        assertThat(cost.toMoney()).isEqualTo(Money.parse("0.012385"));
    }

    @Test
    void nothingUsedCostsNothing() {
        assertThat(RATES.cost(ResourceUse.NONE).total()).isEqualByComparingTo("0");
        assertThat(CostRates.NONE.cost(use("1", "1", "1", "1", Map.of())).total())
                .isEqualByComparingTo("0");
    }

    @Test
    void memoryCountsOnlyWhileComputing() {
        assertThat(RATES.cost(use("0", "4096", "0", "0", Map.of())).total())
                .isEqualByComparingTo("0");
    }

    @Test
    void aUnitWithoutARateIsNamedWithTheKnownOnes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RATES.cost(use("0", "0", "0", "0", Map.of("model.tokn", "1"))))
                .withMessageContaining("(model.tokn)")
                .withMessageContaining("model.token");
    }

    @Test
    void negativeUseAndRatesAreRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> use("0", "0", "-1", "0", Map.of()))
                .withMessageContaining("storage_kb (-1)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> use("0", "0", "0", "0", Map.of("t", "-2")))
                .withMessageContaining("third_party.t (-2)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rates("0", "-0.1", "0", "0", Map.of()))
                .withMessageContaining("memory_per_gb_second (-0.1)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rates("0", "0", "0", "0", Map.of("t", "-3")))
                .withMessageContaining("third_party.t (-3)");
    }

    @Test
    void aStatedTotalLeavesARestThatMayBeNegative() {
        var modelled = RATES.cost(use("2000", "0", "0", "0", Map.of()));
        assertThat(modelled.within(new BigDecimal("0.01")).unattributed())
                .isEqualByComparingTo("0.0032");
        assertThat(modelled.within(new BigDecimal("0.005")).unattributed())
                .isEqualByComparingTo("-0.0018");
        assertThat(modelled.within(new BigDecimal("0.005")).total()).isEqualByComparingTo("0.005");
        assertThat(modelled.within(new BigDecimal("0.01")).within(new BigDecimal("0.02")).total())
                .isEqualByComparingTo("0.02");
    }

    static CostRates rates(
            String compute,
            String memory,
            String storage,
            String bandwidth,
            Map<String, String> thirdParty) {
        return new CostRates(
                new BigDecimal(compute),
                new BigDecimal(memory),
                new BigDecimal(storage),
                new BigDecimal(bandwidth),
                decimals(thirdParty));
    }

    static ResourceUse use(
            String computeMs,
            String memoryMb,
            String storageKb,
            String bandwidthKb,
            Map<String, String> thirdParty) {
        return new ResourceUse(
                new BigDecimal(computeMs),
                new BigDecimal(memoryMb),
                new BigDecimal(storageKb),
                new BigDecimal(bandwidthKb),
                decimals(thirdParty));
    }

    private static SortedMap<String, BigDecimal> decimals(Map<String, String> figures) {
        var decimals = new TreeMap<String, BigDecimal>();
        figures.forEach((name, figure) -> decimals.put(name, new BigDecimal(figure)));
        return decimals;
    }
}
