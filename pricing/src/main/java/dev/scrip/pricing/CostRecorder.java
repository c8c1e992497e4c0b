package dev.scrip.pricing;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.TreeMap;

/// Costs measured calls one by one and sums them up in a [CostProfile].
///
/// Sums are exact; only the costs of a unit behind the percentiles are rounded to a nano-unit.
/// Eight bytes are kept for each call. One thread at a time.
public final class CostRecorder {

    private final CostRates rates;
    private final TreeMap<String, BigDecimal> thirdParty = new TreeMap<>();
    private ResourceUse use = ResourceUse.NONE;
    private CostBreakdown total = CostBreakdown.ZERO;
    private long[] costNanos = new long[64];
    private BigDecimal units = BigDecimal.ZERO;
    private int calls;

    public CostRecorder(CostRates rates) {
        this.rates = rates;
    }

    /// @throws IllegalArgumentException if the call used a third-party unit without a rate
    public void record(ResourceUse call) {
        record(call, rates.cost(call), BigDecimal.ONE);
    }

    /// A call of several units, with its cost as the caller knows it.
    ///
    /// @param cost of the whole call
    /// @param quantity how many units it was, greater than 0
    public void record(ResourceUse call, CostBreakdown cost, BigDecimal quantity) {
        total = total.plus(cost);
        units = units.add(quantity);
        call.thirdParty().forEach((unit, used) -> thirdParty.merge(unit, used, BigDecimal::add));
        use =
                new ResourceUse(
                        use.computeMs().add(call.computeMs()),
                        use.memoryMb().add(call.memoryMb()),
                        use.storageKb().add(call.storageKb()),
                        use.bandwidthKb().add(call.bandwidthKb()),
                        ResourceUse.NONE.thirdParty());
        if (calls == costNanos.length) {
            costNanos = Arrays.copyOf(costNanos, Math.multiplyExact(calls, 2));
        }
        costNanos[calls++] = perUnit(cost, quantity).nanos();
    }

    /// The cost of one unit of a call, half up to a nano-unit.
    public static Money perUnit(CostBreakdown cost, BigDecimal quantity) {
        return Money.of(
                quantity.compareTo(BigDecimal.ONE) == 0
                        ? cost.total()
                        : cost.total().divide(quantity, MathContext.DECIMAL128),
                RoundingMode.HALF_UP);
    }

    public int calls() {
        return calls;
    }

    /// @throws IllegalArgumentException if nothing was recorded
    public CostProfile toProfile() {
        return CostProfile.of(
                Arrays.copyOf(costNanos, calls),
                units,
                total,
                new ResourceUse(
                        use.computeMs(),
                        use.memoryMb(),
                        use.storageKb(),
                        use.bandwidthKb(),
                        thirdParty));
    }
}
