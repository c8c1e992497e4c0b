package dev.scrip.service.api;

import dev.scrip.ledger.Alert;
import dev.scrip.ledger.Commitment;
import dev.scrip.ledger.Limit;
import dev.scrip.ledger.TopUpRule;
import dev.scrip.pricing.Credits;
import dev.scrip.service.http.Fields;
import dev.scrip.service.http.Figure;
import dev.scrip.service.http.JsonReader;
import dev.scrip.service.http.Problem;
import dev.scrip.service.http.ProblemException;
import dev.scrip.service.http.ProblemType;
import dev.scrip.service.http.Quoted;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the bodies that set something for an account. What they set is fit for the ledger; whether
/// the operations they name exist is for the price book to say.
final class SettingRequests {

    static final int LENGTH_MAX = 50;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private static final Fields LIMITS_FIELDS = Fields.of("limits");
    private static final Fields LIMIT_FIELDS =
            Fields.of("id", "api_key", "operation", "calls", "per_seconds", "credits", "per");
    private static final Fields ALERTS_FIELDS = Fields.of("alerts");
    private static final Fields ALERT_FIELDS =
            Fields.of("id", "used_percent", "remaining_credits", "forecast_percent");
    private static final Fields TOP_UP_FIELDS = Fields.of("rule");
    private static final Fields RULE_FIELDS =
            Fields.of("threshold", "target", "monthly_cap", "cool_off_seconds");

    private static final Fields COMMITMENT_FIELDS = Fields.of("credits_per_month", "until");

    private static final Figure COMMITTED =
            new Figure("credits", 13, 3, true, new BigDecimal("1000000000000"));
    private static final Figure CALLS =
            new Figure("calls", 7, 0, false, BigDecimal.valueOf(Limit.Rate.CALLS_MAX));
    private static final Figure PER_SECONDS =
            new Figure("seconds", 5, 0, false, BigDecimal.valueOf(Limit.Rate.PER_MAX.toSeconds()));
    private static final Figure CAP_CREDITS =
            new Figure("credits", 13, 6, true, new BigDecimal("1000000000000"));
    private static final Figure PERCENT =
            new Figure("percent", 4, 0, false, BigDecimal.valueOf(1_000));

    /// A year, longer than anybody waits for a payment.
    private static final Figure COOL_OFF_SECONDS =
            new Figure("cool-off", 8, 0, true, BigDecimal.valueOf(31_536_000));

    private SettingRequests() {}

    /// Reads one element of a list, whose object has been entered.
    private interface ElementReader<T> {
        /// @param pointer of the element
        T read(JsonReader json, String pointer);
    }

    static List<Limit> limits(JsonReader json) {
        List<Limit> limits = null;
        var body = json.object(LIMITS_FIELDS);
        for (var name = body.next(); name != null; name = body.next()) {
            limits = list(json, "/limits", SettingRequests::limit);
        }
        json.end();
        return body.require("limits", limits);
    }

    static List<Alert> alerts(JsonReader json) {
        List<Alert> alerts = null;
        var body = json.object(ALERTS_FIELDS);
        for (var name = body.next(); name != null; name = body.next()) {
            alerts = list(json, "/alerts", SettingRequests::alert);
        }
        json.end();
        return body.require("alerts", alerts);
    }

    /// Null for no rule.
    static @Nullable TopUpRule topUpRule(JsonReader json) {
        var body = json.object(TOP_UP_FIELDS);
        TopUpRule rule = null;
        boolean given = false;
        for (var name = body.next(); name != null; name = body.next()) {
            rule = json.isNull() ? null : rule(json);
            given = true;
        }
        json.end();
        return given ? rule : body.require("rule", rule);
    }

    static Commitment commitment(JsonReader json) {
        Credits credits = null;
        Instant until = null;
        var body = json.object(COMMITMENT_FIELDS);
        for (var name = body.next(); name != null; name = body.next()) {
            switch (name) {
                case "credits_per_month" ->
                        credits = Credits.of(json.number(COMMITTED), RoundingMode.UNNECESSARY);
                case "until" -> until = json.isNull() ? null : Times.read(json);
                default -> throw new IllegalStateException("unread field " + name);
            }
        }
        json.end();
        return new Commitment(body.require("credits_per_month", credits), until);
    }

    private static <T> List<T> list(JsonReader json, String pointer, ElementReader<T> reader) {
        var elements = new ArrayList<T>();
        json.beginArray();
        while (json.nextElement()) {
            if (elements.size() == LENGTH_MAX) {
                throw json.problem(
                        ProblemType.INVALID_VALUE, "is one too many: at most " + LENGTH_MAX);
            }
            elements.add(reader.read(json, pointer + "/" + elements.size()));
        }
        return elements;
    }

    /// An id that tells the elements of a list apart.
    private static String id(JsonReader json) {
        var id = json.text();
        if (!ID.matcher(id).matches()) {
            throw json.problem(
                    ProblemType.INVALID_ID,
                    "must be 1 to 64 of the characters A-Z a-z 0-9 . _ -, but was "
                            + Quoted.of(id));
        }
        return id;
    }

