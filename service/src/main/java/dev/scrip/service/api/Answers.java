package dev.scrip.service.api;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.AccountView;
import dev.scrip.ledger.Draw;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.FactId;
import dev.scrip.ledger.RateLeft;
import dev.scrip.ledger.RatedUsage;
import dev.scrip.ledger.Reply;
import dev.scrip.ledger.RequestKey;
import dev.scrip.metering.Recalling;
import dev.scrip.pricing.Credits;
import dev.scrip.service.http.JsonWriter;
import dev.scrip.service.http.ProblemException;
import dev.scrip.service.http.Response;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Turns the ledger's replies into HTTP: one exhaustive switch, so that no reply can be forgotten.
///
/// The body of a success is made from its fact alone, so a replay sends the same body whenever it
/// comes.
final class Answers {

    private static final Header REPLAYED = HeaderValues.createCached("Idempotent-Replayed", "true");

    private final Recalling recalling;
    private final Refusals refusals;
    private final CreditHeaders headers;
    private final Currencies currencies;

    Answers(Recalling recalling, Refusals refusals, CreditHeaders headers, Currencies currencies) {
        this.recalling = recalling;
        this.refusals = refusals;
        this.headers = headers;
        this.currencies = currencies;
    }

    /// @param what that which was to be paid, such as an operation, for error texts
    /// @throws ProblemException for a refusal
    Response to(Reply reply, String what) {
        return switch (reply) {
            case Reply.Charged(var fact, var replayed, var rates) ->
                    marked(charged(fact, rates), replayed);
            case Reply.Held(var fact, var replayed, var rates) ->
                    marked(fact.lease() ? lent(fact, rates) : held(fact, rates), replayed);
            case Reply.Granted(var fact, var replayed) -> marked(granted(fact), replayed);
            case Reply.Opened(var fact, var replayed) -> marked(opened(fact), replayed);
            case Reply.Done(var fact, var replayed) -> marked(done(fact), replayed);
            case Reply.Account(var view) -> account(view);
            case Reply.Refusal refusal -> throw refusals.problem(refusal, what).toException();
            case Reply.All _, Reply.NotAnswered _, Reply.Estimated _, Reply.Terms _ ->
                    throw new IllegalStateException("Nobody asks for that through here.");
        };
    }

    /// Asks the ledger, once what is asked for has been worked out. When that fails, a retry still
    /// gets the answer its first request had.
    ///
    /// @throws ProblemException the problem met, when no earlier request had an answer
    Reply orEarlier(AccountId account, RequestKey request, Supplier<Reply> asking) {
        try {
            return asking.get();
        } catch (ProblemException e) {
            var earlier = recalling.earlier(account, request);
            if (earlier == null) {
                throw e;
            }
            return earlier;
        }
    }

    /// As [#orEarlier(AccountId, RequestKey, Supplier)] for requests that are asked together.
    Reply orEarlier(AccountId account, List<RequestKey> requests, Supplier<Reply> asking) {
        try {
            return asking.get();
        } catch (ProblemException e) {
            var earlier = recalling.earlier(account, requests);
            if (earlier == null) {
                throw e;
            }
            return earlier;
        }
    }

    static Response marked(Response response, boolean replayed) {
        return replayed ? response.with(REPLAYED) : response;
    }

    private Response charged(Fact.Charged fact, List<RateLeft> rates) {
        return Response.json(Status.CREATED_201, body(fact))
                .with(HeaderValues.create(HeaderNames.LOCATION, "/v1/charges/" + fact.id()))
                .with(CreditHeaders.consumed(fact.usage().credits()))
                .with(headers.of(standing(fact), rates));
    }

    static CreditHeaders.Standing standing(Fact.Burned fact) {
        return new CreditHeaders.Standing(
                fact.account(), fact.balance(), fact.quota(), fact.resetsAt());
    }

