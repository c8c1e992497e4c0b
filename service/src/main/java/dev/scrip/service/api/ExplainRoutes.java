package dev.scrip.service.api;

import dev.scrip.ledger.Draw;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.FactId;
import dev.scrip.ledger.RatedUsage;
import dev.scrip.metering.Accounts;
import dev.scrip.metering.Explaining;
import dev.scrip.metering.PriceBooks;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.PriceBook;
import dev.scrip.service.access.Caller;
import dev.scrip.service.access.Role;
import dev.scrip.service.access.Scope;
import dev.scrip.service.http.JsonWriter;
import dev.scrip.service.http.Problem;
import dev.scrip.service.http.ProblemType;
import dev.scrip.service.http.Quoted;
import dev.scrip.service.http.Request;
import dev.scrip.service.http.Response;
import dev.scrip.service.http.Route;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/// Explains every entry: why it cost what it did, which grants paid, what it did to the balance and
/// what it belongs to.
public final class ExplainRoutes {

    private static final BigDecimal SMALLEST = new BigDecimal("0.001");

    private final Explaining explaining;
    private final Accounts accounts;
    private final PriceBooks priceBooks;
    private final Facts facts;
    private final Currencies currencies;

    ExplainRoutes(
            Explaining explaining,
            Accounts accounts,
            PriceBooks priceBooks,
            Facts facts,
            Currencies currencies) {
        this.explaining = explaining;
        this.accounts = accounts;
        this.priceBooks = priceBooks;
        this.facts = facts;
        this.currencies = currencies;
    }

    List<Route> routes() {
        return List.of(
                Route.get(
                        "/v1/accounts/{account}/entries/{entry}/explain",
                        Scope.READ,
                        this::explainEntry),
                Route.get("/v1/charges/{charge}/explain", Scope.READ, this::explainCharge));
    }

    private Response explainEntry(Request request) {
        var _ = request.query();
        var account = AccountNames.argument(request.caller(), request.argument(0));
        if (accounts.read(account) == null) {
            throw AccountNames.unknown(account).toException();
        }
        var id = request.argument(1);
        var fact = facts.find(account, Fact.class, id);
        if (fact == null) {
            throw unknown("The account has no entry ", id);
        }
        return explain(fact, request.caller());
    }

    private Response explainCharge(Request request) {
        var _ = request.query();
        var id = request.argument(0);
        var fact = facts.find(request.caller(), Fact.Burned.class, id);
        if (fact == null) {
            throw unknown("There is no charge or capture ", id);
        }
        return explain(fact, request.caller());
    }

    private static RuntimeException unknown(String what, String id) {
        return Problem.of(ProblemType.UNKNOWN_ENTRY, what + Quoted.of(id) + ".").toException();
    }

    private Response explain(Fact fact, Caller caller) {
        var json = new JsonWriter(2_048);
        json.beginObject()
                .field("object", "explanation")
                .field("account", fact.account().name())
                .beginObject("entry");
        Entries.write(json, fact, currencies.now());
        json.endObject();
        if (fact instanceof Fact.Burned burned) {
            price(json, burned.usage(), caller);
            burned(json, burned);
        }
        balance(json, explaining.explain(fact));
        json.beginObject("fact").field("seq", fact.seq()).field("at", fact.at());
        var request = fact.request();
        json.field("idempotency_key", request == null ? null : request.key())
                .endObject()
                .beginArray("links");
        links(json, fact);
        return Response.ok(json.endArray().endObject());
    }

    private void price(JsonWriter json, RatedUsage usage, Caller caller) {
        var priceBook = priceBooks.version(usage.priceBook());
        json.beginObject("price")
                .field("operation", usage.operation())
                .field("quantity", usage.quantity());
        boolean byQuantity = false;
        if (priceBook != null) {
            var unit = priceBook.operations().get(usage.operation());
            byQuantity = isByQuantity(priceBook, usage);
            if (unit != null && byQuantity) {
                json.field("credits_each", unit.credits());
                Units.write(json, unit.unit());
            }
        }
        json.field("by", byQuantity ? "quantity" : "caller").field("base", usage.base());
        Adjusted.write(json, usage.adjustments());
        json.beginObject("rounding")
                .field("mode", "half_up")
                .field("to", SMALLEST)
                .field("change", usage.credits().minus(beforeRounding(usage)))
                .endObject()
                .field("credits", usage.credits())
                .beginObject("price_book")
                .field("version", usage.priceBook());
        if (priceBook != null) {
            json.field("effective_from", priceBook.effectiveFrom());
        }
        var currency = currencies.of(usage.priceBook());
        json.endObject().field("list_value", usage.listValue(), currency);
        if (caller.role() == Role.ADMIN) {
            json.field("cost", usage.cost(), currency);
        }
        json.endObject();
    }

