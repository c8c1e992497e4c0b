package dev.scrip.metering;

import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;

/// The calls of one operation, added up.
///
/// @param listValue the credits at list price
/// @param yieldValue what the burned credits earned when they were bought
/// @param cost what the calls cost us
public record OperationUsage(
        String operation,
        long calls,
        Credits credits,
        Money listValue,
        Money yieldValue,
        Money cost) {}