    JsonWriter body(Fact.Charged fact) {
        var json = new JsonWriter();
        write(json, fact);
        return json;
    }

    /// Writes a charge as an object.
    void write(JsonWriter json, Fact.Charged fact) {
        var usage = fact.usage();
        var resetsAt = headers.resetsAt(standing(fact));
        json.beginObject()
                .field("id", fact.id())
                .field("object", "charge")
                .field("allowed", true)
                .field("account", fact.account().name())
                .field("operation", usage.operation())
                .field("quantity", usage.quantity());
        Entries.caller(json, usage);
        price(json, usage);
        if (fact.overage().isPositive()) {
            json.field("overage_credits", fact.overage());
        }
        draws(json, fact.draws(), fact.resetsAt(), resetsAt);
        json.beginObject("meta")
                .field("credits_consumed", usage.credits())
                .field("credits_remaining", fact.balance())
                .field("credits_reset_at", resetsAt)
                .endObject()
                .endObject();
    }

    private void price(JsonWriter json, RatedUsage usage) {
        json.beginObject("price").field("credits", usage.credits()).field("base", usage.base());
        Adjusted.write(json, usage.adjustments());
        json.field("price_table", usage.priceBook())
                .field("list_value", usage.listValue(), currencies.of(usage.priceBook()))
                .endObject();
    }

    /// @param resetsAtText most grants end with the period, whose end is written already
    static void draws(JsonWriter json, List<Draw> draws, Instant resetsAt, String resetsAtText) {
        json.beginArray("drawn_from");
        for (var draw : draws) {
            var expires = draw.expires();
            json.beginObject()
                    .field("grant", FactId.grant(draw.grant()))
                    .field("credits", draw.credits())
                    .field("expires_at", resetsAt.equals(expires) ? resetsAtText : text(expires))
                    .endObject();
        }
        json.endArray();
    }

    private Response granted(Fact.Granted fact) {
        var terms = fact.terms();
        var json = new JsonWriter();
        json.beginObject()
                .field("id", fact.id())
                .field("object", "grant")
                .field("account", fact.account().name())
                .field("credits", terms.amount())
                .field("category", Words.of(terms.category()))
                .field("origin", Words.of(fact.origin().kind()))
                .field("priority", terms.priority())
                .field("effective_at", terms.effective())
                .field("expires_at", terms.expires())
                .field("cost_basis", terms.costBasis(), currencies.now());
        Entries.grantDetails(json, fact);
        json.beginObject("meta").field("credits_remaining", fact.balance()).endObject().endObject();
        return Response.json(Status.CREATED_201, json).with(location(fact));
    }

    private Response opened(Fact.AccountOpened fact) {
        var json = new JsonWriter();
        json.beginObject()
                .field("id", fact.account().name())
                .field("object", "account")
                .field("plan", fact.plan().plan())
                .field("included_credits", fact.plan().included())
                .field("zone", fact.zone().getId())
                .field("opened_at", fact.at())
                .beginObject("period")
                .field("start", fact.at())
                .field("end", fact.periodEnd())
                .endObject();
        var pool = fact.pool();
        if (pool != null) {
            json.field("pool", pool.name());
        }
        json.endObject();
        return Response.json(Status.CREATED_201, json)
                .with(
                        HeaderValues.create(
                                HeaderNames.LOCATION, "/v1/accounts/" + fact.account().name()));
    }

    private Response done(Fact fact) {
        return switch (fact) {
            case Fact.Captured captured -> captured(captured);
            default -> {
                var json = new JsonWriter();
                json.beginObject();
                Entries.write(json, fact, currencies.now());
                yield Response.ok(json.endObject());
            }
        };
    }

