package dev.scrip.client;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.List;

/// Charges that were taken together.
///
/// @param charges in the order they were sent
/// @param meta the block to copy into your own API's answer
public record ChargeBatch(List<Charge> charges, Totals totals, Charge.CreditsMeta meta) {

    public record Totals(int charges, BigDecimal creditsConsumed) {}

    public ChargeBatch {
        requireNonNull(totals, "totals");
        charges = List.copyOf(charges);
    }
}
