package dev.scrip.service.api;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.Reply;
import dev.scrip.ledger.RequestKey;
import dev.scrip.metering.BackfillCharge;
import dev.scrip.metering.Backfilling;
import dev.scrip.metering.Recording;
import dev.scrip.pricing.Credits;
import dev.scrip.service.access.Caller;
import dev.scrip.service.access.Scope;
import dev.scrip.service.http.Fields;
import dev.scrip.service.http.JsonElements;
import dev.scrip.service.http.JsonReader;
import dev.scrip.service.http.JsonWriter;
import dev.scrip.service.http.Problem;
import dev.scrip.service.http.ProblemException;
import dev.scrip.service.http.ProblemType;
import dev.scrip.service.http.Quoted;
import dev.scrip.service.http.Request;
import dev.scrip.service.http.Response;
import dev.scrip.service.http.Route;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Usage that is too old for events: looked at first, charged once, and taken back as a whole if it
/// was wrong.
public final class BackfillRoutes {

    private static final int EVENTS_MAX = 10_000;
    private static final int REASON_LENGTH_MAX = 500;
    private static final Fields REVERT_FIELDS = Fields.of("reason");

    private final Backfilling backfilling;
    private final Recording recording;
    private final Refusals refusals;
    private final ServiceMeters meters;
    private final InstantSource clock;

