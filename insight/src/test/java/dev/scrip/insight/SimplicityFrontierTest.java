package dev.scrip.insight;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.scrip.pricing.Ladder;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SimplicityFrontierTest {

    private static final Offset<Double> SAME = within(1e-9);

    private static ExactPrice price(String operation, String credits, long calls) {
        return new ExactPrice(operation, new BigDecimal(credits), BigDecimal.valueOf(calls));
    }

    private static SimplicityFrontier frontier(int levels, ExactPrice... prices) {
        return SimplicityFrontier.of(List.of(prices), Ladder.DEFAULT, Weighting.UNIT, levels);
    }

    private static Simplification last(SimplicityFrontier frontier) {
        return frontier.steps().getLast();
    }

    /// Against every way to cut a rising row, and every subset of a ladder.
    @Test
    void nothingIsBetterThanTheOptimum() {
        var random = Seed.random();
        for (int round = 0; round < 300; round++) {
            var prices = new ArrayList<ExactPrice>();
            int count = random.nextInt(1, 9);
            for (int i = 0; i < count; i++) {
                prices.add(
                        new ExactPrice(
                                "op" + i,
                                // Few digits, so that equal values and exact ties happen.
                                BigDecimal.valueOf(random.nextInt(1, 40))
                                        .movePointRight(random.nextInt(-1, 3)),
                                BigDecimal.valueOf(random.nextInt(0, 5))));
            }
            prices.add(price("always", "3", 1));
            var weighting = random.nextBoolean() ? Weighting.UNIT : Weighting.REVENUE;
            var ladder = Ladder.parse("0.5,1,2,5,10,20,40,80,200,1000");
            var frontier = SimplicityFrontier.of(prices, ladder, weighting, 9);
            for (var step : frontier.steps()) {
                var described = step.levels() + " levels of " + prices + " by " + weighting;
                var oracle = new Oracle(prices, weighting);
                assertThat(step.free().distortion().doubleValue())
                        .as("free, %s", described)
                        .isCloseTo(oracle.free(step.levels()), SAME);
                assertThat(step.ladder().distortion().doubleValue())
                        .as("ladder, %s", described)
                        .isCloseTo(oracle.ladder(ladder.values(), step.levels()), SAME);
                assertThat(oracle.cost(step.ladder()))
                        .as("assignment, %s", described)
                        .isCloseTo(step.ladder().distortion().doubleValue(), SAME);
                assertThat(step.ladder().credits())
                        .hasSizeLessThanOrEqualTo(step.levels())
                        .containsExactlyElementsOf(
                                new TreeSet<>(step.ladder().assignment().values()));
                assertThat(step.free().sizes().stream().mapToInt(Integer::intValue).sum())
                        .isEqualTo(prices.size());
            }
        }
    }

    /// Tries everything; shares no code with what it checks.
    private static final class Oracle {

        private final List<ExactPrice> prices;
        private final double[] weights;

        Oracle(List<ExactPrice> prices, Weighting weighting) {
            this.prices =
                    prices.stream().sorted(Comparator.comparing(ExactPrice::credits)).toList();
            this.weights = new double[prices.size()];
            double total = 0;
            for (int i = 0; i < weights.length; i++) {
                var price = this.prices.get(i);
                weights[i] =
                        weighting == Weighting.UNIT
                                ? 1
                                : price.credits().doubleValue()
                                        * price.monthlyCalls().doubleValue();
                total += weights[i];
            }
            if (weighting == Weighting.REVENUE) {
                for (int i = 0; i < weights.length; i++) {
                    weights[i] /= total;
                }
            }
        }

        double free(int levels) {
            double best = Double.POSITIVE_INFINITY;
            // Each bit is a cut between two neighbours.
            for (int cuts = 0; cuts < 1 << (weights.length - 1); cuts++) {
                if (Integer.bitCount(cuts) < levels) {
                    best = Math.min(best, cut(cuts));
                }
            }
            return best;
        }

        private double cut(int cuts) {
            double cost = 0;
            int from = 0;
            for (int i = 0; i < weights.length; i++) {
                if (i == weights.length - 1 || (cuts >> i & 1) == 1) {
                    cost += run(from, i);
                    from = i + 1;
                }
            }
            return cost;
        }

        private double run(int from, int to) {
            double weight = 0;
            double sum = 0;
            for (int i = from; i <= to; i++) {
                weight += weights[i];
                sum += weights[i] * Math.log(prices.get(i).credits().doubleValue());
            }
            double cost = 0;
            for (int i = from; i <= to && weight > 0; i++) {
                double miss = Math.log(prices.get(i).credits().doubleValue()) - sum / weight;
                cost += weights[i] * miss * miss;
            }
            return cost;
        }

        double ladder(List<BigDecimal> values, int levels) {
            double best = Double.POSITIVE_INFINITY;
            for (int subset = 1; subset < 1 << values.size(); subset++) {
                if (Integer.bitCount(subset) <= levels) {
                    double cost = 0;
                    for (int i = 0; i < weights.length; i++) {
                        double least = Double.POSITIVE_INFINITY;
                        for (int v = 0; v < values.size(); v++) {
                            if ((subset >> v & 1) == 1) {
                                least = Math.min(least, miss(i, values.get(v)));
                            }
                        }
                        cost += weights[i] * least;
                    }
                    best = Math.min(best, cost);
                }
            }
            return best;
        }

        double cost(LadderLevels levels) {
            double cost = 0;
            for (int i = 0; i < weights.length; i++) {
                var level = levels.assignment().get(prices.get(i).operation());
                cost += weights[i] * miss(i, requireNonNull(level));
            }
            return cost;
        }

        private double miss(int i, BigDecimal level) {
            double miss =
                    Math.log(prices.get(i).credits().doubleValue()) - Math.log(level.doubleValue());
            return miss * miss;
        }
    }

    @Test
    void moreLevelsThanValuesCostNothingMore() {
        var step = last(frontier(9, price("a", "3", 0), price("b", "3.0", 0), price("c", "70", 0)));
        assertThat(step.levels()).isEqualTo(9);
        assertThat(step.free().distortion()).isEqualByComparingTo("0");
        assertThat(step.free().centres())
                .extracting(BigDecimal::stripTrailingZeros)
                .containsExactly(new BigDecimal("3"), new BigDecimal("7E+1"));
        assertThat(step.free().sizes()).containsExactly(2, 1);
        assertThat(step.ladder().credits())
                .containsExactly(new BigDecimal("2.5"), new BigDecimal("50"));
    }

    /// 10 is as far from 1 as from 100; sums of logarithms tie exactly in arithmetic, not in
    /// doubles.
    @Test
    void aTieGoesToTheLower() {
        var three =
                new ExactPrice[] {price("a", "1", 0), price("b", "10", 0), price("c", "100", 0)};
        assertThat(last(frontier(2, three)).free().sizes()).containsExactly(1, 2);

        var ladder = Ladder.parse("1,100");
        var step =
                SimplicityFrontier.of(List.of(three), ladder, Weighting.UNIT, 2).steps().getLast();
        assertThat(step.ladder().assignment()).containsEntry("b", BigDecimal.ONE);

        var one =
                SimplicityFrontier.of(List.of(price("b", "10", 0)), ladder, Weighting.UNIT, 1)
                        .steps()
                        .getLast();
        assertThat(one.ladder().credits()).containsExactly(BigDecimal.ONE);
    }

    @Test
    void revenueWeighsWhatIsCalled() {
        var prices = List.of(price("a", "10", 1_000_000), price("b", "40", 1), price("c", "60", 1));
        var unit = SimplicityFrontier.of(prices, Ladder.DEFAULT, Weighting.UNIT, 1);
        var revenue = SimplicityFrontier.of(prices, Ladder.DEFAULT, Weighting.REVENUE, 1);
        assertThat(last(unit).ladder().credits()).containsExactly(new BigDecimal("25"));
        assertThat(last(revenue).ladder().credits()).containsExactly(BigDecimal.TEN);
    }

    /// Three clusters, so the third level is where the gain ends, whatever range is asked for.
    @Test
    void theKneeIsWhereTheClustersEnd() {
        var prices = new ArrayList<ExactPrice>();
        for (int i = 0; i < 6; i++) {
            prices.add(price("s" + i, "1." + i, 0));
            prices.add(price("m" + i, "10" + i, 0));
            prices.add(price("l" + i, "1000" + i, 0));
        }
        var frontier = frontier(4, prices.toArray(ExactPrice[]::new));
        assertThat(frontier.distinct()).isEqualTo(18);
        assertThat(frontier.steps()).hasSize(4);
        assertThat(frontier.freeKnee()).isEqualTo(3);
        assertThat(frontier.ladderKnee()).isEqualTo(3);
        assertThat(frontier(3, price("a", "5", 0)).freeKnee()).isNull();
    }

    @Test
    void whatCannotBeATableIsNamed() {
        assertThatIllegalArgumentException().isThrownBy(() -> frontier(3));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> frontier(3, price("a", "1", 0), price("a", "2", 0)))
                .withMessageContaining("(a) is there twice");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> price("a", "0", 0))
                .withMessageContaining("(0) of a");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> price("a", "1", -1))
                .withMessageContaining("(-1) of a");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        SimplicityFrontier.of(
                                List.of(price("a", "1", 0)), Ladder.DEFAULT, Weighting.REVENUE, 1))
                .withMessageContaining("monthly_calls");
    }

    @Test
    void billsMoveByWhatIsCalled() {
        var before = new TreeMap<String, BigDecimal>();
        before.put("a", new BigDecimal("4"));
        before.put("b", new BigDecimal("240"));
        var after = new TreeMap<String, BigDecimal>();
        after.put("a", new BigDecimal("5"));
        after.put("b", new BigDecimal("200"));
        var usage = new TreeMap<String, SortedMap<String, BigDecimal>>();
        usage.put("small", new TreeMap<>(Map.of("a", new BigDecimal("100"))));
        usage.put("large", new TreeMap<>(Map.of("b", new BigDecimal("100"))));
        usage.put("both", new TreeMap<>(Map.of("a", new BigDecimal("40"), "b", BigDecimal.ONE)));
        usage.put("idle", new TreeMap<>(Map.of("a", BigDecimal.ZERO)));
        var moves = BillMoves.of(before, after, usage);
        // small 400 → 500, large 24,000 → 20,000, both 400 → 400
        assertThat(moves.moves())
                .extracting(BillMove::account)
                .containsExactly("small", "large", "both");
        assertThat(moves.moves().getFirst().change()).isEqualByComparingTo("0.25");
        assertThat(moves.median().doubleValue()).isCloseTo(1.0 / 6, SAME);
        assertThat(moves.p95()).isEqualByComparingTo("0.25");
        assertThat(moves.overFifth().doubleValue()).isCloseTo(1.0 / 3, SAME);
        assertThat(moves.total().doubleValue()).isCloseTo(20_900.0 / 24_800 - 1, SAME);
    }

    /// 20 % is not more than 20 %.
    @Test
    void aFifthIsNotOverAFifth() {
        var before = new TreeMap<>(Map.of("a", new BigDecimal("3"), "b", new BigDecimal("5")));
        var after =
                new TreeMap<>(Map.of("a", new BigDecimal("3.6"), "b", new BigDecimal("3.999999")));
        var usage = new TreeMap<String, SortedMap<String, BigDecimal>>();
        usage.put("x", new TreeMap<>(Map.of("a", BigDecimal.ONE)));
        assertThat(BillMoves.of(before, after, usage).overFifth()).isEqualByComparingTo("0");
        usage.put("y", new TreeMap<>(Map.of("b", BigDecimal.ONE)));
        assertThat(BillMoves.of(before, after, usage).overFifth()).isEqualByComparingTo("0.5");
    }
}
