package dev.scrip.service.api;

import dev.scrip.metering.PriceBooks;
import dev.scrip.pricing.OperationPrice;
import dev.scrip.pricing.Plan;
import dev.scrip.pricing.PriceBook;
import dev.scrip.pricing.PriceBookDiff;
import dev.scrip.service.access.Scope;
import dev.scrip.service.http.Fields;
import dev.scrip.service.http.JsonWriter;
import dev.scrip.service.http.Problem;
import dev.scrip.service.http.ProblemType;
import dev.scrip.service.http.Request;
import dev.scrip.service.http.Response;
import dev.scrip.service.http.Route;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a price book changes beside another: one that was published, or a document before it is.
/// Nothing is published here.
public final class PriceChangeRoutes {

    private static final Fields FIELDS = Fields.of("document", "since");
    private static final int RATE_DECIMALS = 6;

    private final PriceBooks priceBooks;

    PriceChangeRoutes(PriceBooks priceBooks) {
        this.priceBooks = priceBooks;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v1/price-books/{version}/changes", Scope.ADMIN, this::published),
                Route.post("/v1/price-books/changes", Scope.ADMIN, this::proposed));
    }

    private Response published(Request request) {
        var since = request.query("since").get("since");
        var book = PriceBookRoutes.known(priceBooks, request.argument(0)).book();
        var before = since == null ? before(book) : PriceBookRoutes.known(priceBooks, since).book();
        return Response.ok(json(PriceBookDiff.between(before, book), book.version()));
    }

    /// The one that was published before.
    private PriceBook before(PriceBook book) {
        PriceBook before = null;
        for (var publication : priceBooks.publications()) {
            if (publication.book().version().equals(book.version())) {
                break;
            }
            before = publication.book();
        }
        if (before == null) {
            throw Problem.of(
                            ProblemType.UNKNOWN_PRICE_BOOK,
                            book.version()
                                    + " is the first price book, so there is none before it. Name one"
                                    + " to compare it with, as in ?since="
                                    + priceBooks.publications().getLast().book().version()
                                    + ".")
                    .toException();
        }
        return before;
    }

    private Response proposed(Request request) {
        PriceBook content = null;
        String since = null;
        var json = request.json();
        var body = json.object(FIELDS);
        for (var name = body.next(); name != null; name = body.next()) {
            switch (name) {
                case "document" -> content = PriceBookRoutes.content(json);
                case "since" -> since = json.text();
                default -> throw new IllegalStateException("unread field " + name);
            }
        }
        json.end();
        var proposed = body.require("document", content);
        var before =
                since == null
                        ? priceBooks.publications().getLast().book()
                        : PriceBookRoutes.known(priceBooks, since).book();
        return Response.ok(json(PriceBookDiff.between(before, proposed), null));
    }

    /// @param version of the book that changes things; null before it is published
    private static JsonWriter json(PriceBookDiff diff, @Nullable String version) {
        var before = diff.before();
        var after = diff.after();
        var json = new JsonWriter(4_096);
        json.beginObject()
                .field("object", "price_book_changes")
                .field("since", before.version())
                .field("version", version)
                .field("same", diff.isEmpty())
                .field("currency", after.currency());
        pair(json, "credit_price", decimal(before), decimal(after));
        json.beginObject("levels")
                .field("old", before.levels())
                .field("new", after.levels())
                .endObject();
        json.beginArray("operations");
        for (var change : diff.operations()) {
            json.beginObject();
            write(json, change);
            json.endObject();
        }
        json.endArray().beginArray("plans");
        for (var change : diff.plans()) {
            json.beginObject();
            write(json, change);
            json.endObject();
        }
        json.endArray().endObject();
        return json;
    }

    private static void write(JsonWriter json, PriceBookDiff.OperationChange change) {
        var before = change.before();
        var after = change.after();
        json.field("operation", change.operation()).field("change", word(change.kind()));
        pair(json, "credits", credits(before), credits(after));
        if (before != null) {
            Units.write(json, "unit_old", before.unit());
        }
        if (after != null) {
            Units.write(json, "unit_new", after.unit());
        }
        pair(json, "price", change.priceBefore(), change.priceAfter());
        json.field("price_change", rate(change.priceChange()));
        pair(json, "unit_cost", cost(before), cost(after));
        pair(json, "margin", rate(change.marginBefore()), rate(change.marginAfter()));
    }

    private static void write(JsonWriter json, PriceBookDiff.PlanChange change) {
        json.field("plan", change.plan()).field("change", word(change.kind()));
        pair(json, "fee", fee(change.before()), fee(change.after()));
        pair(json, "included_credits", included(change.before()), included(change.after()));
    }

    /// A figure in both books, null where there is none.
    private static void pair(
            JsonWriter json, String name, @Nullable BigDecimal before, @Nullable BigDecimal after) {
        json.beginObject(name).field("old", before).field("new", after).endObject();
    }

    private static BigDecimal decimal(PriceBook book) {
        return book.creditPrice().toBigDecimal();
    }

    private static @Nullable BigDecimal credits(@Nullable OperationPrice price) {
        return price == null ? null : price.credits().toBigDecimal();
    }

    private static @Nullable BigDecimal cost(@Nullable OperationPrice price) {
        return price == null ? null : price.unitCost().toBigDecimal();
    }

    private static @Nullable BigDecimal fee(@Nullable Plan plan) {
        return plan == null ? null : plan.fee().toBigDecimal();
    }

    private static @Nullable BigDecimal included(@Nullable Plan plan) {
        return plan == null ? null : plan.includedCredits().toBigDecimal();
    }

    private static @Nullable BigDecimal rate(@Nullable BigDecimal exact) {
        return exact == null ? null : exact.setScale(RATE_DECIMALS, RoundingMode.HALF_EVEN);
    }

    private static String word(PriceBookDiff.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
