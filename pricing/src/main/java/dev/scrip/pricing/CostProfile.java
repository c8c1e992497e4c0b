package dev.scrip.pricing;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the calls of one operation really cost: many measured calls in one line.
///
/// A percentile is the nearest rank: the smallest measured cost that at least that share of the
/// calls does not exceed. So it is always the cost of a call that happened. The mean is exact to 34
/// digits.
///
/// Where calls have quantities, all is said of one unit: the mean is the total over all units, and
/// a percentile is that of the calls' costs of a unit.
///
/// @param units the quantities of all calls together; the number of calls when each is one unit
/// @param total what all calls cost together, exact, by category
/// @param totalUse what all calls used together; the memory of calls adds up, so only its mean
///   means something
public record CostProfile(
        long calls,
        BigDecimal units,
        CostBreakdown total,
        ResourceUse totalUse,
        Money min,
        Money p50,
        Money p95,
        Money p99,
        Money max) {

    private static final MathContext MEAN = MathContext.DECIMAL128;
    private static final int NANO_DECIMALS = 9;

    /// Profiles calls of which only the whole cost is known; the breakdown is all `unattributed`.
    ///
    /// @param costNanos the cost of each call in billionths of the currency's unit, in any order
    /// @throws IllegalArgumentException if there is no call, or one of negative cost
    public static CostProfile of(long[] costNanos, ResourceUse totalUse) {
        var sum = BigInteger.ZERO;
        for (long nanos : costNanos) {
            sum = sum.add(BigInteger.valueOf(nanos));
        }
        return of(
                costNanos, CostBreakdown.ZERO.within(new BigDecimal(sum, NANO_DECIMALS)), totalUse);
    }

    static CostProfile of(long[] costNanos, CostBreakdown total, ResourceUse totalUse) {
        return of(costNanos, BigDecimal.valueOf(costNanos.length), total, totalUse);
    }

    static CostProfile of(
            long[] costNanos, BigDecimal units, CostBreakdown total, ResourceUse totalUse) {
        if (costNanos.length == 0) {
            throw new IllegalArgumentException("A cost profile needs at least one measured call.");
        }
        var sorted = costNanos.clone();
        Arrays.sort(sorted);
        if (sorted[0] < 0) {
            throw new IllegalArgumentException(
                    "The cost of a call (" + new Money(sorted[0]) + ") must not be negative.");
        }
        return new CostProfile(
                sorted.length,
                units,
                total,
                totalUse,
                new Money(sorted[0]),
                percentile(sorted, 50),
                percentile(sorted, 95),
                percentile(sorted, 99),
                new Money(sorted[sorted.length - 1]));
    }

    public BigDecimal mean() {
        return perUnit(total.total());
    }

    /// The same calls when each unit also cost something that no use accounts for, such as a
    /// licence.
    public CostProfile plusUnattributed(BigDecimal perUnit) {
        var more = Money.of(perUnit, RoundingMode.HALF_UP);
        return new CostProfile(
                calls,
                units,
                total.plus(CostBreakdown.ZERO.within(perUnit.multiply(units))),
                totalUse,
                min.plus(more),
                p50.plus(more),
                p95.plus(more),
                p99.plus(more),
                max.plus(more));
    }

    public CostBreakdown meanBreakdown() {
        return new CostBreakdown(
                perUnit(total.compute()),
                perUnit(total.memory()),
                perUnit(total.storage()),
                perUnit(total.bandwidth()),
                perUnit(total.thirdParty()),
                perUnit(total.unattributed()));
    }

    public ResourceUse meanUse() {
        var thirdParty = new TreeMap<String, BigDecimal>();
        totalUse.thirdParty().forEach((unit, used) -> thirdParty.put(unit, perUnit(used)));
        return new ResourceUse(
                perUnit(totalUse.computeMs()),
                perUnit(totalUse.memoryMb()),
                perUnit(totalUse.storageKb()),
                perUnit(totalUse.bandwidthKb()),
                thirdParty);
    }

    /// How far apart calls of one price are: p95 over p50, or null when half of the calls cost
    /// nothing.
    public @Nullable BigDecimal spread() {
        return p50.isZero() ? null : p95.toBigDecimal().divide(p50.toBigDecimal(), MEAN);
    }

    private BigDecimal perUnit(BigDecimal sum) {
        return sum.divide(units, MEAN);
    }

    private static Money percentile(long[] sorted, int percent) {
        long rank = ((long) sorted.length * percent + 99) / 100;
        return new Money(sorted[(int) rank - 1]);
    }
}
