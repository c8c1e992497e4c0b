package dev.scrip.metering;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.AccountView;
import dev.scrip.ledger.Command;
import dev.scrip.ledger.Partition;
import dev.scrip.ledger.Reply;
import dev.scrip.pricing.Quote;
import java.math.BigDecimal;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Says what a call would cost and whether the account could pay, and changes nothing.
public final class Estimating {

    private final PriceBooks priceBooks;
    private final Partition partition;
    private final CallCircumstances circumstances;
    private final InstantSource clock;

    public Estimating(
            PriceBooks priceBooks, Partition partition, LoadWatch loads, InstantSource clock) {
        this.priceBooks = priceBooks;
        this.partition = partition;
        this.circumstances = new CallCircumstances(partition, loads);
        this.clock = clock;
    }

    /// @param account null when there is no such account
    /// @param refusal why the call would not be taken; null when it would be
    public record Estimate(
            Quote quote, @Nullable AccountView account, Reply.@Nullable Refusal refusal) {

        public boolean allowed() {
            return account != null && refusal == null;
        }
    }

    /// @param apiKey which of the customer's keys would make the call; null when nobody said
    /// @throws UnknownOperationException if the price book in force does not have the operation
    /// @throws IllegalArgumentException if the quantity cannot be priced
    /// @throws dev.scrip.ledger.PartitionException if no answer can be given
    public Estimate estimate(
            AccountId account, String operation, BigDecimal quantity, @Nullable String apiKey) {
        var now = clock.instant();
        var priceBook = priceBooks.at(now);
        var known = circumstances.now(priceBook, account, now);
        var quote = priceBook.quote(operation, quantity, known);
        if (quote == null) {
            throw new UnknownOperationException(operation, priceBook.operations().keySet());
        }
        var usage = Rating.usage(quote, quote.cost()).by(apiKey);
        return switch (partition.submit(new Command.Estimate(account, usage))) {
            case Reply.Estimated(var view, var refusal) -> new Estimate(quote, view, refusal);
            case Reply.AccountNotOpen closed -> closed(quote, account, closed);
            default -> new Estimate(quote, null, null);
        };
    }

    private Estimate closed(Quote quote, AccountId account, Reply.Refusal refusal) {
        var reply = partition.submit(new Command.Inspect(account));
        return new Estimate(
                quote, reply instanceof Reply.Account found ? found.view() : null, refusal);
    }
}
