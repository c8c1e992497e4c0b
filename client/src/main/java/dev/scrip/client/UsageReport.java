package dev.scrip.client;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an account used in the period under way.
public record UsageReport(
        String account,
        Period period,
        long calls,
        BigDecimal credits,
        List<OperationUsage> operations) {

    /// @param share of all credits used; null when none were
    public record OperationUsage(
            String operation,
            long calls,
            BigDecimal credits,
            @Nullable BigDecimal share,
            MoneyAmount listValue) {}

    public UsageReport {
        operations = List.copyOf(operations);
    }
}
