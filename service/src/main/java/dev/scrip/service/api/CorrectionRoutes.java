package dev.scrip.service.api;

import dev.scrip.ledger.Fact;
import dev.scrip.ledger.Overage;
import dev.scrip.ledger.RequestKey;
import dev.scrip.metering.Accounts;
import dev.scrip.metering.Correcting;
import dev.scrip.pricing.Credits;
import dev.scrip.service.access.Scope;
import dev.scrip.service.http.Fields;
import dev.scrip.service.http.Figure;
import dev.scrip.service.http.JsonReader;
import dev.scrip.service.http.Problem;
import dev.scrip.service.http.ProblemType;
import dev.scrip.service.http.Quoted;
import dev.scrip.service.http.Request;
import dev.scrip.service.http.Response;
import dev.scrip.service.http.Route;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What operators set, and set right; the reasons they give can be read in the entries.
public final class CorrectionRoutes {

    private static final Fields REASON_FIELDS = Fields.of("credits", "reason");
    private static final Fields VOID_FIELDS = Fields.of("reason");
    private static final Fields OVERAGE_FIELDS = Fields.of("mode", "credits", "payment");
    private static final Fields STATUS_FIELDS = Fields.of("status", "reason");
    private static final int REASON_LENGTH_MAX = 500;
    private static final Figure ADJUSTMENT =
            Figure.signed("credits", 13, 6, new BigDecimal("1000000000000"));

    private final Accounts accounts;
    private final Correcting correcting;
    private final Facts facts;
    private final Answers answers;

    CorrectionRoutes(Accounts accounts, Correcting correcting, Facts facts, Answers answers) {
        this.accounts = accounts;
        this.correcting = correcting;
        this.facts = facts;
        this.answers = answers;
    }

    /// A part of a charge or of what is owed, and why it is asked for.
    ///
    /// @param credits null for all that is left
    private record Part(@Nullable Credits credits, String reason) {}

    List<Route> routes() {
        return List.of(
                Route.post("/v1/charges/{charge}/reverse", Scope.ADMIN, this::reverse),
                Route.post(
                        "/v1/accounts/{account}/grants/{grant}/void", Scope.ADMIN, this::voidGrant),
                Route.post("/v1/accounts/{account}/adjust", Scope.ADMIN, this::adjust),
                Route.post("/v1/accounts/{account}/overage", Scope.ADMIN, this::setOverage),
                Route.post("/v1/accounts/{account}/receivable/pay", Scope.ADMIN, this::pay),
                Route.post("/v1/accounts/{account}/status", Scope.ADMIN, this::changeStatus));
    }

    private Response reverse(Request request) {
        var id = request.argument(0);
        var charge = facts.find(request.caller(), Fact.Burned.class, id);
        if (charge == null) {
            throw unknownEntry("There is no charge or capture ", id);
        }
        var key = request.idempotencyKey();
        var asked = readPart(request.json());
        var fingerprint =
                new CanonicalText("POST /v1/charges/{charge}/reverse")
                        .add("charge", id)
                        .add("credits", asked.credits == null ? null : asked.credits.toString())
                        .add("reason", asked.reason)
                        .fingerprint();
        return answers.to(
                correcting.reverse(
                        charge, asked.credits, asked.reason, new RequestKey(key, fingerprint)),
                "A reversal");
    }

    private static Part readPart(JsonReader json) {
        Credits credits = null;
        String reason = null;
        var body = json.object(REASON_FIELDS);
        for (var name = body.next(); name != null; name = body.next()) {
            switch (name) {
                case "credits" -> credits = HoldRequest.readCredits(json);
                case "reason" -> reason = json.text(REASON_LENGTH_MAX);
                default -> throw new IllegalStateException("unread field " + name);
            }
        }
        json.end();
        return new Part(credits, body.require("reason", reason));
    }

    private Response voidGrant(Request request) {
        var account = AccountNames.argument(request.caller(), request.argument(0));
        var id = request.argument(1);
        var grant = facts.find(account, Fact.Granted.class, id);
        if (grant == null) {
            if (accounts.read(account) == null) {
                throw AccountNames.unknown(account).toException();
            }
            throw unknownEntry("The account has no grant ", id);
        }
        var key = request.idempotencyKey();
        var json = request.json();
        String reason = null;
        var body = json.object(VOID_FIELDS);
        for (var name = body.next(); name != null; name = body.next()) {
            reason = json.text(REASON_LENGTH_MAX);
        }
        json.end();
        var why = body.require("reason", reason);
        var fingerprint =
                new CanonicalText("POST /v1/accounts/{account}/grants/{grant}/void")
                        .add("grant", id)
                        .add("reason", why)
                        .fingerprint();
        return answers.to(
                correcting.voidGrant(grant, why, new RequestKey(key, fingerprint)),
                "Voiding a grant");
    }

