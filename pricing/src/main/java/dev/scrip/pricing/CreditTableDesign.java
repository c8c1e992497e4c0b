package dev.scrip.pricing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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

    /// The same table with more that deserves a look, such as the age of its costs.
    public CreditTableDesign withWarnings(List<DesignWarning> more) {
        var all = new ArrayList<>(warnings);
        all.addAll(more);
        return new CreditTableDesign(
                brief,
                creditPrice,
                baseOperation,
                levels,
                blendedMargin,
                weightedByCalls,
                operations,
                all);
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

    /// A stated cost without a resource use says nothing of its parts: a measured use replaces it.
    private Money unattributed(DesignedOperation operation) {
        boolean hasParts =
                brief.operations().stream()
                        .filter(design -> design.operation().equals(operation.operation()))
                        .anyMatch(design ->
                                design.cost() instanceof OperationCost.Stated(_, var use)
                                        && use != null);
        return hasParts
                ? Money.of(
                        operation.costBreakdown().unattributed().max(BigDecimal.ZERO),
                        RoundingMode.HALF_UP)
                : Money.ZERO;
    }

    /// The price book this table makes; unit costs are rounded half up to a nano-unit.
    public PriceBook toPriceBook(String version, Instant effectiveFrom) {
        var prices = new TreeMap<String, OperationPrice>();
        for (var operation : operations) {
            prices.put(
                    operation.operation(),
                    new OperationPrice(
                            operation.operation(),
                            operation.title(),
                            operation.credits(),
                            Money.of(operation.unitCost(), RoundingMode.HALF_UP),
                            unattributed(operation),
                            operation.marginFloor(),
                            operation.unit()));
        }
        return new PriceBook(
                version,
                effectiveFrom,
                brief.currency(),
                creditPrice.perCredit(),
                brief.costRates(),
                prices,
                brief.plans(),
                brief.burnPreference(),
                brief.adjustments());
    }
}