    private Response held(Fact.Held fact, List<RateLeft> rates) {
        var credits = fact.estimate().credits();
        var standing =
                new CreditHeaders.Standing(
                        fact.account(), fact.balance(), fact.quota(), fact.resetsAt());
        var url = "/v1/holds/" + fact.id();
        var json = new JsonWriter();
        json.beginObject()
                .field("id", fact.id())
                .field("object", "hold")
                .field("status", "held")
                .field("allowed", true)
                .field("account", fact.account().name())
                .field("operation", fact.estimate().operation())
                .field("held_credits", credits)
                .field("expires_at", fact.expires())
                .field("capture_url", url + "/capture");
        Entries.caller(json, fact.estimate());
        draws(json, fact.draws(), fact.resetsAt(), headers.resetsAt(standing));
        json.beginObject("meta")
                .field("credits_held", credits)
                .field("credits_remaining", fact.balance())
                .field("credits_reset_at", headers.resetsAt(standing))
                .endObject()
                .endObject();
        return Response.json(Status.CREATED_201, json)
                .with(location(fact))
                .with(CreditHeaders.held(credits))
                .with(headers.of(standing, rates));
    }

    private Response lent(Fact.Held fact, List<RateLeft> rates) {
        var credits = fact.estimate().credits();
        var standing =
                new CreditHeaders.Standing(
                        fact.account(), fact.balance(), fact.quota(), fact.resetsAt());
        var url = "/v1/leases/" + fact.id();
        var json = new JsonWriter();
        json.beginObject()
                .field("id", fact.id())
                .field("object", "lease")
                .field("status", "lent")
                .field("account", fact.account().name())
                .field("credits", credits)
                .field("price_table", fact.estimate().priceBook())
                .field("expires_at", fact.expires())
                .field("report_url", url + "/report")
                .field("return_url", url + "/return");
        draws(json, fact.draws(), fact.resetsAt(), headers.resetsAt(standing));
        json.beginObject("meta")
                .field("credits_held", credits)
                .field("credits_remaining", fact.balance())
                .field("credits_reset_at", headers.resetsAt(standing))
                .endObject()
                .endObject();
        return Response.json(Status.CREATED_201, json)
                .with(location(fact))
                .with(CreditHeaders.held(credits))
                .with(headers.of(standing, rates));
    }

    private Response captured(Fact.Captured fact) {
        var json = new JsonWriter();
        write(json, fact);
        return Response.ok(json)
                .with(CreditHeaders.consumed(fact.usage().credits()))
                .with(headers.of(standing(fact)));
    }

    /// Writes a capture as an object.
    void write(JsonWriter json, Fact.Captured fact) {
        var usage = fact.usage();
        json.beginObject()
                .field("id", fact.id())
                .field("object", "capture")
                .field("status", fact.last() ? "captured" : "partly_captured")
                .field("hold", FactId.hold(fact.hold()))
                .field("account", fact.account().name())
                .field("operation", usage.operation())
                .field("quantity", usage.quantity())
                .field("credits_consumed", usage.credits())
                .field("credits_released", fact.last() ? fact.rest() : Credits.ZERO)
                .field("credits_held", fact.last() ? Credits.ZERO : fact.rest());
        Entries.caller(json, usage);
        price(json, usage);
        if (fact.overage().isPositive()) {
            json.field("overage_credits", fact.overage());
        }
        draws(json, fact.burned(), fact.resetsAt(), headers.resetsAt(standing(fact)));
        json.beginObject("meta")
                .field("credits_consumed", usage.credits())
                .field("credits_remaining", fact.balance())
                .field("credits_reset_at", headers.resetsAt(standing(fact)))
                .endObject()
                .endObject();
    }

    private Response account(AccountView view) {
        return Response.ok(AccountBody.of(view)).with(headers.of(standing(view)));
    }

    static CreditHeaders.Standing standing(AccountView view) {
        return new CreditHeaders.Standing(
                view.account(), view.available(), view.quota(), view.periodEnd());
    }

    private static Header location(Fact fact) {
        return HeaderValues.create(
                HeaderNames.LOCATION,
                "/v1/accounts/" + fact.account().name() + "/entries/" + fact.id());
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
