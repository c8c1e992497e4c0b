package dev.scrip.metering;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.Command;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.Partition;
import dev.scrip.ledger.RatedUsage;
import dev.scrip.ledger.Reply;
import dev.scrip.ledger.RequestKey;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import dev.scrip.pricing.PriceBook;
import dev.scrip.pricing.ResourceUse;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lends credits to clients that decide by themselves what to use them for, and charges what they
/// report.
///
/// A lease is a hold that is for no operation in particular. What is reported is priced by the
/// price book that was in force when it was lent, so that client and server count alike; never more
/// than was lent is charged, and what is not reported by the end of the lease goes back to the
/// account. No adjustment applies to what is reported: the client counts by the table.
public final class Leasing {

    private final PriceBooks priceBooks;
    private final Partition partition;
    private final Recalling recalling;
    private final InstantSource clock;

    public Leasing(PriceBooks priceBooks, Partition partition, InstantSource clock) {
        this.priceBooks = priceBooks;
        this.partition = partition;
        this.recalling = new Recalling(partition);
        this.clock = clock;
    }

    /// What a client used.
    ///
    /// @param use of all of it, when it was measured
    public record Line(
            String operation, BigDecimal quantity, @Nullable ResourceUse use, RequestKey request) {}

    /// Lends credits.
    ///
    /// @param apiKey which of the customer's keys they are lent to; null when nobody said
    /// @throws dev.scrip.ledger.PartitionException if no answer can be given
    public Reply lend(
            AccountId account,
            Credits credits,
            @Nullable String apiKey,
            Duration life,
            RequestKey request) {
        var priceBook = priceBooks.at(clock.instant());
        var lent =
                new RatedUsage(
                                RatedUsage.ANY_OPERATION,
                                BigDecimal.ONE,
                                credits,
                                credits,
                                priceBook.creditPrice().timesCredits(credits),
                                Money.ZERO,
                                priceBook.version())
                        .by(apiKey);
        return partition.submit(new Command.Authorise(account, lent, true, life, request));
    }

    /// Charges what was used of a lease: all lines together, or none.
    ///
    /// @param lines at least one
    /// @param last whether the lease ends with it, and its rest goes back
    /// @throws UnratedPartException if one of them cannot be priced, and they were not charged
    ///   before
    /// @throws dev.scrip.ledger.PartitionException if no answer can be given
    public Reply report(Fact.Held lease, List<Line> lines, boolean last) {
        var lent = priceBooks.version(lease.estimate().priceBook());
        var priceBook = lent == null ? priceBooks.at(clock.instant()) : lent;
        var captures = new ArrayList<Command>(lines.size());
        for (var line : lines) {
            try {
                boolean ends = last && captures.size() == lines.size() - 1;
                captures.add(capture(lease, priceBook, line, ends));
            } catch (UnknownOperationException
                    | UnknownUnitException
                    | IllegalArgumentException e) {
                var requests = lines.stream().map(Line::request).toList();
                var earlier = recalling.earlier(lease.account(), requests);
                if (earlier == null) {
                    throw new UnratedPartException(captures.size(), e);
                }
                return earlier;
            }
        }
        return partition.submit(new Command.All(lease.account(), captures));
    }

    private static Command capture(Fact.Held lease, PriceBook priceBook, Line line, boolean ends) {
        var usage =
                Rating.rate(priceBook, line.operation(), line.quantity(), line.use(), List.of());
        return new Command.Capture(
                lease.account(), lease.seq(), usage, ends, false, line.request());
    }

    /// @throws dev.scrip.ledger.PartitionException if no answer can be given
    public Reply extend(Fact.Held lease, Duration life, RequestKey request) {
        return partition.submit(
                new Command.ExtendHold(lease.account(), lease.seq(), life, request));
    }

    /// Ends a lease; what was not reported goes back to the account.
    ///
    /// @throws dev.scrip.ledger.PartitionException if no answer can be given
    public Reply giveBack(Fact.Held lease, RequestKey request) {
        return partition.submit(new Command.Release(lease.account(), lease.seq(), request));
    }
}
