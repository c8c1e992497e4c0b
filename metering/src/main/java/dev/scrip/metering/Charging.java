package dev.scrip.metering;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.Command;
import dev.scrip.ledger.Partition;
import dev.scrip.ledger.Reply;
import dev.scrip.ledger.RequestKey;
import dev.scrip.pricing.ResourceUse;
import java.math.BigDecimal;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Charges an account for a call that happened.
public final class Charging {

    private final PriceBooks priceBooks;
    private final Partition partition;
    private final CallCircumstances circumstances;
    private final InstantSource clock;

    public Charging(
            PriceBooks priceBooks, Partition partition, LoadWatch loads, InstantSource clock) {
        this.priceBooks = priceBooks;
        this.partition = partition;
        this.circumstances = new CallCircumstances(partition, loads);
        this.clock = clock;
    }

    /// Prices the call and takes the credits, durably.
    ///
    /// @param use what the whole call used, when it was measured; otherwise the operation's unit
    ///   cost counts
    /// @param apiKey which of the customer's keys made the call; null when nobody said
    /// @throws UnknownOperationException if the price book in force does not have the operation
    /// @throws UnknownUnitException if the price book has no rate for a unit that was used
    /// @throws IllegalArgumentException if the quantity or the use cannot be priced
    /// @throws dev.scrip.ledger.PartitionException if no answer can be given
    public Reply charge(
            AccountId account,
            String operation,
            BigDecimal quantity,
            @Nullable ResourceUse use,
            @Nullable String apiKey,
            RequestKey request) {
        var now = clock.instant();
        var priceBook = priceBooks.at(now);
        var known = circumstances.now(priceBook, account, now);
        var usage = Rating.rate(priceBook, operation, quantity, use, known);
        return partition.submit(new Command.Charge(account, usage.by(apiKey), request));
    }

    /// Takes the credits that were quoted, durably.
    ///
    /// @param quote still bound
    /// @param use what the whole call used, when it was measured
    /// @param apiKey which of the customer's keys made the call; null when nobody said
    /// @throws UnknownUnitException if the price book has no rate for a unit that was used
    /// @throws dev.scrip.ledger.PartitionException if no answer can be given
    public Reply charge(
            BoundQuote quote,
            @Nullable ResourceUse use,
            @Nullable String apiKey,
            RequestKey request) {
        var quoted = priceBooks.version(quote.quote().priceBook());
        var priceBook = quoted == null ? priceBooks.at(clock.instant()) : quoted;
        var usage = Rating.bound(priceBook, quote.quote(), use);
        return partition.submit(new Command.Charge(quote.account(), usage.by(apiKey), request));
    }
}
