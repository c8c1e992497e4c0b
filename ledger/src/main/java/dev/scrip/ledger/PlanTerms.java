package dev.scrip.ledger;

import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;

/// What a subscription grants at the start of each period.
///
/// @param plan the plan's id
/// @param included credits a period; zero grants nothing
/// @param costBasis the fee divided by the included credits
public record PlanTerms(String plan, Credits included, Money costBasis) {}
