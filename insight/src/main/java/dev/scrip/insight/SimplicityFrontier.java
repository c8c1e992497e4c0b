package dev.scrip.insight;

import dev.scrip.pricing.Ladder;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How exact a table can be with how many levels: from one price for all to a price for each.
///
/// Every row is an optimum, not a heuristic.
///
/// @param distinct how many different exact values the table has
/// @param steps by number of levels, from 1
/// @param freeKnee the number of levels after which more gain little, by [#knee]; null when the
///   frontier does not bend
/// @param ladderKnee the same among the values of the ladder
public record SimplicityFrontier(
        int distinct,
        List<Simplification> steps,
        @Nullable Integer freeKnee,
        @Nullable Integer ladderKnee) {

    /// How many levels people keep in mind.
    public static final int BAND_MIN = 5;

    public static final int BAND_MAX = 15;

    /// More different values than this would take too long.
    public static final int DISTINCT_MAX = 5_000;

    public SimplicityFrontier {
        steps = List.copyOf(steps);
    }

    /// @param levelsMax at least 1
    /// @throws IllegalArgumentException if there are no operations, one is there twice, there are
    ///   too many, or revenue is to weigh them and there is none
    public static SimplicityFrontier of(
            List<ExactPrice> prices, Ladder ladder, Weighting weighting, int levelsMax) {
        check(prices, weighting);
        var points = WeightedPoints.of(prices, weighting);
        if (points.count() > DISTINCT_MAX) {
            throw new IllegalArgumentException(
                    "The table has "
                            + points.count()
                            + " different values; at most "
                            + DISTINCT_MAX
                            + " can be compared. Maybe leave out operations nobody calls.");
        }
        int computed = Math.max(levelsMax, BAND_MAX);
        var segmentation = new Segmentation(points, computed);
        var choice = new LadderChoice(points, ladder, computed);
        var steps = new ArrayList<Simplification>();
        for (int levels = 1; levels <= computed; levels++) {
            steps.add(
                    new Simplification(
                            levels, segmentation.best(levels), choice.best(levels, prices)));
        }
        var band = steps.subList(0, BAND_MAX);
        return new SimplicityFrontier(
                points.count(),
                steps.subList(0, levelsMax),
                knee(band, step -> step.free().distortion()),
                knee(band, step -> step.ladder().distortion()));
    }

    /// Where the frontier bends most: the point farthest under the straight line from the first to
    /// the last, both axes at full length. Of equal ones the lower; null when none is under it.
    ///
    /// Source: Satopää et al., Finding a "Kneedle" in a Haystack, 2011.
    private static @Nullable Integer knee(
            List<Simplification> steps, Function<Simplification, BigDecimal> distortion) {
        var first = distortion.apply(steps.getFirst());
        var last = distortion.apply(steps.getLast());
        var fall = first.subtract(last);
        if (fall.signum() <= 0) {
            return null;
        }
        Integer knee = null;
        var deepest = BigDecimal.ZERO;
        for (int i = 1; i < steps.size() - 1; i++) {
            var fallen =
                    first.subtract(distortion.apply(steps.get(i)))
                            .divide(fall, MathContext.DECIMAL64);
            var walked =
                    BigDecimal.valueOf(i)
                            .divide(BigDecimal.valueOf(steps.size() - 1L), MathContext.DECIMAL64);
            var depth = fallen.subtract(walked);
            if (depth.compareTo(deepest) > 0) {
                deepest = depth;
                knee = steps.get(i).levels();
            }
        }
        return knee;
    }

    private static void check(List<ExactPrice> prices, Weighting weighting) {
        if (prices.isEmpty()) {
            throw new IllegalArgumentException("A table needs at least one operation.");
        }
        var seen = new HashSet<String>();
        for (var price : prices) {
            if (!seen.add(price.operation())) {
                throw new IllegalArgumentException(
                        "The operation (" + price.operation() + ") is there twice.");
            }
        }
        if (weighting == Weighting.REVENUE
                && prices.stream().allMatch(price -> price.monthlyCalls().signum() == 0)) {
            throw new IllegalArgumentException(
                    "No operation has monthly calls, so revenue cannot weigh them. State"
                            + " monthly_calls, or weigh every operation the same.");
        }
    }
}
