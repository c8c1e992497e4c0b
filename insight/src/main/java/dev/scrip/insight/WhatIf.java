package dev.scrip.insight;

import dev.scrip.pricing.CreditTableDesign;
import dev.scrip.pricing.DesignedOperation;
import dev.scrip.pricing.Glide;
import dev.scrip.pricing.OperationCost;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What a credit table leaves when costs change on some days: which operations go under their floor
/// or under water, when, and what they would have to cost.
///
/// Exact to 34 digits; the verdicts are decided on the exact figures.
public final class WhatIf {

    /// How much of a price a glide path may add in a month.
    private static final BigDecimal GLIDE_STEP = new BigDecimal("0.2");

    private static final List<String> RESOURCES =
            List.of("compute", "memory", "storage", "bandwidth");
    private static final String THIRD_PARTY = "third_party";

    private static final MathContext EXACT = MathContext.DECIMAL128;

    private final CreditTableDesign design;

    /// A cost that is multiplied by a factor from a day on.
    ///
    /// @param name `compute`, `memory`, `storage`, `bandwidth`, `third_party`, a third-party unit,
    ///   or the first parts of the names of several, such as `gpt-4o` of `gpt-4o.input_token`
    public record Change(LocalDate from, String name, BigDecimal factor) {

        public Change {
            if (factor.signum() < 0) {
                throw new IllegalArgumentException(
                        "The cost of "
                                + name
                                + " would be multiplied by "
                                + factor.toPlainString()
                                + "; expected a factor of 0 or more.");
            }
        }
    }

    /// What an operation is after a change.
    public enum Verdict {
        FINE,
        /// It keeps less than its floor, but still something.
        UNDER_FLOOR,
        /// A call costs more than it brings.
        UNDER_WATER;

        /// Such as `under_floor`.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// The table from a day on.
    ///
    /// @param changes of that day
    /// @param operations whose unit cost is another than before all changes, in the table's order
    /// @param blendedMargin null when nothing earns revenue
    public record Step(
            LocalDate from,
            List<Change> changes,
            @Nullable BigDecimal blendedMargin,
            List<Outcome> operations) {

        public Step {
            changes = List.copyOf(changes);
            operations = List.copyOf(operations);
        }
    }

    /// @param unitCost after the changes so far
    /// @param margin at list price; null for a free operation
    /// @param newCredits the lowest value of the ladder that keeps the floor; null when it is kept
    ///   already, or no value of the ladder does
    /// @param glideMonths how many steps of at most 20 % lead there, in credits no finer than those
    ///   at its ends, or in smaller credits where those cannot move; null without new credits
    /// @param monthlyLoss what the calls of a month cost beyond what they bring; null when they do
    ///   not, or are not known
    public record Outcome(
            DesignedOperation before,
            BigDecimal unitCost,
            @Nullable BigDecimal margin,
            Verdict verdict,
            @Nullable BigDecimal newCredits,
            @Nullable Integer glideMonths,
            @Nullable BigDecimal monthlyLoss) {}

    public WhatIf(CreditTableDesign design) {
        this.design = design;
    }

    /// The rates a change of this name moves; empty when there is none.
    public List<String> matches(String name) {
        var found = new ArrayList<String>();
        if (RESOURCES.contains(name)) {
            found.add(name);
        }
        for (var unit : design.brief().costRates().thirdParty().keySet()) {
            if (isOf(unit, name)) {
                found.add(unit);
            }
        }
        return found;
    }

    /// One step for each day on which something changes.
    public List<Step> after(List<Change> changes) {
        var days = new TreeSet<LocalDate>();
        changes.forEach(change -> days.add(change.from()));
        var steps = new ArrayList<Step>();
        for (var day : days) {
            var soFar =
                    changes.stream()
                            .filter(change -> !change.from().isAfter(day))
                            .sorted(Comparator.comparing(Change::from))
                            .toList();
            var its = soFar.stream().filter(change -> change.from().equals(day)).toList();
            steps.add(step(day, its, soFar));
        }
        return steps;
    }

    private Step step(LocalDate day, List<Change> its, List<Change> soFar) {
        var outcomes = new ArrayList<Outcome>();
        var revenue = BigDecimal.ZERO;
        var cost = BigDecimal.ZERO;
        for (int i = 0; i < design.operations().size(); i++) {
            var operation = design.operations().get(i);
            var unitCost = unitCost(operation, design.brief().operations().get(i).cost(), soFar);
            var weight = weight(operation);
            revenue = revenue.add(listPrice(operation).multiply(weight));
            cost = cost.add(unitCost.multiply(weight));
            if (unitCost.compareTo(operation.unitCost()) != 0) {
                outcomes.add(outcome(operation, unitCost));
            }
        }
        return new Step(
                day,
                its,
                revenue.signum() == 0 ? null : BigDecimal.ONE.subtract(cost.divide(revenue, EXACT)),
                outcomes);
    }

