package dev.scrip.service.api;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.PartitionException;
import dev.scrip.ledger.Reply;
import dev.scrip.ledger.RequestKey;
import dev.scrip.metering.Charging;
import dev.scrip.metering.Estimating;
import dev.scrip.metering.UnknownOperationException;
import dev.scrip.metering.UnknownUnitException;
import dev.scrip.service.access.Scope;
import dev.scrip.service.http.JsonWriter;
import dev.scrip.service.http.Problem;
import dev.scrip.service.http.ProblemType;
import dev.scrip.service.http.Quoted;
import dev.scrip.service.http.Request;
import dev.scrip.service.http.Response;
import dev.scrip.service.http.Route;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What is asked per call of the customer's API: charge it, or say what it would cost.
public final class ChargeRoutes {

    private final Charging charging;
    private final Estimating estimating;
    private final Quotes quotes;
    private final Facts facts;
    private final Answers answers;
    private final Refusals refusals;
    private final CreditHeaders headers;
    private final Currencies currencies;
    private final ServiceMeters meters;

    ChargeRoutes(
            Charging charging,
            Estimating estimating,
            Quotes quotes,
            Facts facts,
            Answers answers,
            Refusals refusals,
            CreditHeaders headers,
            Currencies currencies,
            ServiceMeters meters) {
        this.charging = charging;
        this.estimating = estimating;
        this.quotes = quotes;
        this.facts = facts;
        this.answers = answers;
        this.refusals = refusals;
        this.headers = headers;
        this.currencies = currencies;
        this.meters = meters;
    }

    List<Route> routes() {
        return List.of(
                Route.post("/v1/charges", Scope.CHARGE, this::charge),
                Route.get("/v1/charges/{charge}", Scope.READ, this::read),
                Route.post("/v1/estimates", Scope.CHARGE, this::estimate));
    }

    private Response charge(Request request) {
        var key = request.idempotencyKey();
        var asked = ChargeRequest.read(request.json());
        var account = AccountNames.field(request.caller(), asked.account());
        var requestKey = new RequestKey(key, asked.fingerprint());
        long start = System.nanoTime();
        var reply =
                answers.orEarlier(account, requestKey, () -> charge(account, asked, requestKey));
        meters.charge(
                account.workspace(), operation(reply, asked), reply, System.nanoTime() - start);
        return answers.to(reply, asked.operation());
    }

    private Reply charge(AccountId account, ChargeRequest asked, RequestKey key) {
        try {
            if (asked.quote() != null) {
                var quote =
                        quotes.require(asked.quote(), account, asked.operation(), asked.quantity());
                return charging.charge(quote, asked.use(), asked.apiKey(), key);
            }
            return charging.charge(
                    account, asked.operation(), asked.quantity(), asked.use(), asked.apiKey(), key);
        } catch (UnknownOperationException e) {
            // Under one label: anyone could make up names without end.
            meters.refused(account.workspace(), "unknown", "unknown_operation");
            throw Unpriceable.problem(e).toException();
        } catch (PartitionException e) {
            meters.refused(
                    account.workspace(),
                    asked.operation(),
                    e.kind().name().toLowerCase(Locale.ROOT));
            throw e;
        } catch (UnknownUnitException | IllegalArgumentException e) {
            throw Unpriceable.problem(e).toException();
        }
    }

    private Response read(Request request) {
        var _ = request.query();
        var id = request.argument(0);
        var charged = facts.find(request.caller(), Fact.Charged.class, id);
        if (charged == null) {
            throw Problem.of(ProblemType.UNKNOWN_ENTRY, "There is no charge " + Quoted.of(id) + ".")
                    .toException();
        }
        return Response.ok(answers.body(charged));
    }

    private static String operation(Reply reply, ChargeRequest asked) {
        return reply instanceof Reply.Charged(var fact, _, _)
                ? fact.usage().operation()
                : asked.operation();
    }

    private Response estimate(Request request) {
        var asked = ChargeRequest.read(request.json()).requireNoQuote();
        var account = AccountNames.field(request.caller(), asked.account());
        var estimate = estimate(account, asked);
        var view = estimate.account();
        if (view == null) {
            throw AccountNames.unknown(account).toException();
        }
        var quote = estimate.quote();
        var standing = Answers.standing(view);
        var json = new JsonWriter();
        json.beginObject()
                .field("object", "estimate")
                .field("allowed", estimate.allowed())
                .field("reason", reason(estimate.refusal()))
                .field("account", account.name())
                .field("operation", quote.operation())
                .field("quantity", quote.quantity());
        quotes.writeUnit(json, quote);
        json.beginObject("price").field("credits", quote.credits()).field("base", quote.base());
        Adjusted.write(json, quote.adjustments());
        json.field("price_table", quote.priceBook())
                .field("list_value", quote.listValue(), currencies.of(quote.priceBook()))
                .endObject()
                .beginObject("meta")
                .field("credits_required", quote.credits())
                .field("credits_remaining", view.available())
                .field("credits_reset_at", headers.resetsAt(standing))
                .endObject()
                .endObject();
        return Response.ok(json)
                .with(CreditHeaders.required(quote.credits()))
                .with(headers.of(standing));
    }

    private @Nullable String reason(Reply.@Nullable Refusal refusal) {
        return refusal == null ? null : refusals.problem(refusal, "The call").type().code();
    }

    private Estimating.Estimate estimate(AccountId account, ChargeRequest asked) {
        try {
            return estimating.estimate(
                    account, asked.operation(), asked.quantity(), asked.apiKey());
        } catch (UnknownOperationException e) {
            throw Unpriceable.problem(e).toException();
        } catch (IllegalArgumentException e) {
            throw Unpriceable.problem(e).toException();
        }
    }
}
