package dev.scrip.service.api;

import dev.scrip.ledger.Fact;
import dev.scrip.ledger.GrantCategory;
import dev.scrip.ledger.GrantTerms;
import dev.scrip.ledger.RequestKey;
import dev.scrip.metering.PriceBooks;
import dev.scrip.metering.ReadModels;
import dev.scrip.metering.ToppingUp;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import dev.scrip.service.access.Scope;
import dev.scrip.service.http.Fields;
import dev.scrip.service.http.Figure;
import dev.scrip.service.http.JsonReader;
import dev.scrip.service.http.JsonWriter;
import dev.scrip.service.http.Problem;
import dev.scrip.service.http.ProblemType;
import dev.scrip.service.http.Quoted;
import dev.scrip.service.http.Request;
import dev.scrip.service.http.Response;
import dev.scrip.service.http.Route;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// For the billing side: which top-ups are to be paid, and what became of one.
public final class TopUpRoutes {

    private static final Fields CONFIRM_FIELDS =
            Fields.of("cost_basis", "price", "expires_in_days");
    private static final Fields FAIL_FIELDS = Fields.of("reason");
    private static final int REASON_LENGTH_MAX = 500;

    /// A little less than the longest life of a grant.
    private static final Figure DAYS = new Figure("days", 5, 0, false, BigDecimal.valueOf(36_500));

    private final ToppingUp toppingUp;
    private final ReadModels readModels;
    private final PriceBooks priceBooks;
    private final Facts facts;
    private final Answers answers;
    private final InstantSource clock;

    TopUpRoutes(
            ToppingUp toppingUp,
            ReadModels readModels,
            PriceBooks priceBooks,
            Facts facts,
            Answers answers,
            InstantSource clock) {
        this.toppingUp = toppingUp;
        this.readModels = readModels;
        this.priceBooks = priceBooks;
        this.facts = facts;
        this.answers = answers;
        this.clock = clock;
    }

    /// What was paid for a top-up, and how long its credits live.
    private record Payment(
            @Nullable Amount costBasis, @Nullable Amount price, @Nullable Duration life) {}

    List<Route> routes() {
        return List.of(
                Route.get("/v1/top-ups", Scope.READ, this::list),
                Route.post("/v1/top-ups/{top_up}/confirm", Scope.ADMIN, this::confirm),
                Route.post("/v1/top-ups/{top_up}/fail", Scope.ADMIN, this::fail));
    }

    private Response list(Request request) {
        var query = request.query("status", "limit", "cursor");
        var status = query.get("status");
        if (status != null && !status.equals("open")) {
            throw Problem.of(
                            ProblemType.INVALID_VALUE,
                            "The status must be open, but was "
                                    + Quoted.of(status)
                                    + ". What became of others is in their account's entries.")
                    .toException();
        }
        int limit = PageLimit.read(query.get("limit"));
        var workspace = request.caller().workspace();
        var name = "top-ups " + workspace;
        var cursor = query.get("cursor");
        long after = cursor == null ? 0 : Cursors.parse(name, cursor);
        // One more than asked, to see whether there is another page.
        var found = readModels.openTopUps(workspace, after, limit + 1);
        var page = found.subList(0, Math.min(limit, found.size()));
        var json = new JsonWriter(160 * (page.size() + 1));
        json.beginObject().field("object", "list").beginArray("data");
        for (var fact : page) {
            if (fact instanceof Fact.TopUpRequested requested) {
                json.beginObject()
                        .field("id", requested.id())
                        .field("object", "top_up")
                        .field("status", "open")
                        .field("account", requested.account().name())
                        .field("credits", requested.credits())
                        .field("requested_at", requested.at())
                        .endObject();
            }
        }
        json.endArray()
                .field(
                        "next_cursor",
                        found.size() > limit ? Cursors.of(name, page.getLast().seq()) : null)
                .endObject();
        return Response.ok(json);
    }

    private Response confirm(Request request) {
        var topUp = topUp(request);
        var key = request.idempotencyKey();
        var paid = readPayment(request.json());
        var basis = paid.costBasis;
        var price = paid.price;
        var life = paid.life;
        var said = basis == null ? price : basis;
        var requestKey =
                new RequestKey(
                        key,
                        new CanonicalText("POST /v1/top-ups/{top_up}/confirm")
                                .add("top_up", topUp.id())
                                .add("cost_basis", basis == null ? null : basis.figure())
                                .add("price", price == null ? null : price.figure())
                                .add("currency", said == null ? null : said.currency())
                                .add("life", life == null ? null : life.toString())
                                .fingerprint());
        return answers.to(
                answers.orEarlier(
                        topUp.account(),
                        requestKey,
                        () -> toppingUp.confirm(topUp, costBasis(topUp, paid), life, requestKey)),
                "A top-up");
    }

    private static Payment readPayment(JsonReader json) {
        Amount costBasis = null;
        Amount price = null;
        Duration life = null;
        var body = json.object(CONFIRM_FIELDS);
        for (var name = body.next(); name != null; name = body.next()) {
            switch (name) {
                case "cost_basis" -> costBasis = Amount.read(json, "/cost_basis");
                case "price" -> price = Amount.read(json, "/price");
                case "expires_in_days" ->
                        life = Duration.ofDays(json.number(DAYS).longValueExact());
                default -> throw new IllegalStateException("unread field " + name);
            }
        }
        json.end();
        Amount.requireOne(costBasis, price);
        return new Payment(costBasis, price, life);
    }

    /// What was paid for one credit; the list price unless it is said.
    private Money costBasis(Fact.TopUpRequested topUp, Payment paid) {
        var priceBook = priceBooks.at(clock.instant());
        var basis =
                Amount.costBasis(
                        paid.costBasis,
                        paid.price,
                        topUp.credits(),
                        priceBook,
                        priceBook.creditPrice());
        requireGrantable(topUp.credits(), basis, paid);
        return basis;
    }

    /// Requires that the ledger can grant it, which must not learn it too late.
    private void requireGrantable(Credits credits, Money basis, Payment paid) {
        try {
            var _ =
                    new GrantTerms(
                            credits,
                            GrantTerms.PRIORITY_DEFAULT,
                            GrantCategory.PAID,
                            clock.instant(),
                            null,
                            basis);
        } catch (IllegalArgumentException e) {
            throw Problem.at(
                            paid.price == null ? "/cost_basis/amount" : "/price/amount",
                            ProblemType.AMOUNT_OUT_OF_RANGE,
                            String.valueOf(e.getMessage()))
                    .toException();
        }
    }

    private Response fail(Request request) {
        var topUp = topUp(request);
        var key = request.idempotencyKey();
        var json = request.json();
        String reason = null;
        var body = json.object(FAIL_FIELDS);
        for (var name = body.next(); name != null; name = body.next()) {
            reason = json.text(REASON_LENGTH_MAX);
        }
        json.end();
        var why = body.require("reason", reason);
        var fingerprint =
                new CanonicalText("POST /v1/top-ups/{top_up}/fail")
                        .add("top_up", topUp.id())
                        .add("reason", why)
                        .fingerprint();
        return answers.to(toppingUp.fail(topUp, why, new RequestKey(key, fingerprint)), "A top-up");
    }

    private Fact.TopUpRequested topUp(Request request) {
        var id = request.argument(0);
        var topUp = facts.find(request.caller(), Fact.TopUpRequested.class, id);
        if (topUp == null) {
            throw Problem.of(
                            ProblemType.UNKNOWN_TOP_UP, "There is no top-up " + Quoted.of(id) + ".")
                    .toException();
        }
        return topUp;
    }
}