    private Response adjust(Request request) {
        var account = AccountNames.argument(request.caller(), request.argument(0));
        var key = request.idempotencyKey();
        var json = request.json();
        BigDecimal credits = null;
        String reason = null;
        var body = json.object(REASON_FIELDS);
        for (var name = body.next(); name != null; name = body.next()) {
            switch (name) {
                case "credits" -> credits = json.number(ADJUSTMENT);
                case "reason" -> reason = json.text(REASON_LENGTH_MAX);
                default -> throw new IllegalStateException("unread field " + name);
            }
        }
        json.end();
        var change = body.require("credits", credits);
        var why = body.require("reason", reason);
        var requestKey =
                new RequestKey(
                        key,
                        new CanonicalText("POST /v1/accounts/{account}/adjust")
                                .add("credits", change)
                                .add("reason", why)
                                .fingerprint());
        var size = Credits.of(change.abs(), RoundingMode.UNNECESSARY);
        return answers.to(
                change.signum() > 0
                        ? correcting.give(account, size, why, requestKey)
                        : correcting.deduct(account, size, why, requestKey),
                "The adjustment");
    }

    private Response pay(Request request) {
        var account = AccountNames.argument(request.caller(), request.argument(0));
        var key = request.idempotencyKey();
        var asked = readPart(request.json());
        var fingerprint =
                new CanonicalText("POST /v1/accounts/{account}/receivable/pay")
                        .add("credits", asked.credits == null ? null : asked.credits.toString())
                        .add("reason", asked.reason)
                        .fingerprint();
        return answers.to(
                correcting.payReceivable(
                        account, asked.credits, asked.reason, new RequestKey(key, fingerprint)),
                "Paying what is owed");
    }

    private Response setOverage(Request request) {
        var account = AccountNames.argument(request.caller(), request.argument(0));
        var key = request.idempotencyKey();
        var overage = readOverage(request.json());
        var fingerprint =
                new CanonicalText("POST /v1/accounts/{account}/overage")
                        .add("limit", overage.limit().toString())
                        .add("payment", isInvoiced(overage) ? "invoiced" : null)
                        .fingerprint();
        return answers.to(
                correcting.setOverage(account, overage, new RequestKey(key, fingerprint)),
                "Setting the overage");
    }

    private static Overage readOverage(JsonReader json) {
        String mode = null;
        Credits credits = null;
        var payment = Overage.Payment.FROM_PURCHASES;
        var body = json.object(OVERAGE_FIELDS);
        for (var name = body.next(); name != null; name = body.next()) {
            switch (name) {
                case "mode" -> mode = json.word(Words.OVERAGE_MODES);
                case "credits" -> credits = HoldRequest.readCredits(json);
                case "payment" -> payment = Words.payment(json.word(Words.PAYMENTS));
                default -> throw new IllegalStateException("unread field " + name);
            }
        }
        json.end();
        var wanted = body.require("mode", mode);
        if (wanted.equals("limited")) {
            return new Overage(body.require("credits", credits), payment);
        }
        if (credits != null) {
            throw Problem.at(
                            "/credits",
                            ProblemType.CONFLICTING_FIELDS,
                            "A limit goes with the mode \"limited\" only.")
                    .toException();
        }
        var standard = wanted.equals("unlimited") ? Overage.UNLIMITED : Overage.REFUSED;
        return new Overage(standard.limit(), payment);
    }

    private static boolean isInvoiced(Overage overage) {
        return overage.payment() == Overage.Payment.INVOICED;
    }

    private Response changeStatus(Request request) {
        var account = AccountNames.argument(request.caller(), request.argument(0));
        var key = request.idempotencyKey();
        var json = request.json();
        String status = null;
        String reason = null;
        var body = json.object(STATUS_FIELDS);
        for (var name = body.next(); name != null; name = body.next()) {
            switch (name) {
                case "status" -> status = json.word(Words.ACCOUNT_STATUSES);
                case "reason" -> reason = json.text(REASON_LENGTH_MAX);
                default -> throw new IllegalStateException("unread field " + name);
            }
        }
        json.end();
        var wanted = body.require("status", status);
        var why = body.require("reason", reason);
        var fingerprint =
                new CanonicalText("POST /v1/accounts/{account}/status")
                        .add("status", wanted)
                        .add("reason", why)
                        .fingerprint();
        return answers.to(
                correcting.changeStatus(
                        account,
                        Words.accountStatus(wanted),
                        why,
                        new RequestKey(key, fingerprint)),
                "Changing the status");
    }

    private static RuntimeException unknownEntry(String what, String id) {
        return Problem.of(ProblemType.UNKNOWN_ENTRY, what + Quoted.of(id) + ".").toException();
    }
}
