package dev.scrip.insight;

import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/// What one plan does with a chosen bundle.
///
/// @param accounts that take it
/// @param revenue fees and overage
/// @param used credits of all its accounts
/// @param breakage credits that are included and not used
/// @param wall the days on which accounts use up their bundle
/// @param marginAtFullUse share of the fee that remains when the bundle is used to the last credit;
///   null for a free plan
public record PlanFinding(
        PlanOffer plan,
        BigDecimal included,
        int accounts,
        BigDecimal revenue,
        BigDecimal cost,
        BigDecimal used,
        BigDecimal breakage,
        int over,
        WallDays wall,
        @Nullable BigDecimal marginAtFullUse) {

    /// Share of its accounts that use more than the bundle, to 34 digits; null when nobody takes
    /// it.
    public @Nullable BigDecimal shareOver() {
        return accounts == 0
                ? null
                : BigDecimal.valueOf(over)
                        .divide(BigDecimal.valueOf(accounts), MathContext.DECIMAL128);
    }

    /// Share of its revenue that remains for what its accounts use; null without revenue.
    public @Nullable BigDecimal marginObserved() {
        return revenue.signum() == 0
                ? null
                : revenue.subtract(cost).divide(revenue, MathContext.DECIMAL128);
    }

    /// Share of the included credits that nobody uses; null when none are included.
    public @Nullable BigDecimal breakageShare() {
        var all = included.multiply(BigDecimal.valueOf(accounts));
        return all.signum() == 0 ? null : breakage.divide(all, MathContext.DECIMAL128);
    }

    static @Nullable BigDecimal marginAtFullUse(
            BigDecimal fee, BigDecimal included, BigDecimal costPerCredit) {
        return fee.signum() == 0
                ? null
                : BigDecimal.ONE.subtract(
                        included.multiply(costPerCredit).divide(fee, MathContext.DECIMAL128));
    }
}
