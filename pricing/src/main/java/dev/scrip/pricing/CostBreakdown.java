package dev.scrip.pricing;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// The cost of a call by category, exact.
///
/// @param unattributed what a stated total cost has beyond the modelled categories; zero when the
///   cost is modelled alone
public record CostBreakdown(
        BigDecimal compute,
        BigDecimal memory,
        BigDecimal storage,
        BigDecimal bandwidth,
        BigDecimal thirdParty,
        BigDecimal unattributed) {

    public static final CostBreakdown ZERO =
            new CostBreakdown(
                    BigDecimal.ZERO,
                    BigDecimal.ZERO,
                    BigDecimal.ZERO,
                    BigDecimal.ZERO,
                    BigDecimal.ZERO,
                    BigDecimal.ZERO);

    public CostBreakdown plus(CostBreakdown other) {
        return new CostBreakdown(
                compute.add(other.compute),
                memory.add(other.memory),
                storage.add(other.storage),
                bandwidth.add(other.bandwidth),
                thirdParty.add(other.thirdParty),
                unattributed.add(other.unattributed));
    }

    /// The same modelled categories within another total; the rest becomes `unattributed`, which is
    /// negative when the model costs more than that total.
    public CostBreakdown within(BigDecimal statedTotal) {
        return new CostBreakdown(
                compute,
                memory,
                storage,
                bandwidth,
                thirdParty,
                statedTotal.subtract(total().subtract(unattributed)));
    }

    /// The part of a category; nothing is known of overhead here.
    public BigDecimal of(CostCategory category) {
        return switch (category) {
            case COMPUTE -> compute;
            case MEMORY -> memory;
            case STORAGE -> storage;
            case BANDWIDTH -> bandwidth;
            case THIRD_PARTY -> thirdParty;
            case OVERHEAD -> BigDecimal.ZERO;
        };
    }

    public BigDecimal total() {
        return compute.add(memory).add(storage).add(bandwidth).add(thirdParty).add(unattributed);
    }

    /// The total, half up to a nano-unit.
    public Money toMoney() {
        return Money.of(total(), RoundingMode.HALF_UP);
    }
}
