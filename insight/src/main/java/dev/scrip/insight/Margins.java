package dev.scrip.insight;

import dev.scrip.pricing.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the operations of an API left over a window, and which of them leak.
///
/// A margin is rounded half even to four decimals for showing; whether it is under its floor is
/// decided on the exact figures. Free operations have no margin and do not leak, but their cost
/// lowers the blended margins.
///
/// Source: article, "Step 4"; a margin over no revenue is undefined there and null here.
///
/// @param operations the largest exposure first, then by name
/// @param blendedAtList margin of all operations together at list price; null without revenue
/// @param blendedAtYield the same at what the burned credits earned
/// @param exposure of all leaks together
public record Margins(
        List<OperationMargin> operations,
        Money listRevenue,
        Money yieldRevenue,
        Money cost,
        @Nullable BigDecimal blendedAtList,
        @Nullable BigDecimal blendedAtYield,
        Money exposure) {

    private static final int DECIMALS = 4;

    private static final Comparator<OperationMargin> WORST_FIRST =
            Comparator.comparing(OperationMargin::exposure)
                    .reversed()
                    .thenComparing(margin -> margin.totals().operation());

    public Margins {
        operations = List.copyOf(operations);
    }

    public static Margins of(List<OperationTotals> rows) {
        var operations = rows.stream().map(Margins::margin).sorted(WORST_FIRST).toList();
        var listRevenue = Money.ZERO;
        var yieldRevenue = Money.ZERO;
        var cost = Money.ZERO;
        var exposure = Money.ZERO;
        for (var operation : operations) {
            listRevenue = listRevenue.plus(operation.totals().listRevenue());
            yieldRevenue = yieldRevenue.plus(operation.totals().yieldRevenue());
            cost = cost.plus(operation.totals().cost());
            exposure = exposure.plus(operation.exposure());
        }
        return new Margins(
                operations,
                listRevenue,
                yieldRevenue,
                cost,
                share(listRevenue, cost),
                share(yieldRevenue, cost),
                exposure);
    }

    private static OperationMargin margin(OperationTotals row) {
        var shortfall = shortfall(row);
        return new OperationMargin(
                row,
                share(row.listRevenue(), row.cost()),
                share(row.yieldRevenue(), row.cost()),
                shortfall.signum() > 0,
                // Up: a leak of less than a nano-unit is still a leak.
                Money.of(shortfall, RoundingMode.UP));
    }

    /// What the floor asks to remain, less what does; zero when the floor holds or none applies.
    private static BigDecimal shortfall(OperationTotals row) {
        var floor = row.floor();
        if (floor == null || !isRevenue(row.listRevenue())) {
            return BigDecimal.ZERO;
        }
        var revenue = row.listRevenue().toBigDecimal();
        var remains = revenue.subtract(row.cost().toBigDecimal());
        return floor.multiply(revenue).subtract(remains).max(BigDecimal.ZERO);
    }

    private static @Nullable BigDecimal share(Money revenue, Money cost) {
        if (!isRevenue(revenue)) {
            return null;
        }
        return revenue.minus(cost)
                .toBigDecimal()
                .divide(revenue.toBigDecimal(), DECIMALS, RoundingMode.HALF_EVEN);
    }

    private static boolean isRevenue(Money revenue) {
        return !revenue.isZero() && !revenue.isNegative();
    }
}
