package dev.scrip.pricing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// One step from the base of a price to what is charged: what it was, and what it left.
///
/// A step multiplies what came before by a factor, or puts fixed credits in its place. The lowest
/// and the highest factor are of the base; the cost floor and the minimum charge are credits for
/// the whole call, which [#after] states.
///
/// @param id as the price book names it; the kind's word for a limit
/// @param factor null where fixed credits took its place
/// @param fixed credits of one unit of quantity; null where a factor was applied
/// @param after credits of the whole call after this step, half up to a millionth; the exact figure
///   goes into the next step
public record AppliedAdjustment(
        String id,
        AdjustmentKind kind,
        @Nullable BigDecimal factor,
        @Nullable Credits fixed,
        Credits after) {

    public AppliedAdjustment {
        if (factor != null && fixed != null) {
            throw new IllegalArgumentException(
                    "The adjustment " + id + " has a factor and fixed credits.");
        }
        if (factor == null && fixed == null && !hasOnlyAfter(kind)) {
            throw new IllegalArgumentException(
                    "The adjustment " + id + " has neither a factor nor fixed credits.");
        }
    }

    private static boolean hasOnlyAfter(AdjustmentKind kind) {
        return kind == AdjustmentKind.COST_FLOOR || kind == AdjustmentKind.MINIMUM_CHARGE;
    }

    static AppliedAdjustment of(Adjustment adjustment, PriceEffect effect, BigDecimal after) {
        return switch (effect) {
            case PriceEffect.Times(var factor) ->
                    new AppliedAdjustment(
                            adjustment.id(), adjustment.kind(), factor, null, rounded(after));
            case PriceEffect.Fixed(var credits) ->
                    new AppliedAdjustment(
                            adjustment.id(), adjustment.kind(), null, credits, rounded(after));
        };
    }

    static AppliedAdjustment limit(
            AdjustmentKind kind, @Nullable BigDecimal factor, BigDecimal after) {
        return new AppliedAdjustment(kind.word(), kind, factor, null, rounded(after));
    }

    /// What it did, to be done to another quantity; null for a limit, which is found anew.
    @Nullable PriceEffect effect() {
        if (kind.isLimit()) {
            return null;
        }
        return fixed != null
                ? new PriceEffect.Fixed(fixed)
                : factor == null ? null : new PriceEffect.Times(factor);
    }

    private static Credits rounded(BigDecimal credits) {
        return Credits.of(credits, RoundingMode.HALF_UP);
    }
}
