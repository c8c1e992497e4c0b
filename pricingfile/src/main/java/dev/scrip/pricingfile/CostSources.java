package dev.scrip.pricingfile;

import dev.scrip.pricing.DesignWarning;
import dev.scrip.pricing.OperationCost;
import dev.scrip.pricing.OperationDesign;
import dev.scrip.pricing.Prose;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Where the costs of a pricing file come from, and how old they are.
///
/// @param columns which columns of a usage log mean what
/// @param usage what the usage log said, or null when none was given
/// @param unattributed the part of an operation's stated cost that no use accounts for, of one unit
/// @param dates of each operation's cost
/// @param products what suppliers call the products of the price list, by what the file calls them
/// @param services which category of cost the services of a bill are, by the service's name
public record CostSources(
        UsageColumns columns,
        @Nullable UsageCosts usage,
        SortedMap<String, BigDecimal> unattributed,
        SortedMap<String, CostDate> dates,
        SortedMap<String, String> products,
        SortedMap<String, String> services) {

    private static final int SHOWN_MAX = 5;

    public CostSources {
        unattributed = Collections.unmodifiableSortedMap(new TreeMap<>(unattributed));
        dates = Collections.unmodifiableSortedMap(new TreeMap<>(dates));
        products = Collections.unmodifiableSortedMap(new TreeMap<>(products));
        services = Collections.unmodifiableSortedMap(new TreeMap<>(services));
    }

    /// When an operation's cost was measured: its last call in the usage log, or as stated.
    public CostDate date(String operation) {
        var stated = dates.getOrDefault(operation, CostDate.UNKNOWN);
        if (usage == null || !usage.profiles().containsKey(operation)) {
            return stated;
        }
        var last = usage.last().get(operation);
        return last == null
                ? stated
                : new CostDate(last.atZone(ZoneOffset.UTC).toLocalDate(), stated.maxAgeDays());
    }

    /// Costs that are missing or too old on a day.
    List<DesignWarning> warnings(List<OperationDesign> operations, LocalDate today) {
        var warnings = new ArrayList<DesignWarning>();
        for (var operation : operations) {
            missing(warnings, operation);
            stale(warnings, operation.operation(), today);
        }
        unknown(warnings, operations);
        return warnings;
    }

    private void missing(List<DesignWarning> warnings, OperationDesign design) {
        var operation = design.operation();
        if (usage == null || usage.profiles().containsKey(operation)) {
            return;
        }
        var units = usage.units().get(operation);
        warnings.add(
                new DesignWarning(
                        DesignWarning.Kind.COST_MISSING,
                        operation,
                        (units == null
                                        ? "The usage log has no call of it"
                                        : "None of its calls in the usage log says what it used"
                                                + " or cost")
                                + ", so its cost is not measured: it stays "
                                + (design.cost() instanceof OperationCost.Stated
                                        ? "as stated."
                                        : "as it was before.")));
    }

    private void stale(List<DesignWarning> warnings, String operation, LocalDate today) {
        var date = date(operation);
        var measured = date.measuredAt();
        var days = date.maxAgeDays();
        if (measured != null && measured.isAfter(today)) {
            warnings.add(
                    stale(
                            operation,
                            "Its cost is said to be measured on "
                                    + measured
                                    + ", which is after today, "
                                    + today
                                    + "."));
        } else if (days != null && measured == null) {
            warnings.add(
                    stale(
                            operation,
                            "It does not say when its cost was measured (measured_at), and costs"
                                    + " older than "
                                    + Prose.counted(days, "day")
                                    + " are too old."));
        } else if (days != null && ChronoUnit.DAYS.between(measured, today) > days) {
            warnings.add(
                    stale(
                            operation,
                            "Its cost was measured on "
                                    + measured
                                    + ", "
                                    + Prose.counted(ChronoUnit.DAYS.between(measured, today), "day")
                                    + " ago; more than "
                                    + days
                                    + " is too old. Measure it again: scrip design --usage."));
        }
    }

    private static DesignWarning stale(String operation, String message) {
        return new DesignWarning(DesignWarning.Kind.COST_STALE, operation, message);
    }

    private void unknown(List<DesignWarning> warnings, List<OperationDesign> operations) {
        if (usage == null) {
            return;
        }
        var strangers = new TreeMap<>(usage.units());
        operations.forEach(design -> strangers.remove(design.operation()));
        if (strangers.isEmpty()) {
            return;
        }
        var shown =
                strangers.entrySet().stream()
                        .sorted(Map.Entry.<String, BigDecimal>comparingByValue().reversed())
                        .limit(SHOWN_MAX)
                        .map(one -> one.getKey() + " (" + one.getValue().toPlainString() + ")")
                        .toList();
        warnings.add(
                new DesignWarning(
                        DesignWarning.Kind.USAGE_UNKNOWN,
                        null,
                        "The usage log has calls of "
                                + Prose.counted(strangers.size(), "operation")
                                + " that the pricing file does not have: "
                                + String.join(", ", shown)
                                + (strangers.size() > SHOWN_MAX ? " …" : "")
                                + ". Add them, or name them in usage.names."));
    }
}
