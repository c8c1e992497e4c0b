package dev.scrip.service.api;

import dev.scrip.metering.LoadWatch;
import dev.scrip.metering.PriceBooks;
import dev.scrip.pricing.Adjustment;
import dev.scrip.service.access.Scope;
import dev.scrip.service.http.Fields;
import dev.scrip.service.http.Figure;
import dev.scrip.service.http.JsonWriter;
import dev.scrip.service.http.Request;
import dev.scrip.service.http.Response;
import dev.scrip.service.http.Route;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.List;

/// How high the load is, which load prices go by.
public final class LoadRoutes {

    private static final Fields FIELDS = Fields.of("load");
    private static final Figure LOAD =
            new Figure("load", 4, 6, true, Adjustment.LoadPrice.LOAD_MAX);

    private final LoadWatch loads;
    private final PriceBooks priceBooks;
    private final InstantSource clock;

    LoadRoutes(LoadWatch loads, PriceBooks priceBooks, InstantSource clock) {
        this.loads = loads;
        this.priceBooks = priceBooks;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v1/load", Scope.READ, this::read),
                Route.put("/v1/load", Scope.ADMIN, this::put));
    }

    private Response put(Request request) {
        var json = request.json();
        BigDecimal load = null;
        var body = json.object(FIELDS);
        for (var name = body.next(); name != null; name = body.next()) {
            load = json.number(LOAD);
        }
        json.end();
        var now = clock.instant();
        loads.put(
                request.caller().workspace(), body.require("load", load), priceBooks.at(now), now);
        return body(request);
    }

    private Response read(Request request) {
        var _ = request.query();
        return body(request);
    }

    private Response body(Request request) {
        var now = clock.instant();
        var reading = loads.reading(request.caller().workspace(), now);
        var json = new JsonWriter();
        json.beginObject().field("object", "load");
        json.field("load", reading == null ? null : reading.load());
        if (reading != null) {
            json.field("at", reading.at())
                    .field("known_until", reading.at().plus(LoadWatch.NEWS_WITHIN));
        }
        json.beginArray("load_prices_on");
        if (reading != null) {
            reading.on().stream().sorted().forEach(json::element);
        }
        return Response.ok(json.endArray().endObject());
    }
}
