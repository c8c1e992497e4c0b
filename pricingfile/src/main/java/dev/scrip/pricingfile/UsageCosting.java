package dev.scrip.pricingfile;

import dev.scrip.pricing.CostBreakdown;
import dev.scrip.pricing.CostProfile;
import dev.scrip.pricing.CostRates;
import dev.scrip.pricing.CostRecorder;
import dev.scrip.pricing.OperationCost;
import dev.scrip.pricing.OperationDesign;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Costs the calls of a usage log, and puts what they cost in the place of what was stated.
final class UsageCosting {

    private static final int OPERATIONS_MAX = 10_000;

    private final CostRates rates;
    private final HashMap<String, Calls> calls = new HashMap<>();
    private final UsageLog log;
    private @Nullable Instant first;
    private @Nullable Instant end;
    private long rows;

    private static final class Calls {

        private final CostRecorder recorder;
        private final BigDecimal unattributed;
        private final BigDecimal per;
        private BigDecimal units = BigDecimal.ZERO;
        private @Nullable Instant last;

        /// @param unattributed of one of the quantity
        /// @param per for how many of the quantity its credits are
        Calls(CostRates rates, BigDecimal unattributed, BigDecimal per) {
            this.recorder = new CostRecorder(rates);
            this.unattributed = unattributed;
            this.per = per;
        }
    }

    /// @param designs what is known of the operations before the log
    UsageCosting(UsageLog log, CostRates rates, List<OperationDesign> designs) {
        this.log = log;
        this.rates = rates;
        for (var design : designs) {
            calls.put(
                    design.operation(), new Calls(rates, unattributed(design, rates), per(design)));
        }
    }

    /// The part of a stated cost that no use accounts for; as in a price book, a stated cost
    /// without a use says nothing of its parts. Of one of the quantity.
    private static BigDecimal unattributed(OperationDesign design, CostRates rates) {
        var cost = design.cost();
        return cost instanceof OperationCost.Stated(_, var use) && use != null
                ? cost.breakdown(rates)
                        .unattributed()
                        .max(BigDecimal.ZERO)
                        .divide(per(design), MathContext.DECIMAL128)
                : BigDecimal.ZERO;
    }

    private static BigDecimal per(OperationDesign design) {
        return design.unit() == null ? BigDecimal.ONE : design.unit().per();
    }

    static SortedMap<String, BigDecimal> unattributed(
            List<OperationDesign> designs, CostRates rates) {
        var all = new TreeMap<String, BigDecimal>();
        for (var design : designs) {
            var part = unattributed(design, rates);
            if (part.signum() > 0) {
                all.put(design.operation(), part);
            }
        }
        return all;
    }

    /// What a call cost: as the log says itself, or its use at the rates and what no use accounts
    /// for.
    static CostBreakdown cost(UsageEvent event, CostRates rates, BigDecimal unattributed) {
        var modelled = rates.cost(event.use());
        if (event.cost() != null) {
            return modelled.within(event.cost());
        }
        return unattributed.signum() == 0
                ? modelled
                : modelled.plus(CostBreakdown.ZERO.within(unattributed.multiply(event.quantity())));
    }

    /// What the calls of a log cost, or null with problems noted, or when there are some already.
    static @Nullable UsageCosts read(
            UsageLog log, CostRates rates, List<OperationDesign> stated, Problems problems) {
        if (problems.any()) {
            return null;
        }
        try {
            return new UsageCosting(log, rates, stated).read();
        } catch (PricingFileException e) {
            e.problems().forEach(problems::addElsewhere);
            return null;
        }
    }

    /// @throws PricingFileException if the log cannot be used
    UsageCosts read() {
        log.forEach(this::take);
        var profiles = new TreeMap<String, CostProfile>();
        var units = new TreeMap<String, BigDecimal>();
        var last = new TreeMap<String, Instant>();
        calls.forEach((operation, its) -> {
            if (its.units.signum() > 0) {
                units.put(operation, its.units);
            }
            if (its.recorder.calls() > 0) {
                profiles.put(operation, its.recorder.toProfile());
            }
            if (its.last != null) {
                last.put(operation, its.last);
            }
        });
        return new UsageCosts(log.file(), rows, profiles, units, last, first, end);
    }

    private void take(UsageEvent event) {
        rows++;
        var its = calls.get(event.operation());
        if (its == null) {
            its = new Calls(rates, BigDecimal.ZERO, BigDecimal.ONE);
            calls.put(event.operation(), its);
            if (calls.size() > OPERATIONS_MAX) {
                throw new PricingFileException(
                        List.of(
                                log.file()
                                        + ":"
                                        + event.row()
                                        + ": there are more than 10,000 different operations;"
                                        + " expected those of the pricing file. Maybe"
                                        + " usage.operation names the wrong column"));
            }
        }
        var units = event.quantity().divide(its.per, MathContext.DECIMAL128);
        its.units = its.units.add(units);
        var at = event.at();
        if (at != null) {
            its.last = its.last == null || at.isAfter(its.last) ? at : its.last;
            first = first == null || at.isBefore(first) ? at : first;
            end = end == null || at.isAfter(end) ? at : end;
        }
        if (event.isMeasured()) {
            its.recorder.record(event.use(), cost(event, rates, its.unattributed), units);
        }
    }

    /// The designs with measured costs where the log has them, and with its calls where none are
    /// stated.
    static List<OperationDesign> applied(List<OperationDesign> designs, UsageCosts costs) {
        var all = new ArrayList<OperationDesign>();
        for (var design : designs) {
            var profile = costs.profiles().get(design.operation());
            var changed =
                    profile == null ? design : design.withCost(new OperationCost.Measured(profile));
            if (changed.monthlyCalls() == null || design.cost() instanceof OperationCost.Measured) {
                var units = costs.units().get(design.operation());
                if (units != null) {
                    changed = changed.withMonthlyCalls(costs.monthlyCalls(design.operation()));
                }
            }
            all.add(changed);
        }
        return all;
    }
}
