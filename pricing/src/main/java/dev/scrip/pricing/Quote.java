package dev.scrip.pricing;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The price of one call, with what explains it.
///
/// @param quantity how many units, greater than 0
/// @param base credits of one unit times the quantity, before rounding to what is charged
/// @param credits what is charged
/// @param listValue the credits at the price book's credit price
/// @param cost the expected cost of the call, from the operation's unit cost
/// @param priceBook the version that priced it
/// @param adjustments what moved the price from its base, in the order it did, and the limits that
///   cut in
public record Quote(
        String operation,
        BigDecimal quantity,
        Credits base,
        Credits credits,
        Money listValue,
        Money cost,
        String priceBook,
        List<AppliedAdjustment> adjustments) {

    public Quote {
        adjustments = List.copyOf(adjustments);
    }

    /// One at the price of the table.
    public Quote(
            String operation,
            BigDecimal quantity,
            Credits base,
            Credits credits,
            Money listValue,
            Money cost,
            String priceBook) {
        this(operation, quantity, base, credits, listValue, cost, priceBook, List.of());
    }

    /// The same with another expected cost.
    public Quote at(Money expected) {
        return new Quote(
                operation, quantity, base, credits, listValue, expected, priceBook, adjustments);
    }

    /// The share of the list value that remains after the expected cost; null for a free call.
    public @Nullable BigDecimal margin() {
        return listValue.isZero()
                ? null
                : BigDecimal.ONE.subtract(
                        cost.toBigDecimal()
                                .divide(listValue.toBigDecimal(), MathContext.DECIMAL128));
    }
}
