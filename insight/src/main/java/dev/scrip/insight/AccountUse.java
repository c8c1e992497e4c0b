package dev.scrip.insight;

import java.math.BigDecimal;

/// What one account uses in a month.
///
/// @param credits not negative
public record AccountUse(String account, BigDecimal credits) {}
