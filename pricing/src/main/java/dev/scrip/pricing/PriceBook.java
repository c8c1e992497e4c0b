package dev.scrip.pricing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A dated version of the credit table, the credit price and the plans: the one thing that drives
/// charges, quotes, the price list and the margins.
///
/// @param version such as `pb_3`
/// @param currency ISO 4217, such as `USD`; every [Money] of the book is in it
/// @param creditPrice the list price of one credit
/// @param costRates what the resources of a measured call cost
/// @param burnPreference which credits its accounts use first
public record PriceBook(
        String version,
        Instant effectiveFrom,
        String currency,
        Money creditPrice,
        CostRates costRates,
        SortedMap<String, OperationPrice> operations,
        SortedMap<String, Plan> plans,
        BurnPreference burnPreference) {

    /// Quantities are plain decimals up to a billion with at most 6 decimals.
    public static final BigDecimal QUANTITY_MAX = new BigDecimal("1000000000");

    public static final int QUANTITY_DECIMALS = 6;

    private static final int CHARGE_DECIMALS = 3;

    /// One by which the credits are used first that expire first.
    public PriceBook(
            String version,
            Instant effectiveFrom,
            String currency,
            Money creditPrice,
            CostRates costRates,
            SortedMap<String, OperationPrice> operations,
            SortedMap<String, Plan> plans) {
        this(
                version,
                effectiveFrom,
                currency,
                creditPrice,
                costRates,
                operations,
                plans,
                BurnPreference.EXPIRY_FIRST);
    }

    public PriceBook {
        operations = frozen(operations);
        plans = frozen(plans);
        if (operations.isEmpty()) {
            throw new IllegalArgumentException("A price book needs at least one operation.");
        }
    }

    /// Prices a call, or returns null when the operation is not in the book.
    ///
    /// Rounded once, half up to a thousandth of a credit, and never to zero for a priced operation.
    ///
    /// @throws IllegalArgumentException if the quantity is not in (0, [#QUANTITY_MAX]], has too
    ///   many decimals, or makes the price leave the range of [Credits]
    public @Nullable Quote quote(String operation, BigDecimal quantity) {
        var price = operations.get(operation);
        if (price == null) {
            return null;
        }
        if (quantity.signum() <= 0
                || quantity.compareTo(QUANTITY_MAX) > 0
                || quantity.scale() > QUANTITY_DECIMALS) {
            throw new IllegalArgumentException(
                    "The quantity ("
                            + quantity
                            + ") must be greater than 0, at most "
                            + QUANTITY_MAX
                            + " and have at most "
                            + QUANTITY_DECIMALS
                            + " decimals.");
        }
        if (quantity.compareTo(BigDecimal.ONE) == 0 && price.credits().isChargeable()) {
            return quote(price, quantity, price.credits(), price.credits(), price.unitCost());
        }
        var exact = price.credits().toBigDecimal().multiply(quantity);
        var base = Credits.of(exact, RoundingMode.HALF_UP);
        // From the exact product, not from the base: rounding twice would move 1.0014995 to 1.002.
        var credits =
                Credits.of(
                        exact.setScale(CHARGE_DECIMALS, RoundingMode.HALF_UP),
                        RoundingMode.UNNECESSARY);
        if (credits.isZero() && price.credits().isPositive()) {
            credits = Credits.SMALLEST_CHARGE;
        }
        var cost = price.unitCost().times(quantity, RoundingMode.HALF_UP);
        return quote(price, quantity, base, credits, cost);
    }

    /// What a measured call of an operation cost: its use at the cost rates, and the part of the
    /// unit cost that no use accounts for.
    ///
    /// @param use of the whole call, not of one unit of its quantity
    /// @throws IllegalArgumentException if the use names a third-party unit without a rate, or
    ///   costs more than can be counted
    public Money cost(String operation, BigDecimal quantity, ResourceUse use) {
        var price = operations.get(operation);
        var rest = price == null ? Money.ZERO : price.unattributed();
        return costRates.cost(use).toMoney().plus(rest.times(quantity, RoundingMode.HALF_UP));
    }

    private Quote quote(
            OperationPrice price, BigDecimal quantity, Credits base, Credits credits, Money cost) {
        return new Quote(
                price.operation(),
                quantity,
                base,
                credits,
                creditPrice.timesCredits(credits),
                cost,
                version);
    }

    private static <V> SortedMap<String, V> frozen(Map<String, V> map) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }
}
