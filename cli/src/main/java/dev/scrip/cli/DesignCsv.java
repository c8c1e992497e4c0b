package dev.scrip.cli;

import dev.scrip.pricing.CreditTableDesign;
import dev.scrip.pricing.DesignedOperation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A credit table as CSV: one row an operation. Columns are only ever added, at the end.
final class DesignCsv {

    private static final String HEADER =
            "operation,title,unit_cost,compute,memory,storage,bandwidth,third_party,unattributed,"
                    + "cost_ratio,value_multiplier,exact_credits,credits,margin,competitor_ratio,"
                    + "monthly_calls,unit";

    private DesignCsv() {}

    static List<String> lines(CreditTableDesign design) {
        var lines = new ArrayList<String>();
        lines.add(HEADER);
        design.operations().forEach(operation -> lines.add(line(operation)));
        return lines;
    }

    private static String line(DesignedOperation operation) {
        var cost = operation.costBreakdown();
        var calls = operation.monthlyCalls();
        return new CsvLine()
                .text(operation.operation())
                .text(operation.title())
                .figure(Numbers.cost(operation.unitCost()))
                .figure(Numbers.cost(cost.compute()))
                .figure(Numbers.cost(cost.memory()))
                .figure(Numbers.cost(cost.storage()))
                .figure(Numbers.cost(cost.bandwidth()))
                .figure(Numbers.cost(cost.thirdParty()))
                .figure(Numbers.cost(cost.unattributed()))
                .figure(Numbers.rate(operation.costRatio()))
                .figure(Numbers.plain(operation.valueMultiplier()))
                .figure(Numbers.rate(operation.exactCredits()))
                .figure(operation.credits().toString())
                .figure(rate(operation.margin()))
                .figure(rate(operation.competitorRatio()))
                .figure(calls == null ? "" : calls.toString())
                .text(operation.unit() == null ? "" : operation.unit().words())
                .toString();
    }

    private static String rate(@Nullable BigDecimal value) {
        return value == null ? "" : Numbers.rate(value);
    }
}
