package dev.scrip.insight;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one combination of bundles brings, exactly.
///
/// @param included credits of each plan, in the order of the question
/// @param cost of all credits used
/// @param accountsOn how many accounts take each plan
/// @param paid accounts on plans with a fee
/// @param over those of them that use more than their bundle
/// @param broken the constraints it breaks, with the figures; empty when it is feasible
public record BundleOutcome(
        Map<String, BigDecimal> included,
        BigDecimal revenue,
        BigDecimal cost,
        Map<String, Integer> accountsOn,
        int paid,
        int over,
        List<String> broken) {

    public BundleOutcome {
        included = Collections.unmodifiableMap(new LinkedHashMap<>(included));
        accountsOn = Collections.unmodifiableMap(new LinkedHashMap<>(accountsOn));
        broken = List.copyOf(broken);
    }

    public boolean isFeasible() {
        return broken.isEmpty();
    }

    public BigDecimal profit() {
        return revenue.subtract(cost);
    }

    /// Share of revenue that remains, to 34 digits; null without revenue.
    public @Nullable BigDecimal margin() {
        return revenue.signum() == 0 ? null : profit().divide(revenue, MathContext.DECIMAL128);
    }

    /// Share of the accounts on paid plans that use more than their bundle, to 34 digits; 0 when
    /// nobody pays.
    public BigDecimal shareOver() {
        return paid == 0
                ? BigDecimal.ZERO
                : BigDecimal.valueOf(over).divide(BigDecimal.valueOf(paid), MathContext.DECIMAL128);
    }
}
