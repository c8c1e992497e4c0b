package dev.scrip.service.api;

import dev.scrip.ledger.Fact;
import dev.scrip.ledger.PartitionException;
import dev.scrip.ledger.RateLeft;
import dev.scrip.ledger.Reply;
import dev.scrip.metering.UnratedPartException;
import dev.scrip.pricing.Credits;
import dev.scrip.service.http.JsonWriter;
import dev.scrip.service.http.Response;
import io.helidon.http.Status;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/// What requests have in common that charge several things, all of them or none.
final class Together {

    private final Answers answers;
    private final CreditHeaders headers;
    private final ServiceMeters meters;

    /// What the parts took.
    ///
    /// @param last of the facts: the account as it stood after all of them
    /// @param rates what the last one left of its rate limits
    record Taken(Credits consumed, boolean replayed, Fact.Burned last, List<RateLeft> rates) {}

    Together(Answers answers, CreditHeaders headers, ServiceMeters meters) {
        this.answers = answers;
        this.headers = headers;
        this.meters = meters;
    }

    /// Asks the ledger, and counts what becomes of it.
    ///
    /// @param operations of the parts
    /// @param pointer the JSON pointer of a part
    /// @throws dev.scrip.service.http.ProblemException if a part cannot be priced
    Reply ask(
            String workspace,
            List<String> operations,
            IntFunction<String> pointer,
            Supplier<Reply> asking) {
        try {
            var reply = asking.get();
            meters.together(workspace, operations, reply);
            return reply;
        } catch (UnratedPartException e) {
            var problem =
                    Unpriceable.problem(e.why()).within(pointer.apply(e.index())).inPart(e.index());
            meters.unrated(workspace, operations.get(e.index()), problem);
            throw problem.toException();
        } catch (PartitionException e) {
            meters.failed(workspace, operations.getFirst(), e);
            throw e;
        }
    }

    /// Writes each part into the open array.
    Taken write(JsonWriter json, List<Reply> parts) {
        Taken taken = null;
        var consumed = Credits.ZERO;
        for (var part : parts) {
            taken =
                    switch (part) {
                        case Reply.Charged(var fact, var replayed, var rates) -> {
                            answers.write(json, fact);
                            consumed = consumed.plus(fact.usage().credits());
                            yield new Taken(consumed, replayed, fact, rates);
                        }
                        case Reply.Done(Fact.Captured fact, var replayed) -> {
                            answers.write(json, fact);
                            consumed = consumed.plus(fact.usage().credits());
                            yield new Taken(consumed, replayed, fact, List.of());
                        }
                        default ->
                                throw new IllegalStateException("A part was answered with " + part);
                    };
        }
        if (taken == null) {
            throw new IllegalStateException("A request without parts was answered.");
        }
        return taken;
    }

    /// Ends the body with what is to be copied, and says the same in headers.
    Response answer(Status status, JsonWriter json, Taken taken) {
        var standing = Answers.standing(taken.last);
        json.beginObject("meta")
                .field("credits_consumed", taken.consumed)
                .field("credits_remaining", taken.last.balance())
                .field("credits_reset_at", headers.resetsAt(standing))
                .endObject()
                .endObject();
        return Answers.marked(
                Response.json(status, json)
                        .with(CreditHeaders.consumed(taken.consumed))
                        .with(headers.of(standing, taken.rates)),
                taken.replayed);
    }
}
