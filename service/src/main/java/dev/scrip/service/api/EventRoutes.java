package dev.scrip.service.api;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.Reply;
import dev.scrip.ledger.RequestKey;
import dev.scrip.metering.Recording;
import dev.scrip.service.access.Caller;
import dev.scrip.service.access.Scope;
import dev.scrip.service.http.JsonElements;
import dev.scrip.service.http.JsonReader;
import dev.scrip.service.http.JsonWriter;
import dev.scrip.service.http.Problem;
import dev.scrip.service.http.ProblemException;
import dev.scrip.service.http.ProblemType;
import dev.scrip.service.http.Request;
import dev.scrip.service.http.Response;
import dev.scrip.service.http.Route;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Usage that arrives later than it happened, as CloudEvents: one, or thousands in a request. Each
/// event counts once, by its subject, source and id, and has an outcome of its own.
public final class EventRoutes {

    private static final int EVENTS_MAX = 10_000;

    private final Recording recording;
    private final Refusals refusals;
    private final ServiceMeters meters;
    private final InstantSource clock;

    EventRoutes(Recording recording, Refusals refusals, ServiceMeters meters, InstantSource clock) {
        this.recording = recording;
        this.refusals = refusals;
        this.meters = meters;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(Route.post("/v1/events", Scope.CHARGE, this::record));
    }

    /// An event on its way: it is ready to be recorded, or has a problem.
    private static final class Item {
        @Nullable EventRequest asked;
        Recording.@Nullable Event event;
        @Nullable Problem problem;
        @Nullable Reply reply;
    }

    private Response record(Request request) {
        var now = clock.instant();
        var items = new ArrayList<Item>();
        var events = new ArrayList<Recording.Event>();
        for (var element : JsonElements.of(request.events(), EVENTS_MAX)) {
            var item = read(element, request.caller(), now);
            items.add(item);
            if (item.event != null) {
                events.add(item.event);
            }
        }
        var outcomes = recording.record(events).iterator();
        for (var item : items) {
            if (item.event != null) {
                settle(item, item.event, outcomes.next());
            }
        }
        return answer(items);
    }

    private Item read(byte[] element, Caller caller, Instant now) {
        var item = new Item();
        try {
            var asked = EventRequest.read(JsonReader.of(element, "The event"));
            item.asked = asked;
            var account = account(caller, asked.account());
            var usedAt = asked.time() == null ? now : asked.time();
            if (asked.time() != null) {
                requireAge(asked.time(), now);
            }
            item.event =
                    new Recording.Event(
                            account,
                            asked.operation(),
                            asked.quantity(),
                            asked.use(),
                            usedAt,
                            new RequestKey(asked.key(), asked.fingerprint()));
        } catch (ProblemException e) {
            item.problem = e.problem();
        }
        return item;
    }

    /// The account that an event names.
    static AccountId account(Caller caller, String subject) {
        try {
            return AccountNames.field(caller, subject);
        } catch (ProblemException e) {
            throw Problem.at("/subject", e.problem().type(), e.problem().detail()).toException();
        }
    }

    private void requireAge(Instant usedAt, Instant now) {
        var after = recording.acceptsAfter(now);
        if (!usedAt.isAfter(after)) {
            throw Problem.at(
                            "/time",
                            ProblemType.EVENT_TOO_OLD,
                            "The event is from "
                                    + usedAt
                                    + "; up to "
                                    + after
                                    + " one might have been counted before.")
                    .toException();
        }
        if (usedAt.isAfter(now.plus(Recording.AHEAD_MAX))) {
            throw Problem.at(
                            "/time",
                            ProblemType.EVENT_IN_FUTURE,
                            "The event is from " + usedAt + ", more than 5 minutes ahead of now.")
                    .toException();
        }
    }

    private void settle(Item item, Recording.Event event, Recording.Outcome outcome) {
        count(event, outcome);
        switch (outcome) {
            case Recording.Outcome.NotRated(var why) ->
                    item.problem = Unpriceable.problem(why, "/type", "/data/use");
            case Recording.Outcome.Answered(Reply.KeyReused _) ->
                    item.problem =
                            Problem.at(
                                    "/id",
                                    ProblemType.EVENT_CONFLICT,
                                    "An event with this source and id came before and said"
                                            + " something else.");
            case Recording.Outcome.Answered(Reply.Refusal refusal) ->
                    item.problem = refusals.problem(refusal, "The event");
            case Recording.Outcome.Answered(var reply) -> item.reply = reply;
        }
    }

    private void count(Recording.Event event, Recording.Outcome outcome) {
        var workspace = event.account().workspace();
        switch (outcome) {
            case Recording.Outcome.NotRated(var why) ->
                    meters.unrated(workspace, event.operation(), Unpriceable.problem(why));
            case Recording.Outcome.Answered(var reply) ->
                    meters.charge(workspace, event.operation(), reply);
        }
    }

    private static Response answer(List<Item> items) {
        int charged = 0;
        int duplicates = 0;
        var json = new JsonWriter(128 * (items.size() + 1));
        json.beginObject().field("object", "event_outcomes").beginArray("events");
        for (int i = 0; i < items.size(); i++) {
            var item = items.get(i);
            json.beginObject().field("index", i);
            if (item.asked != null) {
                json.field("id", item.asked.id());
            }
            if (item.reply instanceof Reply.Charged(var fact, var replayed, _)) {
                charged += replayed ? 0 : 1;
                duplicates += replayed ? 1 : 0;
                json.field("outcome", replayed ? "duplicate" : "charged")
                        .field("charge", fact.id())
                        .field("credits", fact.usage().credits());
            } else if (item.problem != null) {
                json.field("outcome", "refused")
                        .field("code", item.problem.type().code())
                        .field("detail", item.problem.detail());
                if (item.problem.pointer() != null) {
                    json.field("pointer", item.problem.pointer());
                }
            }
            json.endObject();
        }
        json.endArray()
                .field("received", items.size())
                .field("charged", charged)
                .field("duplicates", duplicates)
                .field("refused", items.size() - charged - duplicates)
                .endObject();
        return Response.ok(json);
    }
}
