package dev.scrip.service.api;

import dev.scrip.metering.BoundQuote;
import dev.scrip.metering.Quoting;
import dev.scrip.metering.UnknownOperationException;
import dev.scrip.service.access.Scope;
import dev.scrip.service.http.Fields;
import dev.scrip.service.http.Figure;
import dev.scrip.service.http.JsonReader;
import dev.scrip.service.http.JsonWriter;
import dev.scrip.service.http.Request;
import dev.scrip.service.http.Response;
import dev.scrip.service.http.Route;
import io.helidon.http.Status;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Binds the price of a call for a short time.
public final class QuoteRoutes {

    private static final Fields FIELDS =
            Fields.of("account", "operation", "quantity", "expires_in");

    private final Quoting quoting;
    private final Quotes quotes;
    private final Currencies currencies;
    private final Duration life;
    private final Figure seconds;

    /// @param life of a quote whose caller does not say how long it should hold
    QuoteRoutes(
            Quoting quoting,
            Quotes quotes,
            Currencies currencies,
            Duration life,
            Duration lifeMax) {
        this.quoting = quoting;
        this.quotes = quotes;
        this.currencies = currencies;
        this.life = life;
        this.seconds = new Figure("seconds", 4, 0, false, BigDecimal.valueOf(lifeMax.toSeconds()));
    }

    private record Asked(
            String account, String operation, BigDecimal quantity, @Nullable Duration life) {}

    List<Route> routes() {
        return List.of(Route.post("/v1/quotes", Scope.CHARGE, this::quote));
    }

    private Response quote(Request request) {
        var asked = read(request.json());
        var account = AccountNames.field(request.caller(), asked.account());
        BoundQuote bound;
        try {
            bound =
                    quoting.quote(
                            account,
                            asked.operation(),
                            asked.quantity(),
                            asked.life() == null ? life : asked.life());
        } catch (UnknownOperationException e) {
            throw Unpriceable.problem(e).toException();
        } catch (IllegalArgumentException e) {
            throw Unpriceable.problem(e).toException();
        }
        if (bound == null) {
            throw AccountNames.unknown(account).toException();
        }
        var quote = bound.quote();
        var json = new JsonWriter();
        json.beginObject()
                .field("object", "quote")
                .field("quote", quotes.write(bound))
                .field("account", account.name())
                .field("operation", quote.operation())
                .field("quantity", quote.quantity());
        quotes.writeUnit(json, quote);
        json.field("credits", quote.credits()).field("base", quote.base());
        Adjusted.write(json, quote.adjustments());
        json.field("list_value", quote.listValue(), currencies.of(quote.priceBook()))
                .field("price_book", quote.priceBook())
                .field("expires_at", bound.expiresAt())
                .endObject();
        return Response.json(Status.CREATED_201, json)
                .with(CreditHeaders.required(quote.credits()));
    }

    private Asked read(JsonReader json) {
        String account = null;
        String operation = null;
        var quantity = BigDecimal.ONE;
        Duration expiresIn = null;
        var body = json.object(FIELDS);
        for (var name = body.next(); name != null; name = body.next()) {
            switch (name) {
                case "account" -> account = json.text();
                case "operation" -> operation = json.text();
                case "quantity" -> quantity = json.number(ChargeRequest.QUANTITY);
                case "expires_in" ->
                        expiresIn = Duration.ofSeconds(json.number(seconds).longValueExact());
                default -> throw new IllegalStateException("unread field " + name);
            }
        }
        json.end();
        return new Asked(
                body.require("account", account),
                body.require("operation", operation),
                quantity,
                expiresIn);
    }
}
