package dev.scrip.pricing;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Says why a credit table is as it is: one sentence a step, each with its figures.
final class Reasons {

    private final DesignBrief brief;
    private final String base;
    private final CreditPrice price;

    Reasons(DesignBrief brief, String base, CreditPrice price) {
        this.brief = brief;
        this.base = base;
        this.price = price;
    }

    List<String> of(PricedOperation operation) {
        var reasons = new ArrayList<String>();
        reasons.add(cost(operation));
        reasons.add(ratio(operation));
        var value = value(operation);
        if (value != null) {
            reasons.add(value);
        }
        reasons.add(credits(operation));
        var unit = operation.design().unit();
        if (unit != null && !operation.credits().isZero()) {
            reasons.add(included(operation.credits().toBigDecimal(), unit));
        }
        var margin = operation.margin(price);
        if (margin != null) {
            reasons.add(
                    "At "
                            + price
                            + " "
                            + brings(operation.design().unit())
                            + money(operation.listPrice(price))
                            + ", of which "
                            + Prose.percent(margin)
                            + " is margin.");
            for (var competitor : operation.design().competitors()) {
                reasons.add(
                        "That is "
                                + Prose.figure(
                                        competitor.ratio(operation.credits(), price.perCredit()))
                                + " times what "
                                + competitor.name()
                                + " asks.");
            }
        }
        return reasons;
    }

    /// Why a stated blended cost is what it is, held against what the operations cost themselves.
    static List<String> blendedCost(
            DesignBrief brief, BigDecimal blended, @Nullable BigDecimal own) {
        if (own == null || own.compareTo(blended) > 0) {
            return List.of();
        }
        return List.of(
                "Of the blended cost of "
                        + Prose.money(blended, brief.currency())
                        + " a credit the operations themselves take "
                        + Prose.money(own, brief.currency())
                        + "; the rest is overhead such as support, the free plan and idle"
                        + " capacity.");
    }

    static List<String> ownCost(
            DesignBrief brief, BigDecimal own, BigDecimal overhead, boolean callsKnown) {
        return List.of(
                "In "
                        + (callsKnown
                                ? "the known mix of calls"
                                : "a mix of one call of each operation")
                        + " a credit costs "
                        + Prose.money(own, brief.currency())
                        + (overhead.signum() == 0
                                ? "."
                                : ", and "
                                        + Prose.money(overhead, brief.currency())
                                        + " of overhead."));
    }

    private String cost(PricedOperation operation) {
        var amount = money(operation.unitCost());
        var costs = costs(operation.design().unit());
        return switch (operation.design().cost()) {
            case OperationCost.Modelled _ -> costs + amount + parts(operation.breakdown()) + ".";
            case OperationCost.Stated(_, var use) ->
                    costs
                            + amount
                            + " as stated"
                            + (use == null ? "" : parts(operation.breakdown()))
                            + ".";
            case OperationCost.Measured(var profile) ->
                    costs
                            + amount
                            + " in the mean of "
                            + Prose.figure(profile.calls())
                            + " measured"
                            + parts(operation.breakdown())
                            + "; half cost at most "
                            + money(profile.p50().toBigDecimal())
                            + ", 95 % at most "
                            + money(profile.p95().toBigDecimal())
                            + ".";
        };
    }

    private static String costs(@Nullable PriceUnit unit) {
        return unit == null
                ? "A call costs "
                : isOne(unit) ? "One " + unit.amount() + " costs " : unit.amount() + " cost ";
    }

    private static String brings(@Nullable PriceUnit unit) {
        return unit == null
                ? "a call brings "
                : isOne(unit) ? "one " + unit.amount() + " brings " : unit.amount() + " bring ";
    }

    private static boolean isOne(PriceUnit unit) {
        return unit.per().compareTo(BigDecimal.ONE) == 0;
    }

    private static String included(BigDecimal credits, PriceUnit unit) {
        return "That is "
                + credits(credits)
                + " "
                + unit.words()
                + "."
                + (unit.included().signum() == 0
                        ? ""
                        : " What is included of each call costs us and brings nothing; margins are"
                                + " of what is paid for.");
    }

    private String parts(CostBreakdown breakdown) {
        var parts = new ArrayList<String>();
        part(parts, "compute", breakdown.compute());
        part(parts, "memory", breakdown.memory());
        part(parts, "storage", breakdown.storage());
        part(parts, "bandwidth", breakdown.bandwidth());
        part(parts, "third parties", breakdown.thirdParty());
        part(parts, "unattributed", breakdown.unattributed());
        return parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ")";
    }

    private void part(List<String> parts, String name, BigDecimal amount) {
        if (amount.signum() != 0) {
            parts.add(name + " " + money(amount));
        }
    }

    private String ratio(PricedOperation operation) {
        if (operation.design().operation().equals(base)) {
            return "It is the base operation, so its cost is one unit, which is "
                    + credits(brief.baseCredits())
                    + ".";
        }
        return "That is " + Prose.figure(operation.costRatio()) + " times " + base + ".";
    }

    private static @Nullable String value(PricedOperation operation) {
        var design = operation.design();
        if (design.valueMultiplier().compareTo(BigDecimal.ONE) == 0) {
            return null;
        }
        return "Its value multiplies that by "
                + Prose.figure(design.valueMultiplier())
                + (design.valueReason().isEmpty() ? "" : " (" + design.valueReason() + ")")
                + ": "
                + credits(operation.exactCredits())
                + " exactly.";
    }

    private String credits(PricedOperation operation) {
        var exact = Prose.figure(operation.exactCredits());
        var credits = operation.credits().toBigDecimal();
        if (operation.design().pinned() != null) {
            return credits.signum() == 0
                    ? "It is set to be free."
                    : "The credits are set by hand to "
                            + Prose.figure(credits)
                            + "; by cost and value they would be "
                            + exact
                            + ".";
        }
        if (credits.signum() == 0) {
            return "It costs nothing, so it is free.";
        }
        var change = operation.roundingChange();
        if (change == null || credits.compareTo(operation.exactCredits()) == 0) {
            return exact + " is on the ladder " + brief.ladder() + " already.";
        }
        return exact
                + " becomes "
                + Prose.figure(credits)
                + ", the nearest of the ladder "
                + brief.ladder()
                + " by ratio, "
                + Prose.percent(change.abs())
                + (change.signum() > 0 ? " up." : " down.");
    }

    private static String credits(BigDecimal amount) {
        return Prose.counted(amount, "credit");
    }

    private String money(BigDecimal amount) {
        return Prose.money(amount, brief.currency());
    }
}
