package dev.scrip.service.api;

import dev.scrip.ledger.Fact;
import dev.scrip.ledger.FactId;
import dev.scrip.ledger.Fingerprint;
import dev.scrip.ledger.PartitionException;
import dev.scrip.ledger.Reply;
import dev.scrip.ledger.RequestKey;
import dev.scrip.metering.Leasing;
import dev.scrip.metering.UnratedPartException;
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
    private final CreditHeaders headers;
    private final ServiceMeters meters;

    LeaseRoutes(
            Leasing leasing,
            Facts facts,
            Answers answers,
            CreditHeaders headers,
            ServiceMeters meters) {
        this.leasing = leasing;
        this.facts = facts;
        this.answers = answers;
        this.headers = headers;
        this.meters = meters;
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
        var reply = report(lease, lines, asked.last());
        meters.together(
                lease.account().workspace(),
                lines.stream().map(Leasing.Line::operation).toList(),
                reply);
        return switch (reply) {
            case Reply.All(var parts) -> reported(parts);
            case Reply.PartRefused(_, var index, Reply.CaptureExceedsHold exceeded) ->
                    throw exceeded(exceeded, index).toException();
            case Reply.PartRefused(_, _, Reply.HoldNotOpen _) -> throw over(lease).toException();
            case Reply.Refusal refusal -> answers.to(keys.told(refusal), "Line");
            default -> answers.to(reply, "Line");
        };
    }

    private Reply report(Fact.Held lease, List<Leasing.Line> lines, boolean last) {
        var workspace = lease.account().workspace();
        try {
            return leasing.report(lease, lines, last);
        } catch (UnratedPartException e) {
            var problem =
                    Unpriceable.problem(e.why())
                            .within(LeaseReport.pointer(e.index()))
                            .inPart(e.index());
            meters.unrated(workspace, lines.get(e.index()).operation(), problem);
            throw problem.toException();
        } catch (PartitionException e) {
            meters.failed(workspace, "unknown", e);
            throw e;
        }
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
        var consumed = Credits.ZERO;
        boolean replayed = false;
        Fact.Captured last = null;
        for (var part : parts) {
            if (!(part instanceof Reply.Done(Fact.Captured fact, var again))) {
                throw new IllegalStateException("A capture was answered with " + part);
            }
            answers.write(json, fact);
            consumed = consumed.plus(fact.usage().credits());
            replayed = again;
            last = fact;
        }
        if (last == null) {
            throw new IllegalStateException("A report without lines was answered.");
        }
        var standing = Answers.standing(last);
        json.endArray()
                .field("lease", FactId.hold(last.hold()))
                .field("status", last.last() ? "returned" : "lent")
                .field("credits_consumed", consumed)
                .field("credits_left", last.last() ? Credits.ZERO : last.rest())
                .field("credits_returned", last.last() ? last.rest() : Credits.ZERO)
                .beginObject("meta")
                .field("credits_consumed", consumed)
                .field("credits_remaining", last.balance())
                .field("credits_reset_at", headers.resetsAt(standing))
                .endObject()
                .endObject();
        return Answers.marked(
                Response.json(Status.OK_200, json)
                        .with(CreditHeaders.consumed(consumed))
                        .with(headers.of(standing)),
                replayed);
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
