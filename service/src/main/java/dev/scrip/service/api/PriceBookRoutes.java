package dev.scrip.service.api;

import dev.scrip.metering.PriceBooks;
import dev.scrip.metering.Publication;
import dev.scrip.metering.Publishing;
import dev.scrip.pricing.PriceBook;
import dev.scrip.pricingfile.PriceBookDocument;
import dev.scrip.pricingfile.PricingFileException;
import dev.scrip.service.access.Scope;
import dev.scrip.service.http.Fields;
import dev.scrip.service.http.JsonReader;
import dev.scrip.service.http.JsonWriter;
import dev.scrip.service.http.Problem;
import dev.scrip.service.http.ProblemException;
import dev.scrip.service.http.ProblemType;
import dev.scrip.service.http.Quoted;
import dev.scrip.service.http.Request;
import dev.scrip.service.http.Response;
import dev.scrip.service.http.Route;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Publishes price books, and shows all there were.
public final class PriceBookRoutes {

    private static final Fields FIELDS =
            Fields.of("document", "effective_from", "based_on", "reason", "override_reason");
    private static final int DOCUMENT_LENGTH_MAX = 1 << 20;
    private static final int REASON_LENGTH_MAX = 500;

    private final Publishing publishing;
    private final PriceBooks priceBooks;
    private final String firstWorkspace;
    private final InstantSource clock;

