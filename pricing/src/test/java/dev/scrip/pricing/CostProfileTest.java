package dev.scrip.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CostProfileTest {

    @Test
    void percentilesAreNearestRanks() {
        var profile = CostProfile.of(LongStream.rangeClosed(1, 200).toArray(), ResourceUse.NONE);
        assertThat(profile.calls()).isEqualTo(200);
        assertThat(profile.min()).isEqualTo(new Money(1));
        assertThat(profile.p50()).isEqualTo(new Money(100));
        assertThat(profile.p95()).isEqualTo(new Money(190));
        assertThat(profile.p99()).isEqualTo(new Money(198));
        assertThat(profile.max()).isEqualTo(new Money(200));
        assertThat(profile.mean()).isEqualByComparingTo("0.0000001005");
        assertThat(profile.spread()).isEqualByComparingTo("1.9");
    }

    @Test
    void oneCallIsEveryPercentile() {
        var profile = CostProfile.of(new long[] {7}, ResourceUse.NONE);
        assertThat(profile.p50()).isEqualTo(new Money(7));
        assertThat(profile.p95()).isEqualTo(new Money(7));
        assertThat(profile.p99()).isEqualTo(new Money(7));
        assertThat(profile.spread()).isEqualByComparingTo("1");
    }

    @Test
    void aPercentileIsTheSmallestCostThatEnoughCallsDoNotExceed() {
        var random = Seed.random();
        for (int round = 0; round < 300; round++) {
            var costs =
                    random.longs(random.nextInt(1, 300), 0, 1 + random.nextLong(1, 1000)).toArray();
            var profile = CostProfile.of(costs, ResourceUse.NONE);
            assertThat(profile.p50()).isEqualTo(byCounting(costs, 50));
            assertThat(profile.p95()).isEqualTo(byCounting(costs, 95));
            assertThat(profile.p99()).isEqualTo(byCounting(costs, 99));
        }
    }

    private static Money byCounting(long[] costs, int percent) {
        long smallest =
                Arrays.stream(costs)
                        .filter(cost ->
                                Arrays.stream(costs).filter(c -> c <= cost).count() * 100
                                        >= (long) percent * costs.length)
                        .min()
                        .orElseThrow();
        return new Money(smallest);
    }

    @Test
    void aMeanStaysExactBeyondTheRangeOfALong() {
        var profile = CostProfile.of(new long[] {Long.MAX_VALUE, Long.MAX_VALUE}, ResourceUse.NONE);
        assertThat(profile.mean()).isEqualByComparingTo("9223372036.854775807");
        assertThat(profile.total().unattributed()).isEqualByComparingTo("18446744073.709551614");
    }

    @Test
    void withoutCallsOrWithANegativeCostThereIsNoProfile() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CostProfile.of(new long[0], ResourceUse.NONE));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CostProfile.of(new long[] {1, -1}, ResourceUse.NONE))
                .withMessageContaining("(-0.000000001)");
    }

    @Test
    void theSamplesAreNotTouched() {
        long[] costs = {3, 1, 2};
        var _ = CostProfile.of(costs, ResourceUse.NONE);
        assertThat(costs).containsExactly(3, 1, 2);
    }

    @Test
    void whenHalfOfTheCallsCostNothingThereIsNoSpread() {
        assertThat(CostProfile.of(new long[] {0, 0, 5}, ResourceUse.NONE).spread()).isNull();
    }

    @Test
    void recordedCallsAreCostedOneByOne() {
        var recorder =
                new CostRecorder(
                        CostRatesTest.rates("0.001", "0.01", "0", "0", Map.of("t", "0.0000001")));
        // Memory is held while computing, so the mean of products is not the product of means.
        recorder.record(CostRatesTest.use("1000", "1000", "0", "0", Map.of("t", "3")));
        recorder.record(CostRatesTest.use("3000", "3000", "0", "0", Map.of()));
        var profile = recorder.toProfile();
        assertThat(profile.total().compute()).isEqualByComparingTo("0.004");
        assertThat(profile.total().memory()).isEqualByComparingTo("0.1");
        assertThat(profile.total().thirdParty()).isEqualByComparingTo("0.0000003");
        assertThat(profile.meanBreakdown().memory()).isEqualByComparingTo("0.05");
        assertThat(profile.mean()).isEqualByComparingTo("0.05200015");
        assertThat(profile.meanUse().computeMs()).isEqualByComparingTo("2000");
        assertThat(profile.meanUse().thirdParty().get("t")).isEqualByComparingTo("1.5");
        assertThat(profile.p50()).isEqualTo(Money.parse("0.0110003"));
        assertThat(profile.max()).isEqualTo(Money.parse("0.093"));
    }

    @Test
    void manyTinyCostsAddUpThoughEachRoundsToNothing() {
        var recorder =
                new CostRecorder(
                        CostRatesTest.rates("0", "0", "0", "0", Map.of("t", "0.0000000001")));
        for (int i = 0; i < 1_000; i++) {
            recorder.record(CostRatesTest.use("0", "0", "0", "0", Map.of("t", "1")));
        }
        assertThat(recorder.calls()).isEqualTo(1_000);
        assertThat(recorder.toProfile().max()).isEqualTo(Money.ZERO);
        assertThat(recorder.toProfile().mean()).isEqualByComparingTo(new BigDecimal("1e-10"));
    }
}
