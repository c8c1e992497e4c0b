package dev.scrip.pricing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A designed credit table: what every operation costs in credits, what a credit costs in money,
/// and why.
///
/// @param baseOperation the operation whose cost is one base unit
/// @param levels how many distinct credit values are in use, free operations apart
/// @param blendedMargin share of list revenue kept over all operations, weighted by their calls and
///   before any overhead; null when nothing earns revenue
/// @param weightedByCalls whether monthly calls are known; otherwise each operation counts as one
///   call
/// @param operations in the brief's order
public record CreditTableDesign(
        DesignBrief brief,
        CreditPrice creditPrice,
        String baseOperation,
        int levels,
        @Nullable BigDecimal blendedMargin,
        boolean weightedByCalls,
        List<DesignedOperation> operations,
        List<DesignWarning> warnings) {

    public CreditTableDesign {
        operations = List.copyOf(operations);
        warnings = List.copyOf(warnings);
    }

    /// Designs the table a brief asks for. The same brief always gives the same table.
    ///
    /// @throws IllegalArgumentException if no operation has a cost to start from, a third-party
    ///   unit has no rate, or a figure leaves its range
    public static CreditTableDesign of(DesignBrief brief) {
        return new TableDesigner(brief).design();
    }

    public String currency() {
        return brief.currency();
    }

    public Ladder ladder() {
        return brief.ladder();
    }

    /// @throws IllegalArgumentException if the table has no such operation
    public DesignedOperation operation(String id) {
        for (var operation : operations) {
            if (operation.operation().equals(id)) {
                return operation;
            }
        }
        throw new IllegalArgumentException("The credit table has no operation " + Text.quote(id));
    }

    /// The price book this table makes with some plans; unit costs are rounded half up to a
    /// nano-unit.
    public PriceBook toPriceBook(
            String version, Instant effectiveFrom, SortedMap<String, Plan> plans) {
        var prices = new TreeMap<String, OperationPrice>();
        for (var operation : operations) {
            prices.put(
                    operation.operation(),
                    new OperationPrice(
                            operation.operation(),
                            operation.title(),
                            operation.credits(),
                            Money.of(operation.unitCost(), RoundingMode.HALF_UP),
                            operation.marginFloor()));
        }
        return new PriceBook(
                version,
                effectiveFrom,
                brief.currency(),
                creditPrice.perCredit(),
                brief.costRates(),
                prices,
                plans);
    }
}
