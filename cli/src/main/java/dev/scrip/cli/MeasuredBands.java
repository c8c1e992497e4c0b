package dev.scrip.cli;

import dev.scrip.insight.SizeBandProposal;
import dev.scrip.pricing.CostRates;
import dev.scrip.pricing.CostRecorder;
import dev.scrip.pricing.DesignedOperation;
import dev.scrip.pricing.ResourceUse;
import dev.scrip.pricingfile.PricingFile;
import dev.scrip.pricingfile.UsageCosts;
import dev.scrip.pricingfile.UsageEvent;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Size bands for the operations of a usage log whose calls differ too much in cost for one price.
///
/// The log is read a second time, since only the first tells which operations those are and what
/// makes their calls dear.
final class MeasuredBands {

    /// @param listPrice what a call costs at one price for all
    record Proposed(DesignedOperation operation, SizeBandProposal proposal, BigDecimal listPrice) {

        /// What is kept of the list price in a band, when all bands have the one price.
        BigDecimal margin(SizeBandProposal.Band band) {
            return listPrice.signum() == 0
                    ? BigDecimal.ZERO
                    : BigDecimal.ONE.subtract(
                            band.meanCost().divide(listPrice, MathContext.DECIMAL128));
        }
    }

    private static final BigDecimal SPREAD_MAX = new BigDecimal("5");

    private static final class Calls {

        private final String unit;
        private double[] sizes = new double[64];
        private long[] costs = new long[64];
        private int count;

        Calls(String unit) {
            this.unit = unit;
        }

        void add(double size, long costNanos) {
            if (count == sizes.length) {
                sizes = Arrays.copyOf(sizes, Math.multiplyExact(count, 2));
                costs = Arrays.copyOf(costs, sizes.length);
            }
            sizes[count] = size;
            costs[count++] = costNanos;
        }
    }

    private MeasuredBands() {}

    static List<Proposed> of(PricingFile file, UsageCosts costs) {
        var design = file.design();
        var rates = file.costRates();
        var calls = new TreeMap<String, Calls>();
        for (var operation : design.operations()) {
            var profile = costs.profiles().get(operation.operation());
            var spread = profile == null ? null : profile.spread();
            if (profile != null && spread != null && spread.compareTo(SPREAD_MAX) > 0) {
                calls.put(operation.operation(), new Calls(dearest(profile.totalUse(), rates)));
            }
        }
        if (calls.isEmpty()) {
            return List.of();
        }
        file.usageLog(costs.file()).forEach(event -> take(event, calls, file));
        var proposed = new ArrayList<Proposed>();
        calls.forEach((id, its) -> {
            var proposal =
                    SizeBandProposal.of(
                            its.unit,
                            Arrays.copyOf(its.sizes, its.count),
                            Arrays.copyOf(its.costs, its.count));
            if (proposal != null) {
                var operation = design.operation(id);
                proposed.add(
                        new Proposed(
                                operation,
                                proposal,
                                operation
                                        .credits()
                                        .toBigDecimal()
                                        .multiply(
                                                design.creditPrice().perCredit().toBigDecimal())));
            }
        });
        return proposed;
    }

    private static void take(UsageEvent event, Map<String, Calls> calls, PricingFile file) {
        var its = calls.get(event.operation());
        if (its != null && event.isMeasured()) {
            its.add(
                    size(event.use(), its.unit).doubleValue(),
                    CostRecorder.perUnit(file.cost(event), event.quantity()).nanos());
        }
    }

    /// The resource or third-party unit that most of the cost goes to.
    private static String dearest(ResourceUse use, CostRates rates) {
        var known =
                new ResourceUse(
                        use.computeMs(),
                        BigDecimal.ZERO,
                        use.storageKb(),
                        use.bandwidthKb(),
                        use.thirdParty());
        var cost = rates.cost(known);
        var best = "compute_ms";
        var most = cost.compute();
        if (cost.storage().compareTo(most) > 0) {
            best = "storage_kb";
            most = cost.storage();
        }
        if (cost.bandwidth().compareTo(most) > 0) {
            best = "bandwidth_kb";
            most = cost.bandwidth();
        }
        for (var unit : use.thirdParty().entrySet()) {
            var its =
                    unit.getValue()
                            .multiply(
                                    rates.thirdParty()
                                            .getOrDefault(unit.getKey(), BigDecimal.ZERO));
            if (its.compareTo(most) > 0) {
                best = unit.getKey();
                most = its;
            }
        }
        return best;
    }

    private static BigDecimal size(ResourceUse use, String unit) {
        return switch (unit) {
            case "compute_ms" -> use.computeMs();
            case "storage_kb" -> use.storageKb();
            case "bandwidth_kb" -> use.bandwidthKb();
            default -> use.thirdParty().getOrDefault(unit, BigDecimal.ZERO);
        };
    }
}
