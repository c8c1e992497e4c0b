package dev.scrip.service.api;

import dev.scrip.insight.Margins;
import dev.scrip.insight.OperationTotals;
import dev.scrip.metering.OperationUsage;
import dev.scrip.metering.PriceBooks;
import dev.scrip.metering.ReadModels;
import dev.scrip.pricing.AdjustmentWords;
import dev.scrip.pricing.Adjustments;
import dev.scrip.pricing.PlanInterval;
import dev.scrip.pricing.PriceBook;
import dev.scrip.service.access.Scope;
import dev.scrip.service.http.JsonWriter;
import dev.scrip.service.http.Problem;
import dev.scrip.service.http.ProblemException;
import dev.scrip.service.http.ProblemType;
import dev.scrip.service.http.Quoted;
import dev.scrip.service.http.Request;
import dev.scrip.service.http.Response;
import dev.scrip.service.http.Route;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// The price list that anyone with a key may see, and the margins that only the provider may.
public final class PriceRoutes {

    private static final String WINDOW_DEFAULT = "7d";
    private static final Duration WINDOW_MAX = Duration.ofDays(366);

    private final PriceBooks priceBooks;
    private final ReadModels readModels;
    private final InstantSource clock;

    PriceRoutes(PriceBooks priceBooks, ReadModels readModels, InstantSource clock) {
        this.priceBooks = priceBooks;
        this.readModels = readModels;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v1/price-book", Scope.READ, this::priceBook),
                Route.get("/v1/margins", Scope.ADMIN, this::margins));
    }

    /// Leaves out costs and floors: they are the provider's own.
    private Response priceBook(Request request) {
        var _ = request.query();
        var book = priceBooks.at(clock.instant());
        var json = new JsonWriter(4_096);
        json.beginObject()
                .field("object", "price_book")
                .field("version", book.version())
                .field("effective_from", book.effectiveFrom())
                .field("currency", book.currency())
                .field("credit_price", book.creditPrice(), book.currency())
                .beginArray("operations");
        for (var operation : book.operations().values()) {
            json.beginObject()
                    .field("operation", operation.operation())
                    .field("title", operation.title())
                    .field("credits", operation.credits())
                    .field(
                            "price",
                            book.creditPrice().timesCredits(operation.credits()),
                            book.currency());
            Units.write(json, operation.unit());
            json.endObject();
        }
        json.endArray().beginArray("plans");
        for (var plan : book.plans().values()) {
            json.beginObject()
                    .field("id", plan.id())
                    .field("title", plan.title())
                    .field(
                            plan.interval() == PlanInterval.MONTH ? "monthly_fee" : "fee",
                            plan.fee(),
                            book.currency())
                    .field("included_credits", plan.includedCredits())
                    .field("interval", plan.interval().word());
            if (!plan.rollover().isNone()) {
                json.beginObject("rollover").field("share", plan.rollover().share());
                var cap = plan.rollover().cap();
                if (cap != null) {
                    json.field("cap", cap);
                }
                json.endObject();
            }
            json.endObject();
        }
        json.endArray().field("burn_order", book.burnPreference().word());
        adjustments(json, book.adjustments());
        json.endObject();
        return Response.ok(json);
    }

    private static void adjustments(JsonWriter json, Adjustments adjustments) {
        if (adjustments.isNone()) {
            return;
        }
        json.beginArray("adjustments");
        for (var rule : adjustments.rules()) {
            json.beginObject()
                    .field("id", rule.id())
                    .field("kind", rule.kind().word())
                    .field("description", AdjustmentWords.of(rule))
                    .endObject();
        }
        json.endArray().beginArray("adjustment_limits");
        AdjustmentWords.of(adjustments.limits()).forEach(json::element);
        json.endArray();
    }

    private Response margins(Request request) {
        var asked = request.query("window").get("window");
        var window = window(asked == null ? WINDOW_DEFAULT : asked);
        var now = clock.instant();
        // Usage is kept by the hour: the window covers whole hours, the one under way included.
        var to = now.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
        var from = to.minus(window);
        var book = priceBooks.at(now);
        var rows = readModels.usage(request.caller().workspace(), from, to);
        var margins = Margins.of(rows.stream().map(row -> totals(row, book)).toList());
        var currency = book.currency();
        var json = new JsonWriter(4_096);
        json.beginObject()
                .field("object", "margins")
                .beginObject("window")
                .field("from", from)
                .field("to", to)
                .endObject()
                .field("list_revenue", margins.listRevenue(), currency)
                .field("yield_revenue", margins.yieldRevenue(), currency)
                .field("cost", margins.cost(), currency)
                .field("margin_at_list", margins.blendedAtList())
                .field("margin_at_yield", margins.blendedAtYield())
                .field("exposure", margins.exposure(), currency)
                .beginArray("operations");
        for (var operation : margins.operations()) {
            var totals = operation.totals();
            json.beginObject()
                    .field("operation", totals.operation())
                    .field("calls", totals.calls())
                    .field("credits", totals.credits())
                    .field("list_revenue", totals.listRevenue(), currency)
                    .field("yield_revenue", totals.yieldRevenue(), currency)
                    .field("cost", totals.cost(), currency)
                    .field("margin_at_list", operation.atList())
                    .field("margin_at_yield", operation.atYield())
                    .field("margin_floor", totals.floor())
                    .field("leak", operation.leak())
                    .field("exposure", operation.exposure(), currency)
                    .endObject();
        }
        json.endArray().endObject();
        return Response.ok(json);
    }

    private static OperationTotals totals(OperationUsage row, PriceBook book) {
        var price = book.operations().get(row.operation());
        return new OperationTotals(
                row.operation(),
                row.calls(),
                row.credits(),
                row.listValue(),
                row.yieldValue(),
                row.cost(),
                price == null ? null : price.marginFloor());
    }

    private static Duration window(String text) {
        int digits = text.length() - 1;
        boolean formed = digits >= 1 && digits <= 4 && (text.endsWith("h") || text.endsWith("d"));
        for (int i = 0; formed && i < digits; i++) {
            formed = text.charAt(i) >= '0' && text.charAt(i) <= '9';
        }
        if (!formed) {
            throw invalidWindow(text);
        }
        long count = Long.parseLong(text.substring(0, digits));
        var window = text.endsWith("h") ? Duration.ofHours(count) : Duration.ofDays(count);
        if (window.isZero() || window.compareTo(WINDOW_MAX) > 0) {
            throw invalidWindow(text);
        }
        return window;
    }

    private static ProblemException invalidWindow(String text) {
        return Problem.of(
                        ProblemType.INVALID_WINDOW,
                        "The window must be hours or days such as 24h or 7d, at most "
                                + WINDOW_MAX.toDays()
                                + "d, but was "
                                + Quoted.of(text)
                                + ".")
                .toException();
    }
}
