package dev.scrip.metering;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.Command;
import dev.scrip.ledger.Partition;
import dev.scrip.ledger.RatedUsage;
import dev.scrip.ledger.Reply;
import dev.scrip.ledger.RequestKey;
import dev.scrip.pricing.Money;
import dev.scrip.pricing.Quote;
import dev.scrip.pricing.ResourceUse;
import java.math.BigDecimal;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Charges an account for a call that happened.
public final class Charging {

    private final PriceBooks priceBooks;
    private final Partition partition;
    private final InstantSource clock;

    public Charging(PriceBooks priceBooks, Partition partition, InstantSource clock) {
        this.priceBooks = priceBooks;
        this.partition = partition;
        this.clock = clock;
    }

    /// Prices the call and takes the credits, durably.
    ///
    /// @param use what the whole call used, when it was measured; otherwise the operation's unit
    ///   cost counts
    /// @throws UnknownOperationException if the price book in force does not have the operation
    /// @throws IllegalArgumentException if the quantity or the use cannot be priced
    /// @throws dev.scrip.ledger.PartitionException if no answer can be given
    public Reply charge(
            AccountId account,
            String operation,
            BigDecimal quantity,
            @Nullable ResourceUse use,
            RequestKey request) {
        var priceBook = priceBooks.at(clock.instant());
        var quote = priceBook.quote(operation, quantity);
        if (quote == null) {
            throw new UnknownOperationException(operation, priceBook.operations().keySet());
        }
        var cost = use == null ? quote.cost() : priceBook.cost(operation, quantity, use);
        return partition.submit(new Command.Charge(account, rated(quote, cost), request));
    }

    private static RatedUsage rated(Quote quote, Money cost) {
        return new RatedUsage(
                quote.operation(),
                quote.quantity(),
                quote.base(),
                quote.credits(),
                quote.listValue(),
                cost,
                quote.priceBook());
    }
}
