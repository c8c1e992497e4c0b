package dev.scrip.pricing;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Looks a finished table over for what a pricing owner should know before publishing it.
final class TableDoubts {

    /// Above this p95 over p50, one price for all calls lets the large ones run at a loss.
    private static final BigDecimal SPREAD_MAX = new BigDecimal("5");

    private static final BigDecimal COMPETITOR_RATIO_MAX = new BigDecimal("10");
    private static final BigDecimal COMPETITOR_RATIO_MIN = new BigDecimal("0.1");
    private static final BigDecimal ROUNDING_CHANGE_MAX = new BigDecimal("0.25");
    private static final int LEVELS_MAX = 15;
    private static final int LEVELS_MIN = 5;

    private final DesignBrief brief;
    private final CreditPrice price;
    private final boolean callsKnown;
    private final FloorBreach floorBreach;
    private final List<DesignWarning> warnings = new ArrayList<>();

    TableDoubts(DesignBrief brief, CreditPrice price, boolean callsKnown) {
        this.brief = brief;
        this.price = price;
        this.callsKnown = callsKnown;
        this.floorBreach = new FloorBreach(brief, price);
    }

    List<DesignWarning> about(List<DesignedOperation> operations) {
        for (int i = 0; i < operations.size(); i++) {
            var design = brief.operations().get(i);
            var operation = operations.get(i);
            rates(operation, design.cost());
            margin(operation);
            rounding(operation, design.pinned() != null);
            spread(operation);
            unattributed(operation, design.cost());
            competitors(operation, design.competitors());
            var stacked = DiscountStack.doubt(brief, price, operation);
            if (stacked != null) {
                warnings.add(stacked);
            }
        }
        levels(operations);
        blendedCost(operations);
        calls(operations);
        plans(operations);
        return warnings;
    }

    private void rates(DesignedOperation operation, OperationCost cost) {
        var use =
                switch (cost) {
                    case OperationCost.Modelled(var modelled) -> modelled;
                    case OperationCost.Stated(_, var stated) -> stated;
                    case OperationCost.Measured _ -> null;
                };
        if (use != null) {
            var rates = brief.costRates();
            rate(operation, "compute_ms", use.computeMs(), rates.computePerSecond());
            rate(operation, "memory_mb", use.memoryMb(), rates.memoryPerGbSecond());
            rate(operation, "storage_kb", use.storageKb(), rates.storagePerGb());
            rate(operation, "bandwidth_kb", use.bandwidthKb(), rates.bandwidthPerGb());
        }
        if (operation.isFree() && !brief.isMeantFree(operation.operation())) {
            warn(
                    DesignWarning.Kind.COSTS_NOTHING,
                    operation.operation(),
                    "By its costs a call costs nothing, so it would be free. State its cost, or"
                            + " free: true if that is meant.");
        }
    }

    private void rate(
            DesignedOperation operation, String resource, BigDecimal used, BigDecimal rate) {
        if (used.signum() > 0 && rate.signum() == 0) {
            warn(
                    DesignWarning.Kind.RATE_MISSING,
                    operation.operation(),
                    "It uses "
                            + resource
                            + ", for which cost_rates has no rate: that part of its cost counts as"
                            + " nothing.");
        }
    }

    /// Plans whose credits, burned to the last, bring less than the margin floor keeps.
    private void plans(List<DesignedOperation> operations) {
        var cost = costOfCredit(operations);
        if (cost == null) {
            return;
        }
        for (var plan : brief.plans().values()) {
            if (plan.fee().isZero() || plan.includedCredits().isZero()) {
                continue;
            }
            var perCredit =
                    plan.fee()
                            .toBigDecimal()
                            .divide(plan.includedCredits().toBigDecimal(), MathContext.DECIMAL128);
            var margin = BigDecimal.ONE.subtract(cost.divide(perCredit, MathContext.DECIMAL128));
            if (margin.compareTo(brief.marginFloor()) < 0) {
                warn(
                        DesignWarning.Kind.PLAN_BELOW_FLOOR,
                        null,
                        "The plan "
                                + plan.id()
                                + " sells a credit for "
                                + money(perCredit)
                                + ", and one costs "
                                + money(cost)
                                + ": used up, it keeps "
                                + Prose.percent(margin)
                                + ", under the floor of "
                                + Prose.percent(brief.marginFloor())
                                + ".");
            }
        }
    }

