package dev.scrip.metering;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.Command;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.FactId;
import dev.scrip.ledger.Fingerprint;
import dev.scrip.ledger.Partition;
import dev.scrip.ledger.RatedUsage;
import dev.scrip.ledger.Reply;
import dev.scrip.ledger.RequestKey;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.ResourceUse;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Charges usage that is older than [Recording] takes, and takes such charges back.
///
/// An event is charged once over all backfills of its workspace, for ever: which backfill charged
/// it is part of the charge's request key, and so of the journal. One backfill runs at a time, and
/// looks at what is durable before it charges.
public final class Backfilling {

    private final PriceBooks priceBooks;
    private final ReadModels readModels;
    private final Partition partition;
    private final CallCircumstances circumstances;

    public Backfilling(PriceBooks priceBooks, ReadModels readModels, Partition partition) {
        this.priceBooks = priceBooks;
        this.readModels = readModels;
        this.partition = partition;
        this.circumstances = new CallCircumstances(partition);
    }

    /// @param use of the whole call, when it was measured
    /// @param key what identifies the event wherever it comes from
    /// @param fingerprint of what it says
    /// @param recorded the request under which [Recording] would have charged it
    public record Event(
            AccountId account,
            String operation,
            BigDecimal quantity,
            @Nullable ResourceUse use,
            Instant usedAt,
            String key,
            Fingerprint fingerprint,
            RequestKey recorded) {}

    /// What became of one event, or would.
    public sealed interface Outcome {

        /// It was charged by this backfill.
        ///
        /// @param now by this request, and not an earlier one
        record Charged(String charge, Credits credits, boolean now) implements Outcome {}

        /// It would be charged.
        record WouldCharge(RatedUsage usage) implements Outcome {}

        /// It is paid for already.
        ///
        /// @param charge null when it came twice in this request
        /// @param backfill which charged it; null when it was none
        record Duplicate(@Nullable String charge, @Nullable String backfill) implements Outcome {}

        /// It came before and said something else.
        record Conflict() implements Outcome {}

        record Refused(Reply.Refusal refusal) implements Outcome {}

        /// It cannot be priced: [UnknownOperationException], [UnknownUnitException], or
        /// [IllegalArgumentException] for its quantity, its use or its time.
        record NotRated(RuntimeException why) implements Outcome {}
    }

    /// Charges each event by itself; the outcomes are in the order of the events. Asking again
    /// under the same id goes on with the same backfill.
    ///
    /// @throws dev.scrip.ledger.PartitionException if no answer can be given to one of them; asking
    ///   again is safe
    public synchronized List<Outcome> charge(String workspace, String id, List<Event> events) {
        var outcomes = sorted(workspace, id, events);
        var commands = new ArrayList<Command>();
        for (int i = 0; i < events.size(); i++) {
            if (outcomes.get(i) instanceof Outcome.WouldCharge(var usage)) {
                var event = events.get(i);
                commands.add(
                        new Command.Charge(
                                event.account(),
                                usage,
                                BackfillKeys.charge(id, event.key(), event.fingerprint())));
            }
        }
        var replies = partition.submitAll(commands).iterator();
        outcomes.replaceAll(outcome ->
                outcome instanceof Outcome.WouldCharge ? charged(replies.next()) : outcome);
        return outcomes;
    }

    private static Outcome charged(Reply reply) {
        return switch (reply) {
            case Reply.Charged(var fact, var replayed, _) ->
                    new Outcome.Charged(fact.id(), fact.usage().credits(), !replayed);
            case Reply.KeyReused _ -> new Outcome.Conflict();
            case Reply.Refusal refusal -> new Outcome.Refused(refusal);
            default -> throw new IllegalStateException("A charge was answered with " + reply);
        };
    }

    /// Says what [#charge] would do now, and changes nothing.
    ///
    /// @throws dev.scrip.ledger.PartitionException if no answer can be given
    public synchronized List<Outcome> preview(String workspace, String id, List<Event> events) {
        var outcomes = sorted(workspace, id, events);
        var spent = new HashMap<AccountId, Credits>();
        for (int i = 0; i < events.size(); i++) {
            if (outcomes.get(i) instanceof Outcome.WouldCharge(var usage)) {
                var account = events.get(i).account();
                var total = spent.getOrDefault(account, Credits.ZERO).plus(usage.credits());
                var refusal = refusal(account, usage, total);
                if (refusal == null) {
                    spent.put(account, total);
                } else {
                    outcomes.set(i, new Outcome.Refused(refusal));
                }
            }
        }
        return outcomes;
    }

