package dev.scrip.insight;

import dev.scrip.pricing.Ladder;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/// The distinct exact values of a table, rising, on the scale of ratios.
///
/// Operations of one value are one point, so no level ever parts them.
final class WeightedPoints {

    private final List<BigDecimal> values;
    private final double[] logs;
    private final double[] weights;
    private final int[] sizes;

    private WeightedPoints(List<BigDecimal> values, double[] logs, double[] weights, int[] sizes) {
        this.values = values;
        this.logs = logs;
        this.weights = weights;
        this.sizes = sizes;
    }

    static WeightedPoints of(List<ExactPrice> prices, Weighting weighting) {
        var revenue = new TreeMap<BigDecimal, BigDecimal>(Comparator.naturalOrder());
        var sizes = new TreeMap<BigDecimal, Integer>(Comparator.naturalOrder());
        var total = BigDecimal.ZERO;
        for (var price : prices) {
            var earned = price.credits().multiply(price.monthlyCalls());
            total = total.add(earned);
            revenue.merge(price.credits(), earned, BigDecimal::add);
            sizes.merge(price.credits(), 1, Integer::sum);
        }
        var values = new ArrayList<>(sizes.keySet());
        var logs = new double[values.size()];
        var weights = new double[values.size()];
        var counts = new int[values.size()];
        for (int i = 0; i < counts.length; i++) {
            var value = values.get(i);
            counts[i] = sizes.getOrDefault(value, 0);
            logs[i] = Math.log(value.doubleValue());
            weights[i] =
                    switch (weighting) {
                        case UNIT -> counts[i];
                        case REVENUE ->
                                revenue.getOrDefault(value, BigDecimal.ZERO).doubleValue()
                                        / total.doubleValue();
                    };
        }
        return new WeightedPoints(List.copyOf(values), logs, weights, counts);
    }

    int count() {
        return logs.length;
    }

    /// Exact, rising.
    List<BigDecimal> values() {
        return values;
    }

    double log(int point) {
        return logs[point];
    }

    /// Of all operations of the value together.
    double weight(int point) {
        return weights[point];
    }

    /// How many operations have the value.
    int size(int point) {
        return sizes[point];
    }

    /// What it costs to give a point a level.
    double cost(int point, BigDecimal level) {
        double miss = Math.log(level.doubleValue()) - logs[point];
        return weights[point] * miss * miss;
    }

    /// What one level for all would cost, at most: the scale on which differences are noise.
    double scale() {
        double least = Double.POSITIVE_INFINITY;
        for (int middle = 0; middle < count(); middle++) {
            double cost = 0;
            for (int i = 0; i < count(); i++) {
                cost += cost(i, values.get(middle));
            }
            least = Math.min(least, cost);
        }
        return least;
    }

    /// The level that each point takes, the nearest by ratio; the comparisons are exact.
    List<BigDecimal> nearest(List<BigDecimal> levels) {
        var ladder = Ladder.of(levels);
        return values.stream().map(one -> ladder.round(one, Ladder.Rounding.NEAREST_LOG)).toList();
    }
}
