package dev.scrip.metering;

import dev.scrip.ledger.RatedUsage;
import dev.scrip.pricing.AppliedAdjustment;
import dev.scrip.pricing.Circumstances;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import dev.scrip.pricing.PriceBook;
import dev.scrip.pricing.Quote;
import dev.scrip.pricing.ResourceUse;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rates calls by a price book: where a price becomes what the ledger is asked to take.
final class Rating {

    private Rating() {}

    /// @param use of the whole call, when it was measured; otherwise the operation's unit cost
    ///   counts
    /// @throws UnknownOperationException if the price book does not have the operation
    /// @throws UnknownUnitException if the price book has no rate for a unit that was used
    /// @throws IllegalArgumentException if the quantity or the use cannot be priced
    static RatedUsage rate(
            PriceBook priceBook,
            String operation,
            BigDecimal quantity,
            @Nullable ResourceUse use,
            Circumstances circumstances) {
        return rated(
                priceBook, operation, priceBook.quote(operation, quantity, circumstances), use);
    }

    /// As [#rate], with the adjustments that were bound for the operation before.
    static RatedUsage rate(
            PriceBook priceBook,
            String operation,
            BigDecimal quantity,
            @Nullable ResourceUse use,
            List<AppliedAdjustment> bound) {
        return rated(priceBook, operation, priceBook.quote(operation, quantity, bound), use);
    }

    private static RatedUsage rated(
            PriceBook priceBook,
            String operation,
            @Nullable Quote quote,
            @Nullable ResourceUse use) {
        if (quote == null) {
            throw new UnknownOperationException(operation, priceBook.operations().keySet());
        }
        return bound(priceBook, quote, use);
    }

    /// A call at a price that was quoted.
    ///
    /// @throws UnknownUnitException if the price book has no rate for a unit that was used
    static RatedUsage bound(PriceBook priceBook, Quote quote, @Nullable ResourceUse use) {
        requireRates(priceBook, use);
        return usage(
                quote,
                use == null
                        ? quote.cost()
                        : priceBook.cost(quote.operation(), quote.quantity(), use));
    }

    static RatedUsage usage(Quote quote, Money cost) {
        return new RatedUsage(
                        quote.operation(),
                        quote.quantity(),
                        quote.base(),
                        quote.credits(),
                        quote.listValue(),
                        cost,
                        quote.priceBook())
                .adjusted(quote.adjustments());
    }

    // A typo in a unit must not make a call look cheap.
    private static void requireRates(PriceBook priceBook, @Nullable ResourceUse use) {
        if (use == null) {
            return;
        }
        var rates = priceBook.costRates().thirdParty();
        for (var unit : use.thirdParty().keySet()) {
            if (!rates.containsKey(unit)) {
                throw new UnknownUnitException(unit, rates);
            }
        }
    }

    /// A call of one unit at credits that the caller names.
    ///
    /// @throws UnknownOperationException if the price book does not have the operation
    /// @throws UnknownUnitException if the price book has no rate for a unit that was used
    /// @throws IllegalArgumentException if the use cannot be priced
    static RatedUsage at(
            PriceBook priceBook, String operation, Credits credits, @Nullable ResourceUse use) {
        var listed = priceBook.quote(operation, BigDecimal.ONE);
        var rated = rated(priceBook, operation, listed, use);
        return new RatedUsage(
                operation,
                BigDecimal.ONE,
                credits,
                credits,
                priceBook.creditPrice().timesCredits(credits),
                rated.cost(),
                priceBook.version());
    }

    /// Sets aside what a call may cost, of which nothing has been spent yet.
    static RatedUsage withoutCost(RatedUsage rated) {
        return new RatedUsage(
                        rated.operation(),
                        rated.quantity(),
                        rated.base(),
                        rated.credits(),
                        rated.listValue(),
                        Money.ZERO,
                        rated.priceBook())
                .adjusted(rated.adjustments());
    }
}
