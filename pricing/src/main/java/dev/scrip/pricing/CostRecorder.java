package dev.scrip.pricing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.TreeMap;

/// Costs measured calls one by one and sums them up in a [CostProfile].
///
/// Sums are exact; only the single costs behind the percentiles are rounded to a nano-unit. Eight
/// bytes are kept for each call. One thread at a time.
public final class CostRecorder {

    private final CostRates rates;
    private final TreeMap<String, BigDecimal> thirdParty = new TreeMap<>();
    private ResourceUse use = ResourceUse.NONE;
    private CostBreakdown total = CostBreakdown.ZERO;
    private long[] costNanos = new long[64];
    private int calls;

    public CostRecorder(CostRates rates) {
        this.rates = rates;
    }

    /// @throws IllegalArgumentException if the call used a third-party unit without a rate
    public void record(ResourceUse call) {
        var cost = rates.cost(call);
        total = total.plus(cost);
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
        costNanos[calls++] = Money.of(cost.total(), RoundingMode.HALF_UP).nanos();
    }

    public int calls() {
        return calls;
    }

    /// @throws IllegalArgumentException if nothing was recorded
    public CostProfile toProfile() {
        return CostProfile.of(
                Arrays.copyOf(costNanos, calls),
                total,
                new ResourceUse(
                        use.computeMs(),
                        use.memoryMb(),
                        use.storageKb(),
                        use.bandwidthKb(),
                        thirdParty));
    }
}
