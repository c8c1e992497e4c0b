package dev.scrip.insight;

import java.math.BigDecimal;

/// What one account's usage comes to under two tables.
///
/// @param before credits under the exact table, greater than 0
/// @param after credits under the simpler one
/// @param change after / before − 1, to 34 digits
public record BillMove(String account, BigDecimal before, BigDecimal after, BigDecimal change) {}
