package dev.scrip.metering;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.Command;
import dev.scrip.ledger.Partition;
import dev.scrip.ledger.Reply;
import dev.scrip.ledger.RequestKey;
import dev.scrip.pricing.ResourceUse;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Charges usage that arrives later than it happened, many events at once.
///
/// Each is priced by the price book that was in force when it happened and the time of day of then,
/// for what the account is now, and charged to what the account had then, as far as it is still
/// there or lapsed since.
public final class Recording {

    /// How far ahead of its charge an event may have happened, by clocks that differ.
    public static final Duration AHEAD_MAX = Duration.ofMinutes(5);

    /// An hour less than requests are remembered for.
    private static final Duration AGE_MAX = Duration.ofHours(23);

    private final PriceBooks priceBooks;
    private final Partition partition;
    private final CallCircumstances circumstances;

    public Recording(PriceBooks priceBooks, Partition partition) {
        this.priceBooks = priceBooks;
        this.partition = partition;
        this.circumstances = new CallCircumstances(partition);
    }

    /// @param use of the whole call, when it was measured
    /// @param request made of what identifies the event, so that it counts once
    public record Event(
            AccountId account,
            String operation,
            BigDecimal quantity,
            @Nullable ResourceUse use,
            Instant usedAt,
            RequestKey request) {}

    /// What became of one event.
    public sealed interface Outcome {

        /// The ledger answered.
        record Answered(Reply reply) implements Outcome {}

        /// It cannot be priced: [UnknownOperationException], [UnknownUnitException], or
        /// [IllegalArgumentException] for its quantity, its use or its time.
        record NotRated(RuntimeException why) implements Outcome {}
    }

    /// After which instant events are accepted, at a time: an older one might have been charged and
    /// forgotten, and would be charged again.
    public Instant acceptsAfter(Instant now) {
        var byAge = now.minus(AGE_MAX);
        var forgotten = partition.forgottenUntil();
        return forgotten != null && forgotten.isAfter(byAge) ? forgotten : byAge;
    }

    /// Charges each event by itself; the outcomes are in the order of the events.
    ///
    /// @throws dev.scrip.ledger.PartitionException if no answer can be given to one of them; asking
    ///   again is safe
    public List<Outcome> record(List<Event> events) {
        var outcomes = new ArrayList<@Nullable Outcome>(events.size());
        var commands = new ArrayList<Command>(events.size());
        var asked =
                circumstances.ask(
                        priceBooks.needAccount(), events.stream().map(Event::account).toList());
        for (var event : events) {
            try {
                commands.add(rated(event, asked));
                outcomes.add(null);
            } catch (UnknownOperationException
                    | UnknownUnitException
                    | IllegalArgumentException e) {
                outcomes.add(new Outcome.NotRated(e));
            }
        }
        var replies = partition.submitAll(commands).iterator();
        var all = new ArrayList<Outcome>(events.size());
        for (var outcome : outcomes) {
            all.add(outcome == null ? new Outcome.Answered(replies.next()) : outcome);
        }
        return all;
    }

    private Command rated(Event event, CallCircumstances.Asked asked) {
        if (priceBooks.all().getFirst().effectiveFrom().isAfter(event.usedAt())) {
            throw new IllegalArgumentException(
                    "No price book was in force yet at " + event.usedAt() + ".");
        }
        var priceBook = priceBooks.at(event.usedAt());
        var usage =
                Rating.rate(
                        priceBook,
                        event.operation(),
                        event.quantity(),
                        event.use(),
                        asked.earlier(event.account(), event.usedAt()));
        return new Command.Charge(event.account(), usage.usedAt(event.usedAt()), event.request());
    }
}
