package dev.scrip.client;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the operations of a workspace earned, cost and left.
///
/// A margin is a share of revenue, null without revenue: at list price, or at what the burned
/// credits earned when they were bought.
///
/// @param exposure the money all leaks together were short of their floors
/// @param operations the largest exposure first, then by name
public record MarginReport(
        Window window,
        MoneyAmount listRevenue,
        MoneyAmount yieldRevenue,
        MoneyAmount cost,
        @Nullable BigDecimal marginAtList,
        @Nullable BigDecimal marginAtYield,
        MoneyAmount exposure,
        List<OperationMargin> operations) {

    /// @param from inclusive
    /// @param to exclusive
    public record Window(Instant from, Instant to) {}

    /// @param marginFloor null when the price book in force does not have the operation any more
    /// @param leak the margin at list price is under the floor
    public record OperationMargin(
            String operation,
            long calls,
            BigDecimal credits,
            MoneyAmount listRevenue,
            MoneyAmount yieldRevenue,
            MoneyAmount cost,
            @Nullable BigDecimal marginAtList,
            @Nullable BigDecimal marginAtYield,
            @Nullable BigDecimal marginFloor,
            boolean leak,
            MoneyAmount exposure) {}

    public MarginReport {
        operations = List.copyOf(operations);
    }
}
