package dev.scrip.metering;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.Command;
import dev.scrip.ledger.Partition;
import dev.scrip.ledger.RatedUsage;
import dev.scrip.ledger.Reply;
import dev.scrip.ledger.RequestKey;
import dev.scrip.pricing.PriceBook;
import dev.scrip.pricing.ResourceUse;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Charges for many calls that are sent together: all of them or none, or each by itself.
public final class Batching {

    private final PriceBooks priceBooks;
    private final Partition partition;
    private final Recalling recalling;
    private final CallCircumstances circumstances;
    private final InstantSource clock;

    public Batching(
            PriceBooks priceBooks, Partition partition, LoadWatch loads, InstantSource clock) {
        this.priceBooks = priceBooks;
        this.partition = partition;
        this.recalling = new Recalling(partition);
        this.circumstances = new CallCircumstances(partition, loads);
        this.clock = clock;
    }

    /// A call to be charged.
    ///
    /// @param use what the whole call used, when it was measured
    /// @param apiKey which of the customer's keys made the call; null when nobody said
    /// @param quote the price that was bound for it, and still is; null to price it now
    public record Call(
            AccountId account,
            String operation,
            BigDecimal quantity,
            @Nullable ResourceUse use,
            @Nullable String apiKey,
            @Nullable BoundQuote quote,
            RequestKey request) {}

    /// What became of one call.
    public sealed interface Outcome {

        /// The ledger answered.
        record Answered(Reply reply) implements Outcome {}

        /// It cannot be priced: [UnknownOperationException], [UnknownUnitException], or
        /// [IllegalArgumentException] for its quantity or its use.
        record NotRated(RuntimeException why) implements Outcome {}
    }

    /// Charges all calls together, or none of them.
    ///
    /// @param calls at least one, all of one account
    /// @throws UnratedPartException if one of them cannot be priced, and they were not charged
    ///   before
    /// @throws dev.scrip.ledger.PartitionException if no answer can be given
    public Reply chargeAll(List<Call> calls) {
        var account = calls.getFirst().account();
        var parts = new ArrayList<Command>(calls.size());
        var priced = priced(calls);
        for (var call : calls) {
            try {
                parts.add(priced.rated(call));
            } catch (UnknownOperationException
                    | UnknownUnitException
                    | IllegalArgumentException e) {
                var requests = calls.stream().map(Call::request).toList();
                var earlier = recalling.earlier(account, requests);
                if (earlier == null) {
                    throw new UnratedPartException(parts.size(), e);
                }
                return earlier;
            }
        }
        return partition.submit(new Command.All(account, parts));
    }

    /// Charges each call by itself; the outcomes are in the order of the calls.
    ///
    /// @throws dev.scrip.ledger.PartitionException if no answer can be given to one of them; asking
    ///   again is safe
    public List<Outcome> chargeEach(List<Call> calls) {
        var notRated = new ArrayList<@Nullable RuntimeException>(calls.size());
        var commands = new ArrayList<Command>(calls.size());
        var priced = priced(calls);
        for (var call : calls) {
            try {
                commands.add(priced.rated(call));
                notRated.add(null);
            } catch (UnknownOperationException
                    | UnknownUnitException
                    | IllegalArgumentException e) {
                // It may have been charged when the price book still had it.
                commands.add(new Command.Recall(call.account(), call.request()));
                notRated.add(e);
            }
        }
        var replies = partition.submitAll(commands);
        var outcomes = new ArrayList<Outcome>(calls.size());
        for (int i = 0; i < calls.size(); i++) {
            var why = notRated.get(i);
            outcomes.add(
                    why != null && replies.get(i) instanceof Reply.NotAnswered
                            ? new Outcome.NotRated(why)
                            : new Outcome.Answered(replies.get(i)));
        }
        return outcomes;
    }

    private Priced priced(List<Call> calls) {
        var now = clock.instant();
        var priceBook = priceBooks.at(now);
        var accounts = calls.stream().map(Call::account).toList();
        return new Priced(
                priceBooks,
                priceBook,
                circumstances.ask(priceBook.adjustments().needAccount(), accounts),
                now);
    }

    /// By what all calls of a batch are priced.
    private record Priced(
            PriceBooks priceBooks,
            PriceBook priceBook,
            CallCircumstances.Asked asked,
            Instant now) {

        Command rated(Call call) {
            return new Command.Charge(
                    call.account(), usage(call).by(call.apiKey()), call.request());
        }

        private RatedUsage usage(Call call) {
            var bound = call.quote();
            if (bound == null) {
                return Rating.rate(
                        priceBook,
                        call.operation(),
                        call.quantity(),
                        call.use(),
                        asked.now(priceBook, call.account(), now));
            }
            var quoted = priceBooks.version(bound.quote().priceBook());
            return Rating.bound(quoted == null ? priceBook : quoted, bound.quote(), call.use());
        }
    }
}
