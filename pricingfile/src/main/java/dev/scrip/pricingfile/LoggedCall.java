package dev.scrip.pricingfile;

import dev.scrip.pricing.ResourceUse;
import java.math.BigDecimal;

/// One call of a measured log.
///
/// @param row its line in the log, the header being line 1
/// @param operation the operation it is priced as, its size band included
/// @param quantity how many of what the operation counts, greater than 0; 1 when the log does not
///   say
public record LoggedCall(long row, String operation, BigDecimal quantity, ResourceUse use) {}
