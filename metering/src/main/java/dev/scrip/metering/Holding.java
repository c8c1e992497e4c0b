package dev.scrip.metering;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.Command;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.Partition;
import dev.scrip.ledger.RatedUsage;
import dev.scrip.ledger.Reply;
import dev.scrip.ledger.RequestKey;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.PriceBook;
import dev.scrip.pricing.ResourceUse;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Sets credits aside for long jobs, and charges them when it is known what they cost.
///
/// A capture is priced by the price book that was in force when the credits were set aside, so a
/// job does not become dearer under way. The adjustments of the hold are bound for its captures
/// too. Where the caller named the credits, none were found out: its captures have those of the
/// time of the hold, without the load of then.
public final class Holding {

    private final PriceBooks priceBooks;
    private final Partition partition;
    private final CallCircumstances circumstances;
    private final InstantSource clock;

    public Holding(
            PriceBooks priceBooks, Partition partition, LoadWatch loads, InstantSource clock) {
        this.priceBooks = priceBooks;
        this.partition = partition;
        this.circumstances = new CallCircumstances(partition, loads);
        this.clock = clock;
    }

    /// How much a call takes: by its quantity and the price book, or as the caller says.
    ///
    /// @param credits null to price the quantity
    /// @param use of the whole call, when it was measured
    public record Amount(
            BigDecimal quantity, @Nullable Credits credits, @Nullable ResourceUse use) {}

    /// Sets aside what a call may cost.
    ///
    /// @throws UnknownOperationException if the price book in force does not have the operation
    /// @throws IllegalArgumentException if the quantity cannot be priced
    /// @throws dev.scrip.ledger.PartitionException if no answer can be given
    public Reply authorise(
            AccountId account, String operation, Amount amount, Duration life, RequestKey request) {
        var now = clock.instant();
        var priceBook = priceBooks.at(now);
        var credits = amount.credits();
        var usage =
                credits == null
                        ? Rating.rate(
                                priceBook,
                                operation,
                                amount.quantity(),
                                amount.use(),
                                circumstances.now(priceBook, account, now))
                        : Rating.at(priceBook, operation, credits, amount.use());
        return partition.submit(
                new Command.Authorise(account, Rating.withoutCost(usage), life, request));
    }

    /// Sets aside what was quoted.
    ///
    /// @param quote still bound
    /// @throws dev.scrip.ledger.PartitionException if no answer can be given
    public Reply authorise(BoundQuote quote, Duration life, RequestKey request) {
        var usage = Rating.withoutCost(Rating.usage(quote.quote(), quote.quote().cost()));
        return partition.submit(new Command.Authorise(quote.account(), usage, life, request));
    }

    /// Charges a call to a hold.
    ///
    /// @param last whether the hold ends with it, and its rest is released
    /// @param mayExceed whether more than is held may be drawn from the account
    /// @throws UnknownUnitException if the price book has no rate for a unit that was used
    /// @throws IllegalArgumentException if the quantity or the use cannot be priced
    /// @throws dev.scrip.ledger.PartitionException if no answer can be given
    public Reply capture(
            Fact.Held hold, Amount amount, boolean last, boolean mayExceed, RequestKey request) {
        var authorised = priceBooks.version(hold.estimate().priceBook());
        var priceBook = authorised == null ? priceBooks.at(clock.instant()) : authorised;
        var usage = captured(hold, priceBook, amount);
        return partition.submit(
                new Command.Capture(hold.account(), hold.seq(), usage, last, mayExceed, request));
    }

    /// @throws dev.scrip.ledger.PartitionException if no answer can be given
    public Reply extend(Fact.Held hold, Duration life, RequestKey request) {
        return partition.submit(new Command.ExtendHold(hold.account(), hold.seq(), life, request));
    }

    /// @throws dev.scrip.ledger.PartitionException if no answer can be given
    public Reply release(Fact.Held hold, RequestKey request) {
        return partition.submit(new Command.Release(hold.account(), hold.seq(), request));
    }

    private RatedUsage captured(Fact.Held hold, PriceBook priceBook, Amount amount) {
        var operation = hold.estimate().operation();
        var credits = amount.credits();
        if (credits != null) {
            return Rating.at(priceBook, operation, credits, amount.use());
        }
        var bound = hold.estimate().adjustments();
        return bound.isEmpty()
                ? Rating.rate(
                        priceBook,
                        operation,
                        amount.quantity(),
                        amount.use(),
                        circumstances.earlier(priceBook, hold.account(), hold.at()))
                : Rating.rate(priceBook, operation, amount.quantity(), amount.use(), bound);
    }
}
