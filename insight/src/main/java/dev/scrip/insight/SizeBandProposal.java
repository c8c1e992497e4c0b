package dev.scrip.insight;

import dev.scrip.pricing.Money;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Size bands to sell the calls of one operation in, where one price for all hides that the large
/// ones cost far more.
///
/// The bounds are those, of 1, 2 or 5 times a power of ten, that leave the least spread of costs
/// inside the bands: Σ (ln cost − mean ln cost of the band)². Three bands are proposed when they
/// leave at most 70 % of what two leave. No band has less than 1 % of the calls.
///
/// @param unit what the sizes count, such as `gpt-4o.input_token`
/// @param explained the share of the spread of ln cost that the bands take away, 0 to 1
/// @param bands rising
public record SizeBandProposal(String unit, double explained, List<Band> bands) {

    private static final double THIRD_BAND_MUST_LEAVE_AT_MOST = 0.7;
    private static final double EXPLAINED_MIN = 0.2;
    private static final int SHARE_MIN = 100;
    private static final int[] STEPS = {1, 2, 5};
    private static final int DECADES_MAX = 13;

    /// @param name `s`, `m` or `l`
    /// @param upTo the largest size of the band, that size included
    /// @param meanCost of a call
    public record Band(String name, BigDecimal upTo, long calls, BigDecimal meanCost) {}

    /// Calls, their costs and the logarithms of those, up to a bound, added up.
    private record Sums(BigDecimal upTo, long calls, BigDecimal cost, double log, double square) {

        /// What is spread inside the calls after `before`, up to these.
        double spreadSince(Sums before) {
            long count = calls - before.calls;
            double sum = log - before.log;
            return count == 0 ? 0 : Math.max(0, square - before.square - sum * sum / count);
        }
    }

    public SizeBandProposal {
        bands = List.copyOf(bands);
    }

    /// Proposes two or three bands, or null when sizes do not explain what calls cost.
    ///
    /// @param sizes how large each call is, in the unit
    /// @param costNanos what each call cost, in billionths
    /// @throws IllegalArgumentException if there are not as many sizes as costs
    public static @Nullable SizeBandProposal of(String unit, double[] sizes, long[] costNanos) {
        if (sizes.length != costNanos.length) {
            throw new IllegalArgumentException(
                    "There are " + sizes.length + " sizes for " + costNanos.length + " costs.");
        }
        if (sizes.length == 0) {
            return null;
        }
        var sums = sums(sizes, costNanos);
        var all = sums.getLast();
        var nothing = sums.getFirst();
        double whole = all.spreadSince(nothing);
        var two = best(sums, 1);
        var three = best(sums, 2);
        if (two == null || whole == 0) {
            return null;
        }
        var chosen =
                three != null && left(three) <= THIRD_BAND_MUST_LEAVE_AT_MOST * left(two)
                        ? three
                        : two;
        double explained = 1 - left(chosen) / whole;
        if (explained < EXPLAINED_MIN) {
            return null;
        }
        var names = chosen.size() == 3 ? List.of("s", "l") : List.of("s", "m", "l");
        var bands = new ArrayList<Band>();
        for (int i = 1; i < chosen.size(); i++) {
            var before = chosen.get(i - 1);
            var up = chosen.get(i);
            long calls = up.calls - before.calls;
            bands.add(
                    new Band(
                            names.get(i - 1),
                            up.upTo,
                            calls,
                            up.cost
                                    .subtract(before.cost)
                                    .divide(BigDecimal.valueOf(calls), MathContext.DECIMAL128)));
        }
        return new SizeBandProposal(unit, explained, bands);
    }

    private static double left(List<Sums> cuts) {
        double left = 0;
        for (int i = 1; i < cuts.size(); i++) {
            left += cuts.get(i).spreadSince(cuts.get(i - 1));
        }
        return left;
    }

    /// The cuts with the least left, the lower bounds first among equals; null when there are too
    /// few calls for so many.
    private static @Nullable List<Sums> best(List<Sums> sums, int inner) {
        List<Sums> best = null;
        var first = sums.getFirst();
        var last = sums.getLast();
        for (int i = 1; i < sums.size() - 1; i++) {
            var candidates = new ArrayList<List<Sums>>();
            if (inner == 1) {
                candidates.add(List.of(first, sums.get(i), last));
            } else {
                for (int j = i + 1; j < sums.size() - 1; j++) {
                    candidates.add(List.of(first, sums.get(i), sums.get(j), last));
                }
            }
            for (var cuts : candidates) {
                if (areLargeEnough(cuts) && (best == null || left(cuts) < left(best))) {
                    best = cuts;
                }
            }
        }
        return best;
    }

    private static boolean areLargeEnough(List<Sums> cuts) {
        long all = cuts.getLast().calls;
        for (int i = 1; i < cuts.size(); i++) {
            long calls = cuts.get(i).calls - cuts.get(i - 1).calls;
            if (calls == 0 || calls * SHARE_MIN < all) {
                return false;
            }
        }
        return true;
    }

    /// Running sums at each friendly bound, from nothing to the first bound that holds all calls.
    private static List<Sums> sums(double[] sizes, long[] costNanos) {
        double max = Arrays.stream(sizes).max().orElse(0);
        var bounds = bounds(max);
        var calls = new long[bounds.size()];
        var cost = new BigDecimal[bounds.size()];
        var log = new double[bounds.size()];
        var square = new double[bounds.size()];
        Arrays.fill(cost, BigDecimal.ZERO);
        var limits = bounds.stream().mapToDouble(BigDecimal::doubleValue).toArray();
        for (int i = 0; i < sizes.length; i++) {
            int found = Arrays.binarySearch(limits, sizes[i]);
            int bound = Math.min(found < 0 ? -found - 1 : found, limits.length - 1);
            double ln = Math.log((double) Math.max(costNanos[i], 1));
            calls[bound]++;
            cost[bound] = cost[bound].add(new Money(costNanos[i]).toBigDecimal());
            log[bound] += ln;
            square[bound] += ln * ln;
        }
        var sums = new ArrayList<Sums>();
        sums.add(new Sums(BigDecimal.ZERO, 0, BigDecimal.ZERO, 0, 0));
        for (int i = 0; i < limits.length; i++) {
            var before = sums.getLast();
            sums.add(
                    new Sums(
                            bounds.get(i),
                            before.calls + calls[i],
                            before.cost.add(cost[i]),
                            before.log + log[i],
                            before.square + square[i]));
        }
        return sums;
    }

    private static List<BigDecimal> bounds(double max) {
        var bounds = new ArrayList<BigDecimal>();
        for (int decade = -3; decade < DECADES_MAX; decade++) {
            for (int step : STEPS) {
                var bound = BigDecimal.valueOf(step).scaleByPowerOfTen(decade);
                bounds.add(bound.scale() < 0 ? bound.setScale(0) : bound);
                if (bound.doubleValue() >= max) {
                    return bounds;
                }
            }
        }
        return bounds;
    }
}