    /// Whether the account could pay for this call after those before it.
    private Reply.@Nullable Refusal refusal(AccountId account, RatedUsage usage, Credits total) {
        var all =
                new RatedUsage(
                        usage.operation(),
                        usage.quantity(),
                        total,
                        total,
                        usage.listValue(),
                        usage.cost(),
                        usage.priceBook(),
                        usage.usedAt(),
                        usage.apiKey(),
                        usage.child());
        return switch (partition.submit(new Command.Estimate(account, all))) {
            case Reply.Estimated(_, var refusal) -> refusal;
            case Reply.Refusal refusal -> refusal;
            case Reply reply ->
                    throw new IllegalStateException("An estimate was answered with " + reply);
        };
    }

    /// Sorts out what is charged already or cannot be priced; all else would be charged.
    private List<Outcome> sorted(String workspace, String id, List<Event> events) {
        // Asked first: whatever an earlier backfill left in the queue is decided by then.
        var recorded = partition.submitAll(events.stream().<Command>map(this::recall).toList());
        var known = readModels.backfilled(workspace, events.stream().map(Event::key).toList());
        var asked =
                circumstances.ask(
                        priceBooks.needAccount(), events.stream().map(Event::account).toList());
        var seen = new HashSet<String>();
        var outcomes = new ArrayList<Outcome>(events.size());
        for (int i = 0; i < events.size(); i++) {
            var event = events.get(i);
            outcomes.add(
                    seen.add(event.key())
                            ? outcome(id, event, recorded.get(i), known, asked)
                            : new Outcome.Duplicate(null, null));
        }
        return outcomes;
    }

    private Command recall(Event event) {
        return new Command.Recall(event.account(), event.recorded());
    }

    private Outcome outcome(
            String id,
            Event event,
            Reply recorded,
            Map<String, BackfillCharge> known,
            CallCircumstances.Asked asked) {
        var before = known.get(event.key());
        if (before != null) {
            var charge = FactId.charge(before.seq());
            return before.backfill().equals(id)
                    ? new Outcome.Charged(charge, before.credits(), false)
                    : new Outcome.Duplicate(charge, before.backfill());
        }
        if (recorded instanceof Reply.Charged(var fact, _, _)) {
            return new Outcome.Duplicate(fact.id(), null);
        }
        if (recorded instanceof Reply.KeyReused) {
            return new Outcome.Conflict();
        }
        try {
            return new Outcome.WouldCharge(rated(event, asked));
        } catch (UnknownOperationException | UnknownUnitException | IllegalArgumentException e) {
            return new Outcome.NotRated(e);
        }
    }

    private RatedUsage rated(Event event, CallCircumstances.Asked asked) {
        if (priceBooks.all().getFirst().effectiveFrom().isAfter(event.usedAt())) {
            throw new IllegalArgumentException(
                    "No price book was in force yet at " + event.usedAt() + ".");
        }
        return Rating.rate(
                        priceBooks.at(event.usedAt()),
                        event.operation(),
                        event.quantity(),
                        event.use(),
                        asked.earlier(event.account(), event.usedAt()))
                .usedAt(event.usedAt());
    }

    /// What a backfill charged; empty when there is none with this id in the workspace.
    public List<BackfillCharge> read(String workspace, String id) {
        return readModels.backfillCharges(workspace, id);
    }

    /// Takes all charges of a backfill back. Asking again takes back what is left.
    ///
    /// @throws dev.scrip.ledger.PartitionException if no answer can be given to one of them; asking
    ///   again is safe
    public synchronized void revert(String workspace, String id, String reason) {
        var commands = new ArrayList<Command>();
        for (var charge : readModels.backfillCharges(workspace, id)) {
            if (!charge.takenBack().equals(charge.credits())
                    && readModels.fact(charge.seq()) instanceof Fact.Charged fact) {
                commands.add(
                        new Command.Reverse(
                                fact.account(), fact, null, reason, BackfillKeys.revert(charge)));
            }
        }
        for (var reply : partition.submitAll(commands)) {
            if (reply instanceof Reply.Refusal && !(reply instanceof Reply.ReversalExceedsCharge)) {
                throw new IllegalStateException("A reversal was answered with " + reply);
            }
        }
    }
}
