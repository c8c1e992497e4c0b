package dev.scrip.service.api;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.Reply;
import dev.scrip.ledger.RequestKey;
import dev.scrip.metering.CaptureSizes;
import dev.scrip.metering.Holding;
import dev.scrip.metering.PriceBooks;
import dev.scrip.metering.ReadModels;
import dev.scrip.metering.UnknownOperationException;
import dev.scrip.metering.UnknownUnitException;
import dev.scrip.pricing.Credits;
import dev.scrip.service.access.Scope;
import dev.scrip.service.http.JsonWriter;
import dev.scrip.service.http.Problem;
import dev.scrip.service.http.ProblemType;
import dev.scrip.service.http.Quoted;
import dev.scrip.service.http.Request;
import dev.scrip.service.http.Response;
import dev.scrip.service.http.Route;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Credits set aside for a job whose price is known only when it is done.
public final class HoldRoutes {

    private static final int CAPTURES_NEEDED = 20;

    private final Holding holding;
    private final Quotes quotes;
    private final Facts facts;
    private final ReadModels readModels;
    private final PriceBooks priceBooks;
    private final Answers answers;
    private final ServiceMeters meters;
    private final InstantSource clock;

    HoldRoutes(
            Holding holding,
            Quotes quotes,
            Facts facts,
            ReadModels readModels,
            PriceBooks priceBooks,
            Answers answers,
            ServiceMeters meters,
            InstantSource clock) {
        this.holding = holding;
        this.quotes = quotes;
        this.facts = facts;
        this.readModels = readModels;
        this.priceBooks = priceBooks;
        this.answers = answers;
        this.meters = meters;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.post("/v1/holds", Scope.CHARGE, this::authorise),
                Route.get("/v1/operations/{operation}/estimates", Scope.CHARGE, this::estimates),
                Route.post("/v1/holds/{hold}/capture", Scope.CHARGE, this::capture),
                Route.post("/v1/holds/{hold}/extend", Scope.CHARGE, this::extend),
                Route.post("/v1/holds/{hold}/release", Scope.CHARGE, this::release));
    }

    private Response authorise(Request request) {
        var key = request.idempotencyKey();
        var asked = HoldRequest.read(request.json());
        var account = AccountNames.field(request.caller(), asked.account());
        var requestKey = new RequestKey(key, asked.fingerprint());
        return answers.to(
                answer(account, requestKey, () -> authorise(account, asked, requestKey)),
                asked.operation());
    }

    private Reply authorise(AccountId account, HoldRequest asked, RequestKey key) {
        var quote = asked.quote();
        if (quote == null) {
            return holding.authorise(
                    account,
                    asked.operation(),
                    asked.amount(learnt(account, asked)),
                    asked.expiresIn(),
                    key);
        }
        var quantity = asked.amount(null).quantity();
        return holding.authorise(
                quotes.require(quote, account, asked.operation(), quantity),
                asked.expiresIn(),
                key);
    }

    /// What earlier captures say, when the hold is to go by them.
    private @Nullable Credits learnt(AccountId account, HoldRequest asked) {
        var wanted = asked.estimate();
        if (wanted == null) {
            return null;
        }
        var sizes = readModels.captureSizes(account.workspace(), asked.operation());
        if (sizes.count() < CAPTURES_NEEDED) {
            throw Problem.at(
                            "/estimate",
                            ProblemType.TOO_FEW_CAPTURES,
                            "An estimate needs "
                                    + CAPTURES_NEEDED
                                    + " captures of "
                                    + Quoted.of(asked.operation())
                                    + ", and there were "
                                    + sizes.count()
                                    + ". Give max_credits until then.")
                    .toException();
        }
        return of(sizes, wanted);
    }

    private static Credits of(CaptureSizes sizes, String share) {
        return switch (share) {
            case "p50" -> sizes.p50();
            case "p95" -> sizes.p95();
            case "p99" -> sizes.p99();
            default -> throw new IllegalArgumentException("There is no estimate " + share + ".");
        };
    }

    private Response estimates(Request request) {
        var _ = request.query();
        var operation = request.argument(0);
        var sizes = readModels.captureSizes(request.caller().workspace(), operation);
        var known = priceBooks.at(clock.instant()).operations().keySet();
        // One that is sold no more may have captures still.
        if (sizes.count() == 0 && !known.contains(operation)) {
            throw OperationPatterns.unknown(ProblemType.UNKNOWN_OPERATION_IN_PATH, operation, known)
                    .toException();
        }
        var json = new JsonWriter();
        json.beginObject()
                .field("object", "operation_estimates")
                .field("operation", operation)
                .field("count", sizes.count())
                .field("enough", sizes.count() >= CAPTURES_NEEDED)
                .field("p50", sizes.p50())
                .field("p95", sizes.p95())
                .field("p99", sizes.p99())
                .endObject();
        return Response.ok(json);
    }

    private Response capture(Request request) {
        var hold = hold(request);
        var key = request.idempotencyKey();
        var asked = CaptureRequest.read(request.json());
        var requestKey = new RequestKey(key, asked.fingerprint(hold.id()));
        var operation = hold.estimate().operation();
        var reply =
                answer(
                        hold.account(),
                        requestKey,
                        () ->
                                holding.capture(
                                        hold,
                                        asked.amount(),
                                        asked.last(),
                                        asked.mayExceed(),
                                        requestKey));
        meters.charge(hold.account().workspace(), operation, reply);
        return answers.to(reply, operation);
    }

    private Response extend(Request request) {
        var hold = hold(request);
        var key = request.idempotencyKey();
        var life = HoldRequest.readExtension(request.json());
        var fingerprint =
                new CanonicalText("POST /v1/holds/{hold}/extend")
                        .add("hold", hold.id())
                        .add("expires_in", life.toString())
                        .fingerprint();
        return answers.to(
                holding.extend(hold, life, new RequestKey(key, fingerprint)), "Extending a hold");
    }

    private Response release(Request request) {
        var hold = hold(request);
        var key = request.idempotencyKey();
        request.requireNoBody();
        var fingerprint =
                new CanonicalText("POST /v1/holds/{hold}/release")
                        .add("hold", hold.id())
                        .fingerprint();
        return answers.to(
                holding.release(hold, new RequestKey(key, fingerprint)), "Releasing a hold");
    }

    private Fact.Held hold(Request request) {
        var id = request.argument(0);
        var hold = facts.find(request.caller(), Fact.Held.class, id);
        if (hold == null || hold.lease()) {
            throw Problem.of(
                            ProblemType.UNKNOWN_HOLD,
                            hold == null
                                    ? "There is no hold " + Quoted.of(id) + "."
                                    : Quoted.of(id)
                                            + " is a lease, and no hold. Use /v1/leases/"
                                            + hold.id()
                                            + ".")
                    .toException();
        }
        return hold;
    }

    private Reply answer(AccountId account, RequestKey key, Supplier<Reply> asking) {
        return answers.orEarlier(
                account,
                key,
                () -> {
                    try {
                        return asking.get();
                    } catch (UnknownOperationException
                            | UnknownUnitException
                            | IllegalArgumentException e) {
                        throw Unpriceable.problem(e).toException();
                    }
                });
    }
}
