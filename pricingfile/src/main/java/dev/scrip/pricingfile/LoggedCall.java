package dev.scrip.pricingfile;

import dev.scrip.pricing.ResourceUse;

/// One call of a measured log.
///
/// @param row its line in the log, the header being line 1
/// @param operation the operation it is priced as, its size band included
public record LoggedCall(long row, String operation, ResourceUse use) {}