    private Outcome outcome(DesignedOperation operation, BigDecimal unitCost) {
        var price = listPrice(operation);
        if (price.signum() == 0) {
            return new Outcome(operation, unitCost, null, Verdict.FINE, null, null, null);
        }
        var margin = BigDecimal.ONE.subtract(unitCost.divide(price, EXACT));
        var kept = BigDecimal.ONE.subtract(operation.marginFloor());
        // margin < floor, without the division.
        boolean isUnder = unitCost.compareTo(price.multiply(kept)) > 0;
        boolean isLoss = unitCost.compareTo(price) > 0;
        var credits = isUnder ? creditsFor(unitCost, kept) : null;
        var calls = operation.monthlyCalls();
        return new Outcome(
                operation,
                unitCost,
                margin,
                isLoss ? Verdict.UNDER_WATER : isUnder ? Verdict.UNDER_FLOOR : Verdict.FINE,
                credits,
                credits == null ? null : months(operation.credits().toBigDecimal(), credits),
                isLoss && calls != null
                        ? unitCost.subtract(price).multiply(BigDecimal.valueOf(calls))
                        : null);
    }

    private @Nullable BigDecimal creditsFor(BigDecimal unitCost, BigDecimal kept) {
        var perCredit = design.creditPrice().perCredit().toBigDecimal();
        for (var value : design.ladder().values()) {
            if (value.multiply(perCredit).multiply(kept).compareTo(unitCost) >= 0) {
                return value;
            }
        }
        return null;
    }

    private static @Nullable Integer months(BigDecimal from, BigDecimal to) {
        int decimals = Math.max(decimals(from), decimals(to));
        var glide = new Glide(from, to, GLIDE_STEP, decimals);
        var path = glide.path();
        var walked = path == null ? glide.redenominated() : path;
        return walked == null ? null : walked.months();
    }

    private static int decimals(BigDecimal value) {
        return Math.max(0, value.stripTrailingZeros().scale());
    }

    private BigDecimal unitCost(
            DesignedOperation operation, OperationCost cost, List<Change> changes) {
        var parts = operation.costBreakdown();
        return operation
                .unitCost()
                .add(moved(parts.compute(), "compute", changes))
                .add(moved(parts.memory(), "memory", changes))
                .add(moved(parts.storage(), "storage", changes))
                .add(moved(parts.bandwidth(), "bandwidth", changes))
                .add(thirdParty(cost, changes));
    }

    private BigDecimal thirdParty(OperationCost cost, List<Change> changes) {
        var use =
                switch (cost) {
                    case OperationCost.Modelled(var modelled) -> modelled;
                    case OperationCost.Stated(_, var stated) -> stated;
                    case OperationCost.Measured(var profile) -> profile.meanUse();
                };
        var more = BigDecimal.ZERO;
        if (use != null) {
            for (var bought : use.thirdParty().entrySet()) {
                var rate =
                        design.brief()
                                .costRates()
                                .thirdParty()
                                .getOrDefault(bought.getKey(), BigDecimal.ZERO);
                more = more.add(moved(bought.getValue().multiply(rate), bought.getKey(), changes));
            }
        }
        return more;
    }

    private BigDecimal listPrice(DesignedOperation operation) {
        return operation
                .credits()
                .toBigDecimal()
                .multiply(design.creditPrice().perCredit().toBigDecimal());
    }

    private BigDecimal weight(DesignedOperation operation) {
        if (!design.weightedByCalls()) {
            return BigDecimal.ONE;
        }
        var calls = operation.monthlyCalls();
        return calls == null ? BigDecimal.ZERO : BigDecimal.valueOf(calls);
    }

    private static BigDecimal moved(BigDecimal part, String name, List<Change> changes) {
        var factor = BigDecimal.ONE;
        for (var change : changes) {
            if (isOf(name, change.name())) {
                factor = factor.multiply(change.factor());
            }
        }
        return part.multiply(factor.subtract(BigDecimal.ONE));
    }

    private static boolean isOf(String unit, String name) {
        if (name.equals(THIRD_PARTY)) {
            return !RESOURCES.contains(unit);
        }
        return unit.equals(name) || unit.startsWith(name + ".");
    }
}
