package dev.scrip.pricing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A change of one operation's credits in monthly steps that customers can bear.
///
/// Each month's value is within (1 ± the step) of the one before, in exact arithmetic, and the
/// number of months is the smallest: going as far as the step allows each month is never overtaken.
///
/// @param from what a call costs now, greater than 0
/// @param to what it shall cost, greater than 0
/// @param maxStep share of the value before, from 0.001 up to, but not including, 1
/// @param decimals how many the values on the way may have, 0 to 6; `from` and `to` must have no
///   more
public record Glide(BigDecimal from, BigDecimal to, BigDecimal maxStep, int decimals) {

    private static final BigDecimal STEP_MIN = new BigDecimal("0.001");
    private static final BigDecimal VALUE_MAX = new BigDecimal("1000000000");
    private static final int DECIMALS_MAX = 6;

    public Glide {
        if (decimals < 0 || decimals > DECIMALS_MAX) {
            throw new IllegalArgumentException(
                    "The decimals (" + decimals + ") must be from 0 to " + DECIMALS_MAX + ".");
        }
        if (maxStep.compareTo(STEP_MIN) < 0 || maxStep.compareTo(BigDecimal.ONE) >= 0) {
            throw new IllegalArgumentException(
                    "The largest step ("
                            + maxStep.toPlainString()
                            + ") must be a share from 0.001 up to, but not including, 1. Maybe it"
                            + " is meant as a percentage: 20 % is 0.2.");
        }
        from = value("present", from, decimals);
        to = value("future", to, decimals);
    }

    /// The shortest path, or null when at this number of decimals some value cannot move: a fifth
    /// more than 1 credit is still 1 whole credit.
    public @Nullable GlidePath path() {
        return path(1);
    }

    /// The shortest path in smaller credits: every credit value times 10, 100 or 1,000, and the
    /// price of a credit divided by it, so that nothing changes but the fineness of the steps. The
    /// factor is the smallest of these at which there is a path; null when none is needed.
    public @Nullable GlidePath redenominated() {
        if (path() != null) {
            return null;
        }
        for (long factor = 10; ; factor *= 10) {
            // Ends: a value of v units moves when v × step ≥ 1, and the step is at least 0.001.
            var path = path(factor);
            if (path != null) {
                return path;
            }
        }
    }

    public boolean isRise() {
        return to.compareTo(from) > 0;
    }

    private @Nullable GlidePath path(long factor) {
        var target = to.multiply(BigDecimal.valueOf(factor));
        var value = from.multiply(BigDecimal.valueOf(factor));
        var values = new ArrayList<>(List.of(value));
        while (value.compareTo(target) != 0) {
            var next = next(value, target);
            if (next.compareTo(value) == 0) {
                return null;
            }
            values.add(next);
            value = next;
        }
        return new GlidePath(factor, values);
    }

    private BigDecimal next(BigDecimal value, BigDecimal target) {
        return value.compareTo(target) < 0
                ? value.multiply(BigDecimal.ONE.add(maxStep))
                        .setScale(decimals, RoundingMode.FLOOR)
                        .min(target)
                : value.multiply(BigDecimal.ONE.subtract(maxStep))
                        .setScale(decimals, RoundingMode.CEILING)
                        .max(target);
    }

    private static BigDecimal value(String name, BigDecimal value, int decimals) {
        if (value.signum() <= 0) {
            throw new IllegalArgumentException(
                    "The "
                            + name
                            + " value ("
                            + value.toPlainString()
                            + ") must be greater than 0: no share of a price leads to or from free.");
        }
        if (value.compareTo(VALUE_MAX) > 0) {
            throw new IllegalArgumentException(
                    "The "
                            + name
                            + " value ("
                            + value.toPlainString()
                            + ") must be at most 1000000000 credits.");
        }
        if (value.stripTrailingZeros().scale() > decimals) {
            throw new IllegalArgumentException(
                    "The "
                            + name
                            + " value ("
                            + value.toPlainString()
                            + ") must have at most "
                            + decimals
                            + " decimals, as the values on the way. Maybe allow more of them.");
        }
        return value.setScale(decimals, RoundingMode.UNNECESSARY);
    }
}
