package dev.scrip.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.scrip.insight.Cohorts.Cohort;
import dev.scrip.insight.Cohorts.Heavy;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CohortsTest {

    @ParameterizedTest
    @CsvSource({"0, ''", "0.1, d", "0.25, d", "0.26, d a", "0.5, d a", "1, d a b c"})
    void theHeaviestAreAShareOfAllRoundedUp(BigDecimal share, String heavy) {
        assertThat(grandfathered(new Heavy.TopShare(share))).isEqualTo(heavy);
    }

    @ParameterizedTest
    @CsvSource({"1, d a b c", "30, d a b", "30.001, d", "41, ''"})
    void theHeaviestUseAtLeastSoMuch(BigDecimal credits, String heavy) {
        assertThat(grandfathered(new Heavy.AtLeast(credits))).isEqualTo(heavy);
    }

    @Test
    void theLotIsAsLargeAsItIsSaid() {
        for (long seed = 1; seed <= 5; seed++) {
            var drawn = of(cohorts("0.1", seed), accounts(20_000), Cohort.HOLDOUT).size();
            // Four standard deviations of a binomial lot.
            assertThat(drawn).as("seed %s", seed).isBetween(1_830, 2_170);
        }
    }

    @Test
    void newAccountsChangeNothingForThoseWhoAreThere() {
        var before = of(cohorts("0.2", 7), accounts(500), Cohort.HOLDOUT);
        var after = of(cohorts("0.2", 7), accounts(2_000), Cohort.HOLDOUT);
        assertThat(after).containsAll(before).hasSizeGreaterThan(before.size());
        assertThat(after.stream().filter(accounts(500)::containsKey)).hasSameSizeAs(before);
        assertThat(of(cohorts("0.2", 8), accounts(500), Cohort.HOLDOUT)).isNotEqualTo(before);
    }

    @Test
    void nobodyOrEverybodyCanBeHeldOut() {
        assertThat(of(cohorts("0", 1), accounts(100), Cohort.HOLDOUT)).isEmpty();
        assertThat(of(cohorts("1", 1), accounts(100), Cohort.HOLDOUT)).hasSize(100);
    }

    @Test
    void aShareOverOneIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cohorts("10", 1))
                .withMessageContaining("holdout (10)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Heavy.TopShare(new BigDecimal("10")));
    }

    private static Cohorts cohorts(String holdout, long seed) {
        return new Cohorts(new Heavy.TopShare(BigDecimal.ZERO), new BigDecimal(holdout), seed);
    }

    private static String grandfathered(Heavy rule) {
        var use =
                Map.of(
                        "a", new BigDecimal("30"),
                        "b", new BigDecimal("30.0"),
                        "c", new BigDecimal("2"),
                        "d", new BigDecimal("40"));
        return String.join(
                " ", of(new Cohorts(rule, BigDecimal.ZERO, 1), use, Cohort.GRANDFATHERED));
    }

    private static List<String> of(Cohorts cohorts, Map<String, BigDecimal> use, Cohort cohort) {
        return cohorts.of(use).stream()
                .filter(member -> member.cohort() == cohort)
                .map(Cohorts.Member::account)
                .collect(Collectors.toList());
    }

    private static Map<String, BigDecimal> accounts(int count) {
        var use = new TreeMap<String, BigDecimal>();
        for (int i = 0; i < count; i++) {
            use.put("account" + i, BigDecimal.ONE);
        }
        return use;
    }
}
