package dev.scrip.pricing;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Turns a brief into a credit table.
///
/// In order: the unit cost of each operation; the base operation; exact credits = unit cost / base
/// cost × value multiplier × base credits; the ladder; the price of a credit; then margins, reasons
/// and warnings at that price. Credits never depend on the price of a credit, so nothing is
/// iterated.
///
/// Every division is to 34 digits, half even, and every comparison that decides a price is exact.
final class TableDesigner {

    private static final MathContext QUOTIENT = MathContext.DECIMAL128;
    private static final BigDecimal HUNDRED = new BigDecimal("100");

    private final DesignBrief brief;
    private final boolean callsKnown;

    /// An operation with its cost, before it has credits.
    private record Costed(OperationDesign design, CostBreakdown breakdown, BigDecimal unitCost) {}

    TableDesigner(DesignBrief brief) {
        this.brief = brief;
        this.callsKnown = brief.operations().stream().anyMatch(operation -> calls(operation) > 0);
    }

    CreditTableDesign design() {
        var costed = new ArrayList<Costed>();
        for (var design : brief.operations()) {
            var breakdown = design.cost().breakdown(brief.costRates());
            costed.add(new Costed(design, breakdown, breakdown.total()));
        }
        var base = base(costed);
        var priced = costed.stream().map(operation -> priced(operation, base)).toList();
        var price = creditPrice(priced);
        var levels = new TreeSet<Credits>();
        for (var operation : priced) {
            if (!operation.credits().isZero()) {
                levels.add(operation.credits());
            }
        }
        var operations = new ArrayList<DesignedOperation>();
        for (var operation : priced) {
            operations.add(designed(operation, base.design().operation(), price, levels));
        }
        return new CreditTableDesign(
                brief,
                price,
                base.design().operation(),
                levels.size(),
                blendedMargin(priced, price),
                callsKnown,
                operations,
                new TableDoubts(brief, price, callsKnown).about(operations));
    }

    /// The named base operation, or the cheapest of those that make at least 1 % of the calls: a
    /// rare oddity must not become the yardstick. The first id wins among equals.
    private Costed base(List<Costed> operations) {
        if (brief.baseOperation() != null) {
            return namedBase(operations, brief.baseOperation());
        }
        var candidates =
                operations.stream()
                        .filter(one -> one.unitCost().signum() > 0 && !one.design().isPinnedFree())
                        .sorted(
                                Comparator.comparing(Costed::unitCost)
                                        .thenComparing(one -> one.design().operation()))
                        .toList();
        if (candidates.isEmpty()) {
            throw new IllegalArgumentException(
                    "No operation has a unit cost greater than 0 and a price, so there is nothing"
                            + " to measure the others by.");
        }
        var allCalls = BigDecimal.ZERO;
        for (var operation : operations) {
            allCalls = allCalls.add(BigDecimal.valueOf(calls(operation.design())));
        }
        for (var candidate : candidates) {
            var share = BigDecimal.valueOf(calls(candidate.design())).multiply(HUNDRED);
            if (!callsKnown || share.compareTo(allCalls) >= 0) {
                return candidate;
            }
        }
        return candidates.getFirst();
    }

    private static Costed namedBase(List<Costed> operations, String id) {
        for (var operation : operations) {
            if (operation.design().operation().equals(id)) {
                if (operation.unitCost().signum() > 0) {
                    return operation;
                }
                throw new IllegalArgumentException(
                        "The base operation ("
                                + id
                                + ") must have a unit cost greater than 0: the others are measured"
                                + " by it.");
            }
        }
        throw new IllegalStateException("The brief let an unknown base operation pass: " + id);
    }

    private PricedOperation priced(Costed operation, Costed base) {
        var design = operation.design();
        var exact =
                operation
                        .unitCost()
                        .multiply(design.valueMultiplier())
                        .multiply(brief.baseCredits())
                        .divide(base.unitCost(), QUOTIENT);
        return new PricedOperation(
                design,
                operation.breakdown(),
                operation.unitCost(),
                operation.unitCost().divide(base.unitCost(), QUOTIENT),
                exact,
                credits(design, exact));
    }