    private static Credits beforeRounding(RatedUsage usage) {
        return usage.adjustments().isEmpty() ? usage.base() : usage.adjustments().getLast().after();
    }

    /// Otherwise the credits were named by whoever captured a hold.
    private static boolean isByQuantity(PriceBook priceBook, RatedUsage usage) {
        var quote = priceBook.quote(usage.operation(), usage.quantity());
        return quote != null
                && quote.base().equals(usage.base())
                && (quote.credits().equals(usage.credits()) || !usage.adjustments().isEmpty());
    }

    private void burned(JsonWriter json, Fact.Burned fact) {
        var currency = currencies.of(fact.usage().priceBook());
        json.beginArray("burned");
        for (var draw : fact.burned()) {
            json.beginObject()
                    .field("grant", FactId.grant(draw.grant()))
                    .field("credits", draw.credits());
            origin(json, draw);
            json.field("expires_at", draw.expires())
                    .field("cost_basis", draw.costBasis(), currency)
                    .field("yield", draw.yieldValue(), currency)
                    .endObject();
        }
        json.endArray()
                .field("overage_credits", fact.overage())
                .field("yield", fact.yieldValue(), currency);
    }

    private void origin(JsonWriter json, Draw draw) {
        var grant = explaining.grant(draw);
        if (grant != null) {
            json.field("category", Words.of(grant.terms().category()))
                    .field("origin", Words.of(grant.origin().kind()))
                    .field("granted_at", grant.at());
        }
    }

    private static void balance(JsonWriter json, Explaining.Explanation explained) {
        json.beginObject("balance").field("before", explained.before()).beginArray("changes");
        for (var change : explained.changes()) {
            json.beginObject()
                    .field("cause", change.cause().name().toLowerCase(Locale.ROOT))
                    .field("credits", change.credits());
            if (change.grant() != 0) {
                json.field("grant", FactId.grant(change.grant()));
            }
            json.endObject();
        }
        json.endArray().field("after", explained.fact().balance()).endObject();
    }

    /// What the entry belongs to.
    private static void links(JsonWriter json, Fact fact) {
        switch (fact) {
            case Fact.Charged charged -> grants(json, charged, charged.burned());
            case Fact.Captured captured -> {
                link(json, captured, "hold", FactId.hold(captured.hold()));
                grants(json, captured, captured.burned());
            }
            case Fact.Held held -> grants(json, held, held.draws());
            case Fact.HoldExtended extended ->
                    link(json, extended, "hold", FactId.hold(extended.hold()));
            case Fact.Released released -> {
                link(json, released, "hold", FactId.hold(released.hold()));
                grants(json, released, released.draws());
            }
            case Fact.Reversed reversed -> {
                link(json, reversed, "charge", reversed.chargeId());
                grants(json, reversed, reversed.draws());
            }
            case Fact.Voided voided -> link(json, voided, "grant", FactId.grant(voided.grant()));
            case Fact.Settled settled ->
                    link(json, settled, "grant", FactId.grant(settled.grant()));
            case Fact.Expired expired ->
                    link(json, expired, "grant", FactId.grant(expired.grant()));
            case Fact.Adjusted adjusted -> grants(json, adjusted, adjusted.draws());
            case Fact.TopUpFailed failed ->
                    link(json, failed, "top_up", FactId.topUp(failed.topUp()));
            case Fact.Granted granted -> cause(json, granted);
            case Fact.AccountOpened _,
                    Fact.PeriodStarted _,
                    Fact.OverageSet _,
                    Fact.ReceivablePaid _,
                    Fact.PlanChanged _,
                    Fact.PlanChangeScheduled _,
                    Fact.LimitsSet _,
                    Fact.AlertsSet _,
                    Fact.AlertFired _,
                    Fact.AlertRearmed _,
                    Fact.CommitmentSet _,
                    Fact.TopUpRuleSet _,
                    Fact.TopUpRequested _,
                    Fact.StatusChanged _ -> {}
        }
    }

    private static void cause(JsonWriter json, Fact.Granted granted) {
        long cause = granted.origin().cause();
        switch (granted.origin().kind()) {
            case TOP_UP -> link(json, granted, "top_up", FactId.topUp(cause));
            case BONUS -> link(json, granted, "grant", FactId.grant(cause));
            // A charge or a capture: its id needs its fact, and its number says which it is.
            case REVERSAL, ASKED, PLAN, ROLLOVER, ADJUSTMENT -> {}
        }
    }

    private static void grants(JsonWriter json, Fact fact, List<Draw> draws) {
        for (var draw : draws) {
            link(json, fact, "grant", FactId.grant(draw.grant()));
        }
    }

    private static void link(JsonWriter json, Fact fact, String rel, String id) {
        json.beginObject()
                .field("rel", rel)
                .field("id", id)
                .field("href", "/v1/accounts/" + fact.account().name() + "/entries/" + id)
                .endObject();
    }
}
