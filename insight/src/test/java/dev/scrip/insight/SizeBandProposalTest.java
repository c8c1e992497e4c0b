package dev.scrip.insight;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

final class SizeBandProposalTest {

    @Test
    void threeKindsOfCallsAreToldApart() {
        var sizes = new double[3_000];
        var costs = new long[3_000];
        var random = new SplittableRandom(5);
        for (int i = 0; i < sizes.length; i++) {
            double centre = i % 3 == 0 ? 100 : i % 3 == 1 ? 1_500 : 30_000;
            sizes[i] = centre * (0.8 + 0.4 * random.nextDouble());
            costs[i] = Math.round(sizes[i] * 1_000);
        }
        var proposal = requireNonNull(SizeBandProposal.of("token", sizes, costs));

        assertThat(proposal.bands())
                .extracting(band -> band.name() + " " + band.upTo().toPlainString())
                .containsExactly("s 200", "m 2000", "l 50000");
        assertThat(proposal.bands()).allMatch(band -> band.calls() == 1_000);
        assertThat(proposal.explained()).isGreaterThan(0.99);
        assertThat(proposal.bands().getFirst().meanCost())
                .isBetween(new BigDecimal("0.00008"), new BigDecimal("0.00012"));
    }

    @Test
    void everyCallIsInOneBandAndTheMeansAddUp() {
        var random = new SplittableRandom(11);
        for (int round = 0; round < 50; round++) {
            var sizes = random.doubles(1 + random.nextInt(400), 0, 1e5).toArray();
            var costs = Arrays.stream(sizes).mapToLong(size -> (long) (size * size)).toArray();
            var proposal = SizeBandProposal.of("kb", sizes, costs);
            if (proposal != null) {
                var bands = proposal.bands();
                assertThat(bands.stream().mapToLong(SizeBandProposal.Band::calls).sum())
                        .isEqualTo(sizes.length);
                assertThat(bands.getLast().upTo().doubleValue())
                        .isGreaterThanOrEqualTo(Arrays.stream(sizes).max().orElseThrow());
                double total =
                        bands.stream()
                                .mapToDouble(band -> band.calls() * band.meanCost().doubleValue())
                                .sum();
                assertThat(total)
                        .isCloseTo(
                                Arrays.stream(costs).sum() / 1e9, Percentage.withPercentage(1e-6));
            }
        }
    }

    @Test
    void sizesThatSayNothingOfCostsMakeNoBands() {
        var random = new SplittableRandom(3);
        var sizes = random.doubles(2_000, 1, 1e5).toArray();
        var costs = random.longs(2_000, 1, 1_000_000).toArray();

        assertThat(SizeBandProposal.of("kb", sizes, costs)).isNull();
        assertThat(SizeBandProposal.of("kb", new double[0], new long[0])).isNull();
        assertThat(SizeBandProposal.of("kb", new double[] {5, 5}, new long[] {9, 9})).isNull();
        assertThatThrownBy(() -> SizeBandProposal.of("kb", new double[1], new long[2]))
                .hasMessageContaining("There are 1 sizes for 2 costs.");
    }
}
