package dev.scrip.insight;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;

/// Splits rising points into runs so that the squared distances to each run's mean are least.
///
/// In one dimension the best groups are runs, so dynamic programming over where the last run starts
/// finds the optimum in O(n² K). Of equal sums, the one whose upper runs start lower is taken,
/// which gives lower levels at the top.
///
/// Source: Wang and Song, Ckmeans.1d.dp, The R Journal 3(2), 2011.
final class Segmentation {

    /// Sums closer than this share of the whole are the same but for rounding.
    static final double NOISE = 1e-13;

    private static final int DISTORTION_DECIMALS = 12;
    private static final int CENTRE_DECIMALS = 6;

    private final WeightedPoints points;
    private final double noise;
    private final double[][] sums;
    private final int[][] starts;

    /// @param levelsMax the most runs asked for
    Segmentation(WeightedPoints points, int levelsMax) {
        this.points = points;
        int runs = Math.min(levelsMax, points.count());
        this.sums = new double[runs + 1][points.count()];
        this.starts = new int[runs + 1][points.count()];
        this.noise = points.scale() * NOISE;
        for (var row : sums) {
            Arrays.fill(row, Double.POSITIVE_INFINITY);
        }
        for (int end = 0; end < points.count(); end++) {
            lastRuns(end);
        }
    }

    /// The best split into at most so many runs; fewer where more would change nothing.
    FreeLevels best(int levels) {
        int runs = Math.min(levels, sums.length - 1);
        int last = points.count() - 1;
        while (runs > 1 && sums[runs - 1][last] <= sums[runs][last] + noise) {
            runs--;
        }
        var firsts = new int[runs + 1];
        firsts[runs] = points.count();
        for (int run = runs; run > 0; run--) {
            firsts[run - 1] = starts[run][firsts[run] - 1];
        }
        double distortion = 0;
        var centres = new ArrayList<BigDecimal>();
        var sizes = new ArrayList<Integer>();
        for (int run = 0; run < runs; run++) {
            double mean = mean(firsts[run], firsts[run + 1]);
            int size = 0;
            for (int i = firsts[run]; i < firsts[run + 1]; i++) {
                double miss = points.log(i) - mean;
                distortion += points.weight(i) * miss * miss;
                size += points.size(i);
            }
            centres.add(rounded(Math.exp(mean), CENTRE_DECIMALS));
            sizes.add(size);
        }
        return new FreeLevels(distortion(distortion), centres, sizes);
    }

    static BigDecimal distortion(double value) {
        return rounded(value, DISTORTION_DECIMALS);
    }

    /// Tries every start of the last run, the longest last, for every number of runs at once.
    private void lastRuns(int end) {
        double weight = 0;
        double mean = 0;
        double spread = 0;
        for (int start = end; start >= 0; start--) {
            // Welford's update: no difference of large sums.
            double w = points.weight(start);
            if (w > 0) {
                weight += w;
                double delta = points.log(start) - mean;
                mean += delta * w / weight;
                spread += w * delta * (points.log(start) - mean);
            }
            for (int runs = 1; runs < sums.length; runs++) {
                double before;
                if (start == 0) {
                    before = runs == 1 ? 0 : Double.POSITIVE_INFINITY;
                } else {
                    before = sums[runs - 1][start - 1];
                }
                double sum = before + spread;
                if (sum < Double.POSITIVE_INFINITY && sum <= sums[runs][end] + noise) {
                    sums[runs][end] = Math.min(sum, sums[runs][end]);
                    starts[runs][end] = start;
                }
            }
        }
    }

    /// The weighted mean of a run's logarithms; of points that weigh nothing, the plain one.
    private double mean(int from, int to) {
        double weight = 0;
        double sum = 0;
        double plain = 0;
        int size = 0;
        for (int i = from; i < to; i++) {
            weight += points.weight(i);
            sum += points.weight(i) * points.log(i);
            plain += points.size(i) * points.log(i);
            size += points.size(i);
        }
        return weight > 0 ? sum / weight : plain / size;
    }

    private static BigDecimal rounded(double value, int decimals) {
        return new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN);
    }
}
