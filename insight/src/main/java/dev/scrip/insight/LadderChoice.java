package dev.scrip.insight;

import dev.scrip.pricing.Ladder;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// Chooses the values of a ladder that a table is best reduced to.
///
/// The nearest of some rising values parts the points into runs, at the geometric mean of each two
/// neighbours. So the cost of a choice is a sum over neighbours, and dynamic programming over the
/// ladder finds the best of all subsets in O(L² K) instead of trying each. Of equal costs the lower
/// values are taken.
final class LadderChoice {

    private final WeightedPoints points;
    private final List<BigDecimal> ladder;
    private final double noise;

    /// By ladder value: how many points are not above it.
    private final int[] covered;

    /// By ladder value: the cost of the first so many points at that value.
    private final double[][] costs;

    /// By number of chosen values and the last of them: the cost of all points up to it.
    private final double[][] sums;

    private final int[][] befores;

    LadderChoice(WeightedPoints points, Ladder ladder, int levelsMax) {
        this.points = points;
        this.ladder = around(points, ladder.values());
        this.noise = points.scale() * Segmentation.NOISE;
        int size = this.ladder.size();
        this.covered = new int[size];
        this.costs = new double[size][points.count() + 1];
        for (int value = 0; value < size; value++) {
            while (covered[value] < points.count()
                    && points.values().get(covered[value]).compareTo(this.ladder.get(value)) <= 0) {
                covered[value]++;
            }
            for (int point = 0; point < points.count(); point++) {
                costs[value][point + 1] =
                        costs[value][point] + points.cost(point, this.ladder.get(value));
            }
        }
        int chosen = Math.min(levelsMax, size);
        this.sums = new double[chosen + 1][size];
        this.befores = new int[chosen + 1][size];
        for (int value = 0; value < size; value++) {
            sums[1][value] = costs[value][covered[value]];
        }
        for (int count = 2; count <= chosen; count++) {
            choose(count);
        }
    }

    /// The best choice of at most so many values; fewer where more would change nothing.
    LadderLevels best(int levels, List<ExactPrice> prices) {
        int count = 1;
        int last = cheapestLast(1);
        for (int more = 2; more <= Math.min(levels, sums.length - 1); more++) {
            int candidate = cheapestLast(more);
            if (total(more, candidate) < total(count, last) - noise) {
                count = more;
                last = candidate;
            }
        }
        var chosen = new ArrayList<BigDecimal>();
        for (int value = last; count > 0; count--) {
            chosen.addFirst(ladder.get(value));
            value = befores[count][value];
        }
        return assigned(chosen, prices);
    }

    /// The values from the last at or below the lowest point to the first at or above the highest.
    private static List<BigDecimal> around(WeightedPoints points, List<BigDecimal> ladder) {
        var lowest = points.values().getFirst();
        var highest = points.values().getLast();
        int from = 0;
        while (from + 1 < ladder.size() && ladder.get(from + 1).compareTo(lowest) <= 0) {
            from++;
        }
        int to = ladder.size() - 1;
        while (to > from && ladder.get(to - 1).compareTo(highest) >= 0) {
            to--;
        }
        return ladder.subList(from, to + 1);
    }

    private void choose(int count) {
        for (int value = 0; value < ladder.size(); value++) {
            sums[count][value] = Double.POSITIVE_INFINITY;
            for (int before = count - 2; before < value; before++) {
                double sum = sums[count - 1][before] + between(before, value);
                if (sum < sums[count][value] - noise) {
                    sums[count][value] = sum;
                    befores[count][value] = before;
                }
            }
        }
    }

    /// The cost of the points above one value and not above the next, each at the nearer of the
    /// two.
    private double between(int lower, int upper) {
        int middle = covered[lower];
        var product = ladder.get(lower).multiply(ladder.get(upper));
        int end = covered[upper];
        int high = end;
        while (middle < high) {
            int half = (middle + high) >>> 1;
            var point = points.values().get(half);
            if (point.multiply(point).compareTo(product) <= 0) {
                middle = half + 1;
            } else {
                high = half;
            }
        }
        return costs[lower][middle]
                - costs[lower][covered[lower]]
                + costs[upper][end]
                - costs[upper][middle];
    }

    private int cheapestLast(int count) {
        int best = count - 1;
        for (int value = count; value < ladder.size(); value++) {
            if (total(count, value) < total(count, best) - noise) {
                best = value;
            }
        }
        return best;
    }

    private double total(int count, int last) {
        return sums[count][last] + costs[last][points.count()] - costs[last][covered[last]];
    }

    private LadderLevels assigned(List<BigDecimal> chosen, List<ExactPrice> prices) {
        var taken = points.nearest(chosen);
        var levels = new TreeMap<BigDecimal, BigDecimal>();
        double distortion = 0;
        for (int i = 0; i < points.count(); i++) {
            levels.put(points.values().get(i), taken.get(i));
            distortion += points.cost(i, taken.get(i));
        }
        SortedMap<String, BigDecimal> assignment = new TreeMap<>();
        for (var price : prices) {
            var level = levels.get(price.credits());
            if (level != null) {
                assignment.put(price.operation(), level);
            }
        }
        return new LadderLevels(
                Segmentation.distortion(distortion),
                new ArrayList<>(new TreeSet<>(taken)),
                assignment);
    }
}
