package dev.scrip.service.api;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.Reply;
import dev.scrip.ledger.RequestKey;
import dev.scrip.metering.Batching;
import dev.scrip.pricing.Credits;
import dev.scrip.service.access.Caller;
import dev.scrip.service.access.Scope;
import dev.scrip.service.http.JsonReader;
import dev.scrip.service.http.JsonWriter;
import dev.scrip.service.http.Problem;
import dev.scrip.service.http.ProblemException;
import dev.scrip.service.http.ProblemType;
import dev.scrip.service.http.Request;
import dev.scrip.service.http.Response;
import dev.scrip.service.http.Route;
import io.helidon.http.Status;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Several charges in one request: all of them or none, or each by itself.
public final class BatchRoutes {

    private static final int BYTES_EACH = 384;

    private final Batching batching;
    private final Quotes quotes;
    private final Answers answers;
    private final Refusals refusals;
    private final Together together;
    private final ServiceMeters meters;

    BatchRoutes(
            Batching batching,
            Quotes quotes,
            Answers answers,
            Refusals refusals,
            Together together,
            ServiceMeters meters) {
        this.batching = batching;
        this.quotes = quotes;
        this.answers = answers;
        this.refusals = refusals;
        this.together = together;
        this.meters = meters;
    }

    List<Route> routes() {
        return List.of(Route.post("/v1/charges/batch", Scope.CHARGE, this::charge));
    }

    private Response charge(Request request) {
        var keys = new PartKeys(request.idempotencyKey());
        var asked = BatchRequest.read(request.json());
        return asked.together()
                ? together(request.caller(), asked, keys)
                : each(request.caller(), asked, keys);
    }

    private Response together(Caller caller, BatchRequest asked, PartKeys keys) {
        var charges = asked.readAll();
        var account = account(caller, charges);
        var fingerprint = BatchRequest.fingerprint(charges);
        var requests = new ArrayList<RequestKey>(charges.size());
        for (int i = 0; i < charges.size(); i++) {
            requests.add(keys.of(i, fingerprint));
        }
        var reply =
                answers.orEarlier(
                        account,
                        requests,
                        () -> {
                            var calls = calls(account, charges, requests);
                            return together.ask(
                                    account.workspace(),
                                    calls.stream().map(Batching.Call::operation).toList(),
                                    BatchRequest::pointer,
                                    () -> batching.chargeAll(calls));
                        });
        if (reply instanceof Reply.All(var parts)) {
            return charged(parts);
        }
        return answers.to(
                reply instanceof Reply.Refusal refusal ? keys.told(refusal) : reply, "Charge");
    }

    /// @throws ProblemException that names the charge whose quote does not hold
    private List<Batching.Call> calls(
            AccountId account, List<ChargeRequest> charges, List<RequestKey> requests) {
        var calls = new ArrayList<Batching.Call>(charges.size());
        for (var charge : charges) {
            int index = calls.size();
            try {
                calls.add(call(account, charge, requests.get(index)));
            } catch (ProblemException e) {
                throw e.problem().within(BatchRequest.pointer(index)).inPart(index).toException();
            }
        }
        return calls;
    }

    /// @throws ProblemException if its quote is not for it or does not hold any more
    private Batching.Call call(AccountId account, ChargeRequest charge, RequestKey request) {
        return new Batching.Call(
                account,
                charge.operation(),
                charge.quantity(),
                charge.use(),
                charge.apiKey(),
                charge.quote() == null
                        ? null
                        : quotes.require(
                                charge.quote(), account, charge.operation(), charge.quantity()),
                request);
    }

    private static AccountId account(Caller caller, List<ChargeRequest> charges) {
        var name = charges.getFirst().account();
        for (int i = 1; i < charges.size(); i++) {
            if (!charges.get(i).account().equals(name)) {
                throw Problem.at(
                                BatchRequest.pointer(i) + "/account",
                                ProblemType.CONFLICTING_FIELDS,
                                "All or none goes for one account: the first charge is of another"
                                        + " one. Send a batch for each account, or the mode"
                                        + " \"each\".")
                        .inPart(i)
                        .toException();
            }
        }
        try {
            return AccountNames.field(caller, name);
        } catch (ProblemException e) {
            throw e.problem().within(BatchRequest.pointer(0)).inPart(0).toException();
        }
    }

