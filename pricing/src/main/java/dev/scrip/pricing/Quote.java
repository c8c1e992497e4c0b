package dev.scrip.pricing;

import java.math.BigDecimal;

/// The price of one call, with what explains it.
///
/// @param quantity how many units, greater than 0
/// @param base credits of one unit times the quantity, before rounding to what is charged
/// @param credits what is charged
/// @param listValue the credits at the price book's credit price
/// @param cost the expected cost of the call, from the operation's unit cost
/// @param priceBook the version that priced it
public record Quote(
        String operation,
        BigDecimal quantity,
        Credits base,
        Credits credits,
        Money listValue,
        Money cost,
        String priceBook) {}
