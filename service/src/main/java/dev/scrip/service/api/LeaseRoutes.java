package dev.scrip.service.api;

import dev.scrip.ledger.Fact;
import dev.scrip.ledger.FactId;
import dev.scrip.ledger.Fingerprint;
import dev.scrip.ledger.Reply;
import dev.scrip.ledger.RequestKey;
import dev.scrip.metering.Leasing;
import dev.scrip.pricing.Credits;
import dev.scrip.service.access.Scope;
import dev.scrip.service.http.JsonWriter;
import dev.scrip.service.http.Problem;
import dev.scrip.service.http.ProblemType;
import dev.scrip.service.http.Quoted;
import dev.scrip.service.http.Request;
import dev.scrip.service.http.Response;
import dev.scrip.service.http.Route;
import io.helidon.http.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Credits lent to a client that decides by itself what to use them for, and reports it later.
///
/// A client that is lost costs nothing but time: its lease ends by itself, and what it had not
/// reported goes back to the account.
public final class LeaseRoutes {

    private static final int BYTES_EACH = 512;

    private final Leasing leasing;
    private final Facts facts;
    private final Answers answers;
    private final Together together;

    LeaseRoutes(Leasing leasing, Facts facts, Answers answers, Together together) {
        this.leasing = leasing;
        this.facts = facts;
        this.answers = answers;
        this.together = together;
    }

    List<Route> routes() {
        return List.of(
                Route.post("/v1/leases", Scope.CHARGE, this::lend),
                Route.post("/v1/leases/{lease}/report", Scope.CHARGE, this::report),
                Route.post("/v1/leases/{lease}/extend", Scope.CHARGE, this::extend),
                Route.post("/v1/leases/{lease}/return", Scope.CHARGE, this::giveBack));
    }

    private Response lend(Request request) {
        var key = request.idempotencyKey();
        var asked = LeaseRequest.read(request.json());
        var account = AccountNames.field(request.caller(), asked.account());
        return answers.to(
                leasing.lend(
                        account,
                        asked.credits(),
                        asked.apiKey(),
                        asked.expiresIn(),
                        new RequestKey(key, asked.fingerprint())),
                "A lease");
    }

    private Response report(Request request) {
        var lease = lease(request);
        var keys = new PartKeys(request.idempotencyKey());
        var asked = LeaseReport.read(request.json());
        var fingerprint = asked.fingerprint(lease.id());
        var lines = new ArrayList<Leasing.Line>(asked.usage().size());
        for (var line : asked.usage()) {
            lines.add(
                    new Leasing.Line(
                            line.operation(),
                            line.quantity(),
                            line.use(),
                            keys.of(lines.size(), fingerprint)));
        }
        var reply =
                together.ask(
                        lease.account().workspace(),
                        lines.stream().map(Leasing.Line::operation).toList(),
                        LeaseReport::pointer,
                        () -> leasing.report(lease, lines, asked.last()));
        return switch (reply) {
            case Reply.All(var parts) -> reported(parts);
            case Reply.PartRefused(_, var index, Reply.CaptureExceedsHold exceeded) ->
                    throw exceeded(exceeded, index).toException();
            case Reply.PartRefused(_, _, Reply.HoldNotOpen _) -> throw over(lease).toException();
            case Reply.Refusal refusal -> answers.to(keys.told(refusal), "Line");
            default -> answers.to(reply, "Line");
        };
    }

    private static Problem exceeded(Reply.CaptureExceedsHold exceeded, int index) {
        return Problem.at(
                        LeaseReport.pointer(index),
                        ProblemType.LEASE_EXCEEDED,
                        "This line comes to "
                                + exceeded.asked()
                                + " credits, and with the lines before it "
                                + exceeded.held()
                                + " of the lease are left. Nothing of the report was charged. Never"
                                + " more is charged than was lent; charge the rest with POST"
                                + " /v1/charges.")
                .inPart(index);
    }

    private Response reported(List<Reply> parts) {
        var json = new JsonWriter(BYTES_EACH * (parts.size() + 1));
        json.beginObject().field("object", "lease_report").beginArray("captures");
        var taken = together.write(json, parts);
        if (!(taken.last() instanceof Fact.Captured last)) {
            throw new IllegalStateException("A line was answered with " + taken.last());
        }
        json.endArray()
                .field("lease", FactId.hold(last.hold()))
                .field("status", last.last() ? "returned" : "lent")
                .field("credits_consumed", taken.consumed())
                .field("credits_left", last.last() ? Credits.ZERO : last.rest())
                .field("credits_returned", last.last() ? last.rest() : Credits.ZERO);
        return together.answer(Status.OK_200, json, taken);
    }

    private Response extend(Request request) {
        var lease = lease(request);
        var key = request.idempotencyKey();
        var life = HoldRequest.readExtension(request.json());
        var fingerprint = fingerprint("extend", lease, life);
        return answer(
                lease,
                leasing.extend(lease, life, new RequestKey(key, fingerprint)),
                "Extending a lease");
    }

    private Response giveBack(Request request) {
        var lease = lease(request);
        var key = request.idempotencyKey();
        request.requireNoBody();
        var fingerprint = fingerprint("return", lease, Duration.ZERO);
        return answer(
                lease,
                leasing.giveBack(lease, new RequestKey(key, fingerprint)),
                "Returning a lease");
    }

    private static Fingerprint fingerprint(String verb, Fact.Held lease, Duration life) {
        return new CanonicalText("POST /v1/leases/{lease}/" + verb)
                .add("lease", lease.id())
                .add("expires_in", life.toString())
                .fingerprint();
    }

    private Response answer(Fact.Held lease, Reply reply, String what) {
        if (reply instanceof Reply.HoldNotOpen) {
            throw over(lease).toException();
        }
        return answers.to(reply, what);
    }

    private static Problem over(Fact.Held lease) {
        return Problem.of(
                ProblemType.LEASE_NOT_OPEN,
                "The lease "
                        + lease.id()
                        + " was returned, or its time was over; what was not reported went back to"
                        + " the account. Charge what was used since with POST /v1/charges.");
    }

    private Fact.Held lease(Request request) {
        var id = request.argument(0);
        var lease = facts.find(request.caller(), Fact.Held.class, id);
        if (lease == null || !lease.lease()) {
            throw Problem.of(
                            ProblemType.UNKNOWN_LEASE,
                            lease == null
                                    ? "There is no lease " + Quoted.of(id) + "."
                                    : Quoted.of(id)
                                            + " is a hold, and no lease. Use /v1/holds/"
                                            + lease.id()
                                            + ".")
                    .toException();
        }
        return lease;
    }
}
