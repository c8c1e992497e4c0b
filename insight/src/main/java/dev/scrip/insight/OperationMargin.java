package dev.scrip.insight;

import dev.scrip.pricing.Money;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// What one operation leaves of its revenue.
///
/// A margin is the share of revenue that remains after cost, to four decimals; null without
/// revenue.
///
/// @param atList margin at list price: is the price right?
/// @param atYield margin at what the burned credits really earned: promotional credits earn nothing
/// @param leak the margin at list price is under the floor
/// @param exposure the money short of the floor over the window; zero unless it is a leak
public record OperationMargin(
        OperationTotals totals,
        @Nullable BigDecimal atList,
        @Nullable BigDecimal atYield,
        boolean leak,
        Money exposure) {}