    /// What a credit costs in the mix of calls, overhead included as far as it is stated; null when
    /// nothing is priced.
    private @Nullable BigDecimal costOfCredit(List<DesignedOperation> operations) {
        if (brief.creditPricing() instanceof CreditPricing.FromBlendedCost(_, var blended)) {
            return blended;
        }
        var cost = BigDecimal.ZERO;
        var credits = BigDecimal.ZERO;
        for (var operation : operations) {
            var calls = operation.monthlyCalls();
            var weight = BigDecimal.valueOf(callsKnown ? (calls == null ? 0 : calls) : 1);
            cost = cost.add(operation.unitCost().multiply(weight));
            credits = credits.add(operation.credits().toBigDecimal().multiply(weight));
        }
        if (credits.signum() == 0) {
            return null;
        }
        var mix = cost.divide(credits, MathContext.DECIMAL128);
        return brief.creditPricing() instanceof CreditPricing.FromOwnCost(_, var overhead)
                ? mix.add(overhead)
                : mix;
    }

    private void margin(DesignedOperation operation) {
        var margin = operation.margin();
        if (margin == null) {
            return;
        }
        var target = brief.creditPricing().targetMargin();
        if (margin.compareTo(operation.marginFloor()) < 0) {
            warn(
                    DesignWarning.Kind.MARGIN_BELOW_FLOOR,
                    operation.operation(),
                    floorBreach.message(operation, margin));
        } else if (target != null && margin.compareTo(target) < 0) {
            warn(
                    DesignWarning.Kind.MARGIN_BELOW_TARGET,
                    operation.operation(),
                    "It keeps "
                            + Prose.percent(margin)
                            + " at list price, under the target of "
                            + Prose.percent(target)
                            + "; "
                            + Prose.counted(floorBreach.creditsFor(operation, target), "credit")
                            + " would meet it.");
        }
    }

    private void rounding(DesignedOperation operation, boolean pinned) {
        var change = operation.roundingChange();
        if (change == null || change.abs().compareTo(ROUNDING_CHANGE_MAX) <= 0) {
            return;
        }
        warn(
                DesignWarning.Kind.ROUNDING_MOVES_PRICE,
                operation.operation(),
                Prose.counted(operation.exactCredits(), "credit")
                        + " by cost and value became "
                        + Prose.figure(operation.credits().toBigDecimal())
                        + ", "
                        + Prose.percent(change.abs())
                        + (change.signum() > 0 ? " more." : " less.")
                        + (pinned
                                ? " They are set by hand."
                                : " Maybe a finer ladder, or another multiplier."));
    }

    private void spread(DesignedOperation operation) {
        var profile = operation.profile();
        if (profile == null) {
            return;
        }
        var spread = profile.spread();
        if (spread == null ? profile.p95().isZero() : spread.compareTo(SPREAD_MAX) <= 0) {
            return;
        }
        warn(
                DesignWarning.Kind.COST_SPREAD_LARGE,
                operation.operation(),
                "One call in twenty costs "
                        + money(profile.p95().toBigDecimal())
                        + " or more, "
                        + (spread == null
                                ? "while half of them cost nothing"
                                : Prose.figure(spread) + " times the median")
                        + ": at one price the large calls are bought and the small ones are not."
                        + " Maybe split the operation into size bands.");
    }

    private void unattributed(DesignedOperation operation, OperationCost cost) {
        if (!(cost instanceof OperationCost.Stated(var stated, var use)) || use == null) {
            return;
        }
        var rest = operation.costBreakdown().unattributed();
        if (rest.signum() < 0) {
            warn(
                    DesignWarning.Kind.UNATTRIBUTED_COST,
                    operation.operation(),
                    "The resource use at the cost rates comes to "
                            + money(stated.subtract(rest))
                            + ", more than the stated "
                            + money(stated)
                            + ": a rate, the use or the stated cost is wrong.");
        } else if (rest.add(rest).compareTo(stated) > 0) {
            warn(
                    DesignWarning.Kind.UNATTRIBUTED_COST,
                    operation.operation(),
                    money(rest)
                            + " of the stated "
                            + money(stated)
                            + " is in no category. Maybe a third-party cost is missing.");
        }
    }