    /// @param firstWorkspace whose admins publish for all workspaces
    PriceBookRoutes(
            Publishing publishing,
            PriceBooks priceBooks,
            String firstWorkspace,
            InstantSource clock) {
        this.publishing = publishing;
        this.priceBooks = priceBooks;
        this.firstWorkspace = firstWorkspace;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v1/price-books", Scope.ADMIN, this::list),
                Route.post("/v1/price-books", Scope.ADMIN, this::publish),
                Route.get("/v1/price-books/{version}", Scope.ADMIN, this::version));
    }

    private Response list(Request request) {
        var _ = request.query();
        var inForce = priceBooks.at(clock.instant());
        var json = new JsonWriter(1_024);
        json.beginObject().field("object", "list").beginArray("data");
        for (var publication : priceBooks.publications().reversed()) {
            json.beginObject();
            write(json, publication, inForce);
            json.endObject();
        }
        json.endArray().endObject();
        return Response.ok(json);
    }

    private Response version(Request request) {
        var _ = request.query();
        var publication = known(priceBooks, request.argument(0));
        var json = new JsonWriter(8_192);
        json.beginObject();
        write(json, publication, priceBooks.at(clock.instant()));
        json.field("document", PriceBookDocument.write(publication.book())).endObject();
        return Response.ok(json);
    }

    /// The price book with a version.
    ///
    /// @throws ProblemException if there is none
    static Publication known(PriceBooks priceBooks, String version) {
        var publication = priceBooks.publication(version);
        if (publication == null) {
            throw Problem.of(
                            ProblemType.UNKNOWN_PRICE_BOOK,
                            "There is no price book "
                                    + Quoted.of(version)
                                    + ". The last one is "
                                    + priceBooks.publications().getLast().book().version()
                                    + "; GET /v1/price-books lists all.")
                    .toException();
        }
        return publication;
    }

    private Response publish(Request request) {
        requireFirstWorkspace(request.caller().workspace());
        var order = order(request.json(), request.caller().keyId());
        return switch (publishing.publish(order)) {
            case Publishing.Outcome.Published(var publication, var repeated) ->
                    published(publication, repeated);
            case Publishing.Outcome.Changed(var last) ->
                    throw Problem.at(
                                    "/based_on",
                                    ProblemType.PRICE_BOOK_CHANGED,
                                    "The last price book is "
                                            + last
                                            + ", not "
                                            + Quoted.of(order.basedOn())
                                            + ". Compare with it, and publish on its base.")
                            .toException();
            case Publishing.Outcome.OtherCurrency(var last) ->
                    throw Problem.at(
                                    "/document",
                                    ProblemType.CURRENCY_MISMATCH,
                                    "The document is in "
                                            + order.content().currency()
                                            + ", but "
                                            + last.version()
                                            + " is in "
                                            + last.currency()
                                            + ": what was charged cannot be added up with what"
                                            + " will be.")
                            .toException();
            case Publishing.Outcome.InThePast(var now) ->
                    throw Problem.at(
                                    "/effective_from",
                                    ProblemType.INVALID_EFFECTIVE_FROM,
                                    "The price book cannot take effect before now, "
                                            + now
                                            + ": calls were charged already. Without effective_from"
                                            + " it does so when it is published.")
                            .toException();
        };
    }

    /// Price books are for all workspaces, so not just anybody's admin may publish them.
    private void requireFirstWorkspace(String workspace) {
        if (!workspace.equals(firstWorkspace)) {
            throw Problem.of(
                            ProblemType.MISSING_SCOPE,
                            "Price books are for all workspaces: publish with an admin key of the"
                                    + " first one, "
                                    + firstWorkspace
                                    + ", not of "
                                    + workspace
                                    + ".")
                    .toException();
        }
    }

    private static Publishing.Order order(JsonReader json, String keyId) {
        PriceBook content = null;
        Instant effectiveFrom = null;
        String basedOn = null;
        String reason = null;
        String overrideReason = null;
        var body = json.object(FIELDS);
        for (var name = body.next(); name != null; name = body.next()) {
            switch (name) {
                case "document" -> content = content(json);
                case "effective_from" -> effectiveFrom = Times.read(json);
                case "based_on" -> basedOn = json.text();
                case "reason" -> reason = json.text(REASON_LENGTH_MAX);
                case "override_reason" -> overrideReason = json.text(REASON_LENGTH_MAX);
                default -> throw new IllegalStateException("unread field " + name);
            }
        }
        json.end();
        return new Publishing.Order(
                body.require("document", content),
                effectiveFrom,
                body.require("based_on", basedOn),
                keyId,
                reason,
                overrideReason);
    }

    /// The price book that the text of a document says.
    static PriceBook content(JsonReader json) {
        var text = json.text(DOCUMENT_LENGTH_MAX);
        try {
            var book = PriceBookDocument.read("document", text);
            // As a pricing file does. Where it is read back, what was published once stays
            // readable.
            if (book.creditPrice().isZero()) {
                throw Problem.at(
                                "/document",
                                ProblemType.INVALID_PRICE_BOOK,
                                "document:credit_price: 0 is no price: every list value and margin"
                                        + " goes by it. Give what one credit costs, such as 0.001;"
                                        + " what is free has 0 credits")
                        .toException();
            }
            return book;
        } catch (PricingFileException e) {
            throw Problem.at(
                            "/document",
                            ProblemType.INVALID_PRICE_BOOK,
                            String.join(". ", e.problems()))
                    .toException();
        }
    }

    private Response published(Publication publication, boolean repeated) {
        var json = new JsonWriter(512);
        json.beginObject();
        write(json, publication, priceBooks.at(clock.instant()));
        json.endObject();
        var response =
                Response.json(Status.CREATED_201, json)
                        .with(
                                HeaderValues.create(
                                        HeaderNames.LOCATION,
                                        "/v1/price-books/" + publication.book().version()));
        return repeated
                ? response.with(HeaderValues.create("Idempotent-Replayed", "true"))
                : response;
    }

    private void write(JsonWriter json, Publication publication, PriceBook inForce) {
        var book = publication.book();
        json.field("object", "price_book_version")
                .field("version", book.version())
                .field("effective_from", book.effectiveFrom())
                .field("in_force", book.version().equals(inForce.version()))
                .field("called_off", priceBooks.isCalledOff(book))
                .field("published_at", publication.publishedAt())
                .field("published_by", publication.publishedBy())
                .field("reason", publication.reason())
                .field("override_reason", publication.overrideReason());
    }
}
