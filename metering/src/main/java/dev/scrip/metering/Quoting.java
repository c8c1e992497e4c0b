package dev.scrip.metering;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.Command;
import dev.scrip.ledger.Partition;
import dev.scrip.ledger.Reply;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Binds the price of a call for a short time. Nothing is kept of it here: whoever is told the
/// price brings it back.
public final class Quoting {

    private final PriceBooks priceBooks;
    private final Partition partition;
    private final CallCircumstances circumstances;
    private final InstantSource clock;

    public Quoting(
            PriceBooks priceBooks, Partition partition, LoadWatch loads, InstantSource clock) {
        this.priceBooks = priceBooks;
        this.partition = partition;
        this.circumstances = new CallCircumstances(partition, loads);
        this.clock = clock;
    }

    /// @param life how long the price holds
    /// @return null when there is no such account
    /// @throws UnknownOperationException if the price book in force does not have the operation
    /// @throws IllegalArgumentException if the quantity cannot be priced
    /// @throws dev.scrip.ledger.PartitionException if no answer can be given
    public @Nullable BoundQuote quote(
            AccountId account, String operation, BigDecimal quantity, Duration life) {
        if (partition.submit(new Command.AskTerms(account)) instanceof Reply.NoSuchAccount) {
            return null;
        }
        var now = clock.instant();
        var priceBook = priceBooks.at(now);
        var quote =
                priceBook.quote(operation, quantity, circumstances.now(priceBook, account, now));
        if (quote == null) {
            throw new UnknownOperationException(operation, priceBook.operations().keySet());
        }
        return new BoundQuote(account, quote, now.plus(life));
    }
}
