package dev.scrip.service.api;

import dev.scrip.ledger.Fingerprint;
import dev.scrip.metering.Holding;
import dev.scrip.pricing.Credits;
import dev.scrip.service.http.Fields;
import dev.scrip.service.http.Figure;
import dev.scrip.service.http.JsonReader;
import dev.scrip.service.http.Problem;
import dev.scrip.service.http.ProblemType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The body that sets credits aside: by a quantity and the price book, as many as are named, or as
/// many as earlier captures came to.
///
/// @param quote the price that was bound for it; null when it is priced now
/// @param estimate the share of earlier captures that it is to cover
record HoldRequest(
        String account,
        String operation,
        @Nullable BigDecimal quantity,
        @Nullable Credits maxCredits,
        @Nullable String estimate,
        @Nullable String quote,
        Duration expiresIn) {

    private static final Fields FIELDS =
            Fields.of(
                    "account",
                    "operation",
                    "quantity",
                    "max_credits",
                    "estimate",
                    "quote",
                    "expires_in");
    private static final Fields EXTENSION_FIELDS = Fields.of("expires_in");
    private static final Figure CREDITS =
            new Figure("credits", 13, 6, false, new BigDecimal("1000000000000"));

    /// 31 days, longer than any job should be left without a word.
    private static final Figure SECONDS =
            new Figure("seconds", 7, 0, false, new BigDecimal("2678400"));

    private static final List<String> ESTIMATES = List.of("p50", "p95", "p99");

    private static final Duration LIFE = Duration.ofMinutes(15);

    static HoldRequest read(JsonReader json) {
        String account = null;
        String operation = null;
        BigDecimal quantity = null;
        Credits maxCredits = null;
        String estimate = null;
        String quote = null;
        var expiresIn = LIFE;
        var body = json.object(FIELDS);
        for (var name = body.next(); name != null; name = body.next()) {
            switch (name) {
                case "account" -> account = json.text();
                case "operation" -> operation = json.text();
                case "quantity" -> quantity = json.number(ChargeRequest.QUANTITY);
                case "max_credits" -> maxCredits = readCredits(json);
                case "estimate" -> estimate = json.word(ESTIMATES);
                case "quote" -> quote = json.text(QuoteTokens.LENGTH_MAX);
                case "expires_in" -> expiresIn = readSeconds(json);
                default -> throw new IllegalStateException("unread field " + name);
            }
        }
        json.end();
        if (quantity != null && maxCredits != null) {
            throw Problem.at(
                            "/max_credits",
                            ProblemType.CONFLICTING_FIELDS,
                            "Give either quantity, to hold what it costs, or max_credits.")
                    .toException();
        }
        if (estimate != null && (quantity != null || maxCredits != null)) {
            throw Problem.at(
                            "/estimate",
                            ProblemType.CONFLICTING_FIELDS,
                            "Give either an estimate from earlier captures, or quantity or"
                                    + " max_credits.")
                    .toException();
        }
        if (quote != null && (estimate != null || maxCredits != null)) {
            throw Problem.at(
                            "/quote",
                            ProblemType.CONFLICTING_FIELDS,
                            "Give either a quote, with the quantity it is for, or estimate or"
                                    + " max_credits.")
                    .toException();
        }
        return new HoldRequest(
                body.require("account", account),
                body.require("operation", operation),
                quantity,
                maxCredits,
                estimate,
                quote,
                expiresIn);
    }

    /// The body of an extension.
    static Duration readExtension(JsonReader json) {
        Duration expiresIn = null;
        var body = json.object(EXTENSION_FIELDS);
        for (var name = body.next(); name != null; name = body.next()) {
            expiresIn = readSeconds(json);
        }
        json.end();
        return body.require("expires_in", expiresIn);
    }

    static Credits readCredits(JsonReader json) {
        return Credits.of(json.number(CREDITS), RoundingMode.UNNECESSARY);
    }

    static Duration readSeconds(JsonReader json) {
        return Duration.ofSeconds(json.number(SECONDS).longValueExact());
    }

    /// @param learnt the credits of the estimate, when one is asked for
    Holding.Amount amount(@Nullable Credits learnt) {
        return new Holding.Amount(
                quantity == null ? BigDecimal.ONE : quantity,
                learnt == null ? maxCredits : learnt,
                null);
    }

    Fingerprint fingerprint() {
        return new CanonicalText("POST /v1/holds")
                .add("account", account)
                .add("operation", operation)
                .add("quantity", quantity)
                .add("max_credits", maxCredits == null ? null : maxCredits.toString())
                .add("estimate", estimate)
                .add("quote", quote)
                .add("expires_in", expiresIn.toString())
                .fingerprint();
    }
}