    private Credits credits(OperationDesign design, BigDecimal exact) {
        if (design.pinned() != null) {
            return design.pinned();
        }
        if (exact.signum() == 0) {
            return Credits.ZERO;
        }
        return Credits.of(
                brief.ladder().round(exact, Ladder.Rounding.NEAREST_LOG), RoundingMode.UNNECESSARY);
    }

    private CreditPrice creditPrice(List<PricedOperation> operations) {
        return switch (brief.creditPricing()) {
            case CreditPricing.Fixed(var amount, var per, _) ->
                    CreditPrice.fixed(amount, per, brief.currency());
            case CreditPricing.FromBlendedCost(var margin, var blended) ->
                    CreditPrice.forMargin(margin, blended, brief.currency())
                            .withFirst(Reasons.blendedCost(brief, blended, ownCost(operations)));
            case CreditPricing.FromOwnCost(var margin, var overhead) -> {
                var own = ownCost(operations);
                if (own == null) {
                    throw new IllegalArgumentException(
                            "No call of a priced operation is known, so a credit has no cost of its"
                                    + " own. Maybe state a blended cost per credit, or monthly"
                                    + " calls.");
                }
                yield CreditPrice.forMargin(margin, own.add(overhead), brief.currency())
                        .withFirst(Reasons.ownCost(brief, own, overhead, callsKnown));
            }
        };
    }

    /// What a credit costs in the mix of calls, or null when no credit is spent in it. Free
    /// operations count with their cost: the paid ones carry them.
    private @Nullable BigDecimal ownCost(List<PricedOperation> operations) {
        var credits = BigDecimal.ZERO;
        var cost = BigDecimal.ZERO;
        for (var operation : operations) {
            var weight = weight(operation.design());
            credits = credits.add(weight.multiply(operation.credits().toBigDecimal()));
            cost = cost.add(weight.multiply(operation.unitCost()));
        }
        return credits.signum() == 0 ? null : cost.divide(credits, QUOTIENT);
    }

    private @Nullable BigDecimal blendedMargin(
            List<PricedOperation> operations, CreditPrice price) {
        var own = ownCost(operations);
        return own == null
                ? null
                : BigDecimal.ONE.subtract(own.divide(price.perCredit().toBigDecimal(), QUOTIENT));
    }

    private DesignedOperation designed(
            PricedOperation operation,
            String base,
            CreditPrice price,
            NavigableSet<Credits> levels) {
        var design = operation.design();
        var lower = levels.lower(operation.credits());
        var level =
                operation.credits().isZero() ? 0 : levels.headSet(operation.credits()).size() + 1;
        var floor = design.marginFloor() == null ? brief.marginFloor() : design.marginFloor();
        return new DesignedOperation(
                design.operation(),
                design.title(),
                operation.unitCost(),
                operation.breakdown(),
                design.cost() instanceof OperationCost.Measured(var profile) ? profile : null,
                design.monthlyCalls(),
                operation.costRatio(),
                design.valueMultiplier(),
                operation.exactCredits(),
                operation.credits(),
                level,
                level == 0 || lower == null
                        ? null
                        : operation.credits().toBigDecimal().divide(lower.toBigDecimal(), QUOTIENT),
                operation.roundingChange(),
                operation.margin(price),
                floor,
                farthest(design.competitors(), operation.credits(), price),
                design.unit(),
                new Reasons(brief, base, price).of(operation));
    }

    private static @Nullable BigDecimal farthest(
            List<Competitor> competitors, Credits credits, CreditPrice price) {
        if (credits.isZero()) {
            return null;
        }
        return competitors.stream()
                .map(competitor -> competitor.ratio(credits, price.perCredit()))
                .max(Comparator.comparing(TableDesigner::distance))
                .orElse(null);
    }

    /// How far a ratio is from 1, either way: 0.1 is as far as 10.
    private static BigDecimal distance(BigDecimal ratio) {
        return ratio.compareTo(BigDecimal.ONE) >= 0
                ? ratio
                : BigDecimal.ONE.divide(ratio, QUOTIENT);
    }

    private BigDecimal weight(OperationDesign design) {
        return callsKnown ? BigDecimal.valueOf(calls(design)) : BigDecimal.ONE;
    }

    private static long calls(OperationDesign design) {
        return design.monthlyCalls() == null ? 0 : design.monthlyCalls();
    }
}