    /// Requires that no two elements have the same id.
    ///
    /// @param pointer of the list
    static void requireDistinct(List<String> ids, String pointer) {
        var seen = new HashSet<String>();
        for (int i = 0; i < ids.size(); i++) {
            if (!seen.add(ids.get(i))) {
                throw Problem.at(
                                pointer + "/" + i + "/id",
                                ProblemType.INVALID_VALUE,
                                "The id "
                                        + Quoted.of(ids.get(i))
                                        + " is given twice. Each needs one of its own.")
                        .toException();
            }
        }
    }

    private static Limit limit(JsonReader json, String pointer) {
        String id = null;
        String apiKey = null;
        String operation = null;
        BigDecimal calls = null;
        BigDecimal perSeconds = null;
        Credits credits = null;
        String per = null;
        var body = json.object(LIMIT_FIELDS, pointer);
        for (var name = body.next(); name != null; name = body.next()) {
            switch (name) {
                case "id" -> id = id(json);
                case "api_key" -> apiKey = json.text();
                case "operation" -> operation = OperationPatterns.read(json);
                case "calls" -> calls = json.number(CALLS);
                case "per_seconds" -> perSeconds = json.number(PER_SECONDS);
                case "credits" ->
                        credits = Credits.of(json.number(CAP_CREDITS), RoundingMode.UNNECESSARY);
                case "per" -> per = json.word(Words.LIMIT_WINDOWS);
                default -> throw new IllegalStateException("unread field " + name);
            }
        }
        var known = body.require("id", id);
        boolean isRate = calls != null || perSeconds != null;
        if (isRate == (credits != null || per != null)) {
            throw oneKind(
                    pointer,
                    isRate,
                    "Give either calls and per_seconds, for a rate limit, or credits and per, for"
                            + " a spend cap.");
        }
        var scope = new Limit.Scope(apiKey, operation);
        return isRate
                ? new Limit.Rate(
                        known,
                        scope,
                        body.require("calls", calls).intValueExact(),
                        Duration.ofSeconds(
                                body.require("per_seconds", perSeconds).longValueExact()))
                : new Limit.Cap(
                        known,
                        scope,
                        Words.limitWindow(body.require("per", per)),
                        body.require("credits", credits));
    }

    private static Alert alert(JsonReader json, String pointer) {
        String id = null;
        BigDecimal used = null;
        Credits remaining = null;
        BigDecimal forecast = null;
        int kinds = 0;
        var body = json.object(ALERT_FIELDS, pointer);
        for (var name = body.next(); name != null; name = body.next()) {
            switch (name) {
                case "id" -> id = id(json);
                case "used_percent" -> used = json.number(PERCENT);
                case "remaining_credits" -> remaining = HoldRequest.readCredits(json);
                case "forecast_percent" -> forecast = json.number(PERCENT);
                default -> throw new IllegalStateException("unread field " + name);
            }
            kinds += name.equals("id") ? 0 : 1;
        }
        var known = body.require("id", id);
        if (kinds == 1 && used != null) {
            return new Alert.Used(known, used.intValueExact());
        }
        if (kinds == 1 && remaining != null) {
            return new Alert.Remaining(known, remaining);
        }
        if (kinds == 1 && forecast != null) {
            return new Alert.Forecast(known, forecast.intValueExact());
        }
        throw oneKind(
                pointer,
                kinds > 0,
                "Give one of used_percent, remaining_credits and forecast_percent.");
    }

    private static ProblemException oneKind(String pointer, boolean given, String detail) {
        return Problem.at(
                        pointer,
                        given ? ProblemType.CONFLICTING_FIELDS : ProblemType.MISSING_FIELD,
                        detail)
                .toException();
    }

    private static TopUpRule rule(JsonReader json) {
        Credits threshold = null;
        Credits target = null;
        Credits monthlyCap = null;
        BigDecimal coolOff = null;
        var body = json.object(RULE_FIELDS, "/rule");
        for (var name = body.next(); name != null; name = body.next()) {
            switch (name) {
                case "threshold" -> threshold = HoldRequest.readCredits(json);
                case "target" -> target = HoldRequest.readCredits(json);
                case "monthly_cap" -> monthlyCap = HoldRequest.readCredits(json);
                case "cool_off_seconds" -> coolOff = json.number(COOL_OFF_SECONDS);
                default -> throw new IllegalStateException("unread field " + name);
            }
        }
        var below = body.require("threshold", threshold);
        var upTo = body.require("target", target);
        if (upTo.compareTo(below) <= 0) {
            throw Problem.at(
                            "/rule/target",
                            ProblemType.AMOUNT_NOT_POSITIVE,
                            "The target ("
                                    + upTo
                                    + ") must be more than the threshold ("
                                    + below
                                    + "): it is what a top-up fills up to.")
                    .toException();
        }
        var atMost = body.require("monthly_cap", monthlyCap);
        if (!atMost.covers(upTo.minus(below))) {
            throw Problem.at(
                            "/rule/monthly_cap",
                            ProblemType.AMOUNT_NOT_POSITIVE,
                            "The monthly cap ("
                                    + atMost
                                    + ") must be at least what one top-up comes to, from the"
                                    + " threshold up to the target: "
                                    + upTo.minus(below)
                                    + ".")
                    .toException();
        }
        return new TopUpRule(
                below,
                upTo,
                atMost,
                Duration.ofSeconds(body.require("cool_off_seconds", coolOff).longValueExact()));
    }
}
