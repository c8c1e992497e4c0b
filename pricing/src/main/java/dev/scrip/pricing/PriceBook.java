package dev.scrip.pricing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
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
/// @param adjustments what moves prices by the circumstances of a call
public record PriceBook(
        String version,
        Instant effectiveFrom,
        String currency,
        Money creditPrice,
        CostRates costRates,
        SortedMap<String, OperationPrice> operations,
        SortedMap<String, Plan> plans,
        BurnPreference burnPreference,
        Adjustments adjustments) {

    /// Quantities are plain decimals up to a billion with at most 6 decimals.
    public static final BigDecimal QUANTITY_MAX = new BigDecimal("1000000000");

    public static final int QUANTITY_DECIMALS = 6;

    static final int CHARGE_DECIMALS = 3;

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

    /// One by which every call costs what the table says.
    public PriceBook(
            String version,
            Instant effectiveFrom,
            String currency,
            Money creditPrice,
            CostRates costRates,
            SortedMap<String, OperationPrice> operations,
            SortedMap<String, Plan> plans,
            BurnPreference burnPreference) {
        this(
                version,
                effectiveFrom,
                currency,
                creditPrice,
                costRates,
                operations,
                plans,
                burnPreference,
                Adjustments.NONE);
    }

    public PriceBook {
        operations = frozen(operations);
        plans = frozen(plans);
        if (operations.isEmpty()) {
            throw new IllegalArgumentException("A price book needs at least one operation.");
        }
    }

    /// The same under another version, from another instant on.
    public PriceBook dated(String newVersion, Instant newEffectiveFrom) {
        return new PriceBook(
                newVersion,
                newEffectiveFrom,
                currency,
                creditPrice,
                costRates,
                operations,
                plans,
                burnPreference,
                adjustments);
    }

    /// How many different credit values are in use, free operations apart.
    public int levels() {
        return (int)
                operations.values().stream()
                        .map(OperationPrice::credits)
                        .filter(Credits::isPositive)
                        .distinct()
                        .count();
    }

    /// Prices a call at its table price, whatever the circumstances; null when the operation is not
    /// in the book.
    ///
    /// Rounded once, half up to a thousandth of a credit, and never to zero for a priced operation,
    /// unless its unit includes the whole quantity.
    ///
    /// @throws IllegalArgumentException if the quantity is not in (0, [#QUANTITY_MAX]], has too
    ///   many decimals, or makes the price leave the range of [Credits]
    public @Nullable Quote quote(String operation, BigDecimal quantity) {
        var price = operations.get(operation);
        if (price == null) {
            return null;
        }
        requireQuantity(quantity);
        return listed(price, quantity);
    }

    /// Prices a call in its circumstances; null when the operation is not in the book. A free
    /// operation is free in all, and so is a call of which all is included.
    ///
    /// Rounded once, after all adjustments, half up to a thousandth of a credit, and never to zero
    /// for a priced operation.
    ///
    /// @throws IllegalArgumentException as [#quote(String, BigDecimal)]
    /// @throws UnderCostException if the limits of the book refuse to sell so far under cost
    public @Nullable Quote quote(
            String operation, BigDecimal quantity, Circumstances circumstances) {
        var price = operations.get(operation);
        if (price == null) {
            return null;
        }
        requireQuantity(quantity);
        return adjustments.isNone() || price.isFree(quantity)
                ? listed(price, quantity)
                : new AdjustedPrice(this, price, quantity).in(circumstances).quote();
    }

    /// Prices a call with the adjustments that were bound for it before; null when the operation is
    /// not in the book. Limits are found anew, since they depend on the quantity.
    ///
    /// @param bound those of an earlier quote of this book for the operation
    /// @throws IllegalArgumentException as [#quote(String, BigDecimal)]
    /// @throws UnderCostException if the limits of the book refuse to sell so far under cost
    public @Nullable Quote quote(
            String operation, BigDecimal quantity, List<AppliedAdjustment> bound) {
        var price = operations.get(operation);
        if (price == null) {
            return null;
        }
        requireQuantity(quantity);
        return adjustments.isNone() || price.isFree(quantity)
                ? listed(price, quantity)
                : new AdjustedPrice(this, price, quantity).as(bound).quote();
    }

    private static void requireQuantity(BigDecimal quantity) {
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
    }

    private Quote listed(OperationPrice price, BigDecimal quantity) {
        if (price.unit() == null
                && quantity.compareTo(BigDecimal.ONE) == 0
                && price.credits().isChargeable()) {
            return quote(price, quantity, price.credits(), price.credits(), price.unitCost());
        }
        var exact = price.credits().toBigDecimal().multiply(price.priced(quantity));
        var base = Credits.of(price.scaled(exact, Credits.DECIMALS), RoundingMode.HALF_UP);
        // From the exact product, not from the base: rounding twice would move 1.0014995 to 1.002.
        var credits =
                price.isFree(quantity)
                        ? Credits.ZERO
                        : charge(price.scaled(exact, CHARGE_DECIMALS));
        var cost = price.scaled(price.unitCost(), quantity);
        return quote(price, quantity, base, credits, cost);
    }

    /// What is charged at an exact price greater than zero: half up to a thousandth of a credit,
    /// and never nothing.
    static Credits charge(BigDecimal exact) {
        var credits =
                Credits.of(
                        exact.setScale(CHARGE_DECIMALS, RoundingMode.HALF_UP),
                        RoundingMode.UNNECESSARY);
        return credits.isZero() ? Credits.SMALLEST_CHARGE : credits;
    }

    /// What a measured call of an operation cost: its use at the cost rates, and the part of the
    /// unit cost that no use accounts for.
    ///
    /// @param use of the whole call, not of one unit of its quantity
    /// @throws IllegalArgumentException if the use names a third-party unit without a rate, or
    ///   costs more than can be counted
    public Money cost(String operation, BigDecimal quantity, ResourceUse use) {
        var price = operations.get(operation);
        var rest = price == null ? Money.ZERO : price.scaled(price.unattributed(), quantity);
        return costRates.cost(use).toMoney().plus(rest);
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