    BackfillRoutes(
            Backfilling backfilling,
            Recording recording,
            Refusals refusals,
            ServiceMeters meters,
            InstantSource clock) {
        this.backfilling = backfilling;
        this.recording = recording;
        this.refusals = refusals;
        this.meters = meters;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.post("/v1/backfills", Scope.ADMIN, this::charge),
                Route.get("/v1/backfills/{backfill}", Scope.ADMIN, this::read),
                Route.post("/v1/backfills/{backfill}/revert", Scope.ADMIN, this::revert));
    }

    /// An event on its way: it is ready to be charged, or has a problem.
    private static final class Item {
        @Nullable EventRequest asked;
        Backfilling.@Nullable Event event;
        @Nullable Problem problem;
        Backfilling.@Nullable Outcome outcome;
    }

    private Response charge(Request request) {
        var workspace = request.caller().workspace();
        boolean isDry = isDry(request.query("dry_run").get("dry_run"));
        var id = id(workspace, request.idempotencyKey());
        var items = new ArrayList<Item>();
        var events = new ArrayList<Backfilling.Event>();
        var after = recording.acceptsAfter(clock.instant());
        for (var element : JsonElements.of(request.events(), EVENTS_MAX)) {
            var item = read(element, request.caller(), after);
            items.add(item);
            if (item.event != null) {
                events.add(item.event);
            }
        }
        if (backfilling.read(workspace, id).stream().anyMatch(BackfillCharge::reverted)) {
            throw Problem.of(
                            ProblemType.BACKFILL_REVERTED,
                            "The backfill "
                                    + id
                                    + " was taken back. To charge these events after all, send them"
                                    + " under a new Idempotency-Key.")
                    .toException();
        }
        var outcomes =
                (isDry
                                ? backfilling.preview(workspace, id, events)
                                : backfilling.charge(workspace, id, events))
                        .iterator();
        for (var item : items) {
            if (item.event != null) {
                settle(item, item.event, outcomes.next(), isDry);
            }
        }
        return answer(id, items, isDry);
    }

    private static boolean isDry(@Nullable String value) {
        if (value == null || value.equals("false")) {
            return false;
        }
        if (value.equals("true")) {
            return true;
        }
        throw Problem.of(
                        ProblemType.INVALID_VALUE,
                        "dry_run must be true or false, but was " + Quoted.of(value) + ".")
                .toException();
    }

    /// Requests with the same key are one backfill.
    private static String id(String workspace, String key) {
        var hash = new CanonicalText("backfill").add("workspace", workspace).add("key", key);
        return "bf_%016x".formatted(hash.fingerprint().high());
    }

    private static Item read(byte[] element, Caller caller, Instant after) {
        var item = new Item();
        try {
            var asked = EventRequest.read(JsonReader.of(element, "The event"));
            item.asked = asked;
            var account = EventRoutes.account(caller, asked.account());
            item.event =
                    new Backfilling.Event(
                            account,
                            asked.operation(),
                            asked.quantity(),
                            asked.use(),
                            requireOld(asked.time(), after),
                            key(asked),
                            asked.fingerprint(),
                            new RequestKey(asked.key(), asked.fingerprint()));
        } catch (ProblemException e) {
            item.problem = e.problem();
        }
        return item;
    }

    /// What events still take must come as one: only so can it not be charged by both.
    private static Instant requireOld(@Nullable Instant time, Instant after) {
        if (time == null) {
            throw Problem.at(
                            "/time",
                            ProblemType.MISSING_FIELD,
                            "The field /time is missing: a backfill is priced by it.")
                    .toException();
        }
        if (time.isAfter(after)) {
            throw Problem.at(
                            "/time",
                            ProblemType.EVENT_TOO_RECENT,
                            "The event is from "
                                    + time
                                    + "; after "
                                    + after
                                    + " send it to POST /v1/events.")
                    .toException();
        }
        return time;
    }

    private static String key(EventRequest asked) {
        var hash =
                new CanonicalText("backfilled event")
                        .add("account", asked.account())
                        .add("source", asked.source())
                        .add("id", asked.id())
                        .fingerprint();
        return "%016x%016x".formatted(hash.high(), hash.low());
    }

    private void settle(
            Item item, Backfilling.Event event, Backfilling.Outcome outcome, boolean isDry) {
        var workspace = event.account().workspace();
        item.outcome = outcome;
        switch (outcome) {
            case Backfilling.Outcome.NotRated(var why) -> {
                item.problem = Unpriceable.problem(why, "/type", "/data/use");
                if (!isDry) {
                    meters.unrated(workspace, event.operation(), item.problem);
                }
            }
            case Backfilling.Outcome.Conflict _ ->
                    item.problem =
                            Problem.at(
                                    "/id",
                                    ProblemType.EVENT_CONFLICT,
                                    "An event with this source and id came before and said"
                                            + " something else.");
            case Backfilling.Outcome.Refused(var refusal) -> {
                item.problem = refusals.problem(refusal, "The event");
                count(event, refusal, isDry);
            }
            case Backfilling.Outcome.Charged(_, var credits, var now) -> {
                if (now) {
                    meters.charged(workspace, event.operation(), credits);
                }
            }
            case Backfilling.Outcome.WouldCharge _, Backfilling.Outcome.Duplicate _ -> {}
        }
    }

    private void count(Backfilling.Event event, Reply reply, boolean isDry) {
        if (!isDry) {
            meters.charge(event.account().workspace(), event.operation(), reply);
        }
    }

    private record Line(String account, String operation) {}

    /// What the charges come to.
    private static final class Totals {

        private static final class Sum {
            long events;
            Credits credits = Credits.ZERO;
        }

        private final TreeMap<Line, Sum> lines =
                new TreeMap<>(Comparator.comparing(Line::account).thenComparing(Line::operation));

        void add(AccountId account, String operation, Credits credits) {
            var sum = lines.computeIfAbsent(new Line(account.name(), operation), _ -> new Sum());
            sum.events++;
            sum.credits = sum.credits.plus(credits);
        }

        void write(JsonWriter json) {
            json.beginArray("totals");
            for (var line : lines.entrySet()) {
                json.beginObject()
                        .field("account", line.getKey().account())
                        .field("operation", line.getKey().operation())
                        .field("events", line.getValue().events)
                        .field("credits", line.getValue().credits)
                        .endObject();
            }
            json.endArray();
        }
    }

    private static Response answer(String id, List<Item> items, boolean isDry) {
        int charged = 0;
        int duplicates = 0;
        var totals = new Totals();
        var json = new JsonWriter(160 * (items.size() + 1));
        json.beginObject()
                .field("object", "backfill_outcomes")
                .field("id", id)
                .field("dry_run", isDry)
                .beginArray("events");
        for (int i = 0; i < items.size(); i++) {
            var item = items.get(i);
            json.beginObject().field("index", i);
            if (item.asked != null) {
                json.field("id", item.asked.id());
            }
            var credits = item.problem == null ? write(json, item.outcome) : null;
            if (item.problem != null) {
                json.field("outcome", "refused")
                        .field("code", item.problem.type().code())
                        .field("detail", item.problem.detail());
                if (item.problem.pointer() != null) {
                    json.field("pointer", item.problem.pointer());
                }
            } else if (credits == null) {
                duplicates++;
            } else if (item.event != null) {
                charged++;
                totals.add(item.event.account(), item.event.operation(), credits);
            }
            json.endObject();
        }
        json.endArray();
        totals.write(json);
        json.field("received", items.size())
                .field(isDry ? "would_charge" : "charged", charged)
                .field("duplicates", duplicates)
                .field("refused", items.size() - charged - duplicates)
                .endObject();
        return Response.ok(json);
    }

    /// Writes what became of an event; the credits it is charged, or null when it was before.
    private static @Nullable Credits write(JsonWriter json, Backfilling.@Nullable Outcome outcome) {
        return switch (outcome) {
            case Backfilling.Outcome.Charged(var charge, var credits, _) -> {
                json.field("outcome", "charged").field("charge", charge).field("credits", credits);
                yield credits;
            }
            case Backfilling.Outcome.WouldCharge(var usage) -> {
                json.field("outcome", "would_charge")
                        .field("credits", usage.credits())
                        .field("price_table", usage.priceBook());
                yield usage.credits();
            }
            case Backfilling.Outcome.Duplicate(var charge, var backfill) -> {
                json.field("outcome", "duplicate");
                if (charge != null) {
                    json.field("charge", charge);
                }
                if (backfill != null) {
                    json.field("backfill", backfill);
                }
                yield null;
            }
            case null, default ->
                    throw new IllegalStateException("An event has neither outcome nor problem.");
        };
    }

    private Response read(Request request) {
        var _ = request.query();
        var id = request.argument(0);
        return state(id, known(request.caller(), id));
    }

    private List<BackfillCharge> known(Caller caller, String id) {
        var charges = backfilling.read(caller.workspace(), id);
        if (charges.isEmpty()) {
            throw Problem.of(
                            ProblemType.UNKNOWN_BACKFILL,
                            "There is no backfill " + Quoted.of(id) + " that charged anything.")
                    .toException();
        }
        return charges;
    }

    private Response revert(Request request) {
        var id = request.argument(0);
        var _ = known(request.caller(), id);
        var json = request.json();
        String reason = null;
        var body = json.object(REVERT_FIELDS);
        for (var name = body.next(); name != null; name = body.next()) {
            reason = json.text(REASON_LENGTH_MAX);
        }
        json.end();
        backfilling.revert(request.caller().workspace(), id, body.require("reason", reason));
        return state(id, known(request.caller(), id));
    }

    private static Response state(String id, List<BackfillCharge> charges) {
        var charged = Credits.ZERO;
        var takenBack = Credits.ZERO;
        boolean reverted = false;
        long left = 0;
        for (var charge : charges) {
            charged = charged.plus(charge.credits());
            takenBack = takenBack.plus(charge.takenBack());
            reverted |= charge.reverted();
            left += charge.takenBack().equals(charge.credits()) ? 0 : 1;
        }
        var json = new JsonWriter();
        json.beginObject()
                .field("object", "backfill")
                .field("id", id)
                .field("status", !reverted ? "charged" : left == 0 ? "reverted" : "partly_reverted")
                .field("charges", charges.size())
                .field("credits_charged", charged)
                .field("credits_taken_back", takenBack)
                .endObject();
        return Response.ok(json);
    }
}
