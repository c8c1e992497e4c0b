package dev.scrip.insight;

import dev.scrip.insight.Calibration.Billed;
import dev.scrip.pricing.CostCategory;
import dev.scrip.pricing.CostRates;
import dev.scrip.pricing.ResourceUse;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What recorded calls used of each resource, to find what has no rate.
///
/// Not thread-safe.
public final class UsedResources {

    private static final int RATE_DECIMALS = 18;

    private final List<Resource> resources = new ArrayList<>();

    private static final class Resource {

        private final CostCategory category;
        private final String field;
        private final BigDecimal rate;
        private final Function<ResourceUse, BigDecimal> amount;
        private BigDecimal used = BigDecimal.ZERO;

        Resource(
                CostCategory category,
                String field,
                BigDecimal rate,
                Function<ResourceUse, BigDecimal> amount) {
            this.category = category;
            this.field = field;
            this.rate = rate;
            this.amount = amount;
        }

        boolean isPaid() {
            return used.signum() > 0 && rate.signum() > 0;
        }

        boolean isUnrated() {
            return used.signum() > 0 && rate.signum() == 0;
        }
    }

    public UsedResources(CostRates rates) {
        resources.add(
                new Resource(
                        CostCategory.COMPUTE,
                        "compute_per_second",
                        rates.computePerSecond(),
                        UsedResources::seconds));
        resources.add(
                new Resource(
                        CostCategory.MEMORY,
                        "memory_per_gb_second",
                        rates.memoryPerGbSecond(),
                        use -> use.memoryMb().movePointLeft(3).multiply(seconds(use))));
        resources.add(
                new Resource(
                        CostCategory.STORAGE,
                        "storage_per_gb",
                        rates.storagePerGb(),
                        use -> use.storageKb().movePointLeft(6)));
        resources.add(
                new Resource(
                        CostCategory.BANDWIDTH,
                        "bandwidth_per_gb",
                        rates.bandwidthPerGb(),
                        use -> use.bandwidthKb().movePointLeft(6)));
        rates.thirdParty()
                .forEach((unit, rate) ->
                        resources.add(
                                new Resource(
                                        CostCategory.THIRD_PARTY,
                                        "third_party." + unit,
                                        rate,
                                        use ->
                                                use.thirdParty()
                                                        .getOrDefault(unit, BigDecimal.ZERO))));
    }

    private static BigDecimal seconds(ResourceUse use) {
        return use.computeMs().movePointLeft(3);
    }

    /// Adds one call.
    public void add(ResourceUse use) {
        for (var resource : resources) {
            resource.used = resource.used.add(resource.amount.apply(use));
        }
    }

    /// What was used and billed, and has no rate; in the order of the cost rates for each line.
    public List<UnratedUse> unrated(List<Billed> bill) {
        var lines =
                bill.stream()
                        .filter(line -> line.category() != CostCategory.OVERHEAD)
                        .collect(
                                Collectors.groupingBy(
                                        Calibration::line,
                                        TreeMap::new,
                                        Collectors.reducing(
                                                BigDecimal.ZERO, Billed::amount, BigDecimal::add)));
        var unrated = new ArrayList<UnratedUse>();
        lines.forEach((line, amount) -> {
            var categories = Calibration.covered(line, lines.keySet());
            var paid = resources.stream().filter(one -> categories.contains(one.category)).toList();
            var without = paid.stream().filter(Resource::isUnrated).toList();
            boolean alone = without.size() == 1 && paid.stream().noneMatch(Resource::isPaid);
            for (var resource : amount.signum() > 0 ? without : List.<Resource>of()) {
                unrated.add(
                        new UnratedUse(
                                line,
                                resource.field,
                                resource.used,
                                amount,
                                alone
                                        ? amount.divide(
                                                resource.used,
                                                RATE_DECIMALS,
                                                RoundingMode.HALF_EVEN)
                                        : null));
            }
        });
        return unrated;
    }
}