    private Response charged(List<Reply> parts) {
        var json = new JsonWriter(BYTES_EACH * (parts.size() + 1));
        json.beginObject()
                .field("object", "charge_batch")
                .field("mode", "all")
                .beginArray("charges");
        var taken = together.write(json, parts);
        json.endArray()
                .beginObject("totals")
                .field("charges", parts.size())
                .field("credits_consumed", taken.consumed())
                .endObject();
        return together.answer(Status.CREATED_201, json, taken);
    }

    /// A charge on its way: it is ready, or has a problem.
    private static final class Item {
        Batching.@Nullable Call call;
        @Nullable Problem problem;
        @Nullable Reply reply;
    }

    private Response each(Caller caller, BatchRequest asked, PartKeys keys) {
        var items = new ArrayList<Item>(asked.charges().size());
        for (var charge : asked.charges()) {
            items.add(read(caller, charge, items.size(), keys));
        }
        var calls = new ArrayList<Batching.Call>(items.size());
        for (var item : items) {
            if (item.call != null) {
                calls.add(item.call);
            }
        }
        var outcomes = batching.chargeEach(calls).iterator();
        for (var item : items) {
            if (item.call != null) {
                settle(item, item.call, outcomes.next(), keys);
            }
        }
        return outcomes(items);
    }

    private Item read(Caller caller, byte[] charge, int index, PartKeys keys) {
        var item = new Item();
        try {
            var asked = ChargeRequest.read(JsonReader.of(charge, BatchRequest.pointer(index)));
            var account = AccountNames.field(caller, asked.account());
            var request = keys.of(index, asked.fingerprint());
            try {
                item.call = call(account, asked, request);
            } catch (ProblemException e) {
                // It may have been charged while the quote held.
                var problem = e.problem().within(BatchRequest.pointer(index)).toException();
                answer(
                        item,
                        asked.operation(),
                        answers.orEarlier(
                                account,
                                request,
                                () -> {
                                    throw problem;
                                }),
                        keys);
            }
        } catch (ProblemException e) {
            item.problem = e.problem();
        }
        return item;
    }

    private void settle(Item item, Batching.Call call, Batching.Outcome outcome, PartKeys keys) {
        var workspace = call.account().workspace();
        switch (outcome) {
            case Batching.Outcome.NotRated(var why) -> {
                item.problem = Unpriceable.problem(why);
                meters.unrated(workspace, call.operation(), item.problem);
            }
            case Batching.Outcome.Answered(var reply) -> {
                meters.charge(workspace, call.operation(), reply);
                answer(item, call.operation(), reply, keys);
            }
        }
    }

    private void answer(Item item, String operation, Reply reply, PartKeys keys) {
        item.reply = reply;
        if (reply instanceof Reply.Refusal refusal) {
            item.problem = refusals.problem(keys.told(refusal), operation);
        }
    }

    private Response outcomes(List<Item> items) {
        var json = new JsonWriter(BYTES_EACH * (items.size() + 1));
        json.beginObject()
                .field("object", "charge_batch")
                .field("mode", "each")
                .beginArray("charges");
        int charged = 0;
        int replays = 0;
        var consumed = Credits.ZERO;
        for (int i = 0; i < items.size(); i++) {
            var item = items.get(i);
            json.beginObject().field("index", i);
            if (item.reply instanceof Reply.Charged(var fact, var replayed, _)) {
                charged++;
                replays += replayed ? 1 : 0;
                consumed = consumed.plus(fact.usage().credits());
                json.field("outcome", "charged").field("charge", fact.id());
                json.field("credits", fact.usage().credits())
                        .field("credits_remaining", fact.balance())
                        .field("replayed", replayed);
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
                .beginObject("totals")
                .field("charges", charged)
                .field("refused", items.size() - charged)
                .field("credits_consumed", consumed)
                .endObject()
                .endObject();
        return Answers.marked(Response.ok(json), replays == items.size());
    }
}