    private void competitors(DesignedOperation operation, List<Competitor> competitors) {
        if (operation.isFree()) {
            return;
        }
        for (var competitor : competitors) {
            var ratio = competitor.ratio(operation.credits(), price.perCredit());
            if (ratio.compareTo(COMPETITOR_RATIO_MAX) > 0
                    || ratio.compareTo(COMPETITOR_RATIO_MIN) < 0) {
                warn(
                        DesignWarning.Kind.COMPETITOR_FAR_OFF,
                        operation.operation(),
                        "A call is "
                                + Prose.figure(ratio)
                                + " times what "
                                + competitor.name()
                                + " asks. That needs a very good reason.");
            }
        }
    }

    private void levels(List<DesignedOperation> operations) {
        long levels =
                operations.stream()
                        .filter(one -> !one.isFree())
                        .map(DesignedOperation::credits)
                        .distinct()
                        .count();
        long priced = operations.stream().filter(one -> !one.isFree()).count();
        if (levels > LEVELS_MAX) {
            warn(
                    DesignWarning.Kind.TOO_MANY_LEVELS,
                    null,
                    "The table has "
                            + levels
                            + " different credit values; people keep "
                            + LEVELS_MIN
                            + " to "
                            + LEVELS_MAX
                            + " in mind. Maybe a coarser ladder.");
        } else if (levels < LEVELS_MIN && priced >= LEVELS_MIN) {
            warn(
                    DesignWarning.Kind.TOO_FEW_LEVELS,
                    null,
                    "The table has only "
                            + Prose.counted(levels, "different credit value")
                            + " for "
                            + priced
                            + " operations, so calls of unlike cost share a price. Maybe a finer"
                            + " ladder.");
        }
    }

    private void blendedCost(List<DesignedOperation> operations) {
        if (!(brief.creditPricing() instanceof CreditPricing.FromBlendedCost(_, var blended))) {
            return;
        }
        var cheapest =
                operations.stream()
                        .filter(one -> !one.isFree())
                        .map(one ->
                                one.unitCost()
                                        .divide(
                                                one.credits().toBigDecimal(),
                                                MathContext.DECIMAL128))
                        .min(BigDecimal::compareTo);
        if (cheapest.isPresent() && cheapest.get().compareTo(blended) > 0) {
            warn(
                    DesignWarning.Kind.BLENDED_COST_TOO_LOW,
                    null,
                    "The stated blended cost of "
                            + money(blended)
                            + " a credit is less than any mix of calls can cost: the cheapest"
                            + " credit costs "
                            + money(cheapest.get())
                            + ".");
        }
    }

    private void calls(List<DesignedOperation> operations) {
        var missing =
                operations.stream()
                        .filter(one -> one.monthlyCalls() == null)
                        .map(DesignedOperation::operation)
                        .toList();
        if (missing.isEmpty()) {
            return;
        }
        if (callsKnown) {
            warn(
                    DesignWarning.Kind.MONTHLY_CALLS_MISSING,
                    null,
                    "These operations state no monthly calls and count as never called: "
                            + String.join(", ", missing)
                            + ".");
        } else if (brief.creditPricing() instanceof CreditPricing.FromOwnCost) {
            warn(
                    DesignWarning.Kind.MONTHLY_CALLS_MISSING,
                    null,
                    "No operation states its monthly calls, so the credit price assumes one call"
                            + " of each.");
        }
    }

    private void warn(DesignWarning.Kind kind, @Nullable String operation, String message) {
        warnings.add(new DesignWarning(kind, operation, message));
    }

    private String money(BigDecimal amount) {
        return Prose.money(amount, brief.currency());
    }
}
