package dev.scrip.pricing;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One operation of a designed credit table, with what its price follows from.
///
/// @param unitCost what a mean call costs, or what the unit says, exact
/// @param profile how far calls differ in cost; null unless they were measured
/// @param costRatio unit cost over the base operation's
/// @param exactCredits cost ratio × value multiplier × base credits, before rounding; for a free
///   operation too, where it says what is given away
/// @param credits on the ladder, or as pinned; zero for a free operation
/// @param level which of the distinct credit values in use, 1 for the lowest; 0 for a free
///   operation
/// @param levelStep how many times the next lower level this is; null at the lowest and for a free
///   operation
/// @param roundingChange credits / exact credits − 1; null for a free operation
/// @param margin share of the list price that is kept; null for a free operation
/// @param competitorRatio our price over the competitor's whose price is farthest from ours; null
///   without competitors or for a free operation
/// @param unit for how much of what the unit cost and the credits are; null when for a call
/// @param why sentences with the figures, in the order in which the price came about
public record DesignedOperation(
        String operation,
        String title,
        BigDecimal unitCost,
        CostBreakdown costBreakdown,
        @Nullable CostProfile profile,
        @Nullable Long monthlyCalls,
        BigDecimal costRatio,
        BigDecimal valueMultiplier,
        BigDecimal exactCredits,
        Credits credits,
        int level,
        @Nullable BigDecimal levelStep,
        @Nullable BigDecimal roundingChange,
        @Nullable BigDecimal margin,
        BigDecimal marginFloor,
        @Nullable BigDecimal competitorRatio,
        @Nullable PriceUnit unit,
        List<String> why) {

    public DesignedOperation {
        why = List.copyOf(why);
    }

    public boolean isFree() {
        return credits.isZero();
    }
}
