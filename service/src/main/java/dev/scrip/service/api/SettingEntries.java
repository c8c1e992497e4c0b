package dev.scrip.service.api;

import dev.scrip.ledger.Alert;
import dev.scrip.ledger.Commitment;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.FactId;
import dev.scrip.ledger.Limit;
import dev.scrip.ledger.TopUpRule;
import dev.scrip.service.http.JsonWriter;
import org.jspecify.annotations.Nullable;

/// The part of [Entries] that shows what is set for accounts (limits, alerts, top-ups) and what
/// comes of it.
final class SettingEntries {

    private SettingEntries() {}

    /// Writes a commitment as a member of the open object.
    static void commitment(JsonWriter json, Commitment commitment) {
        json.beginObject("commitment")
                .field("credits_per_month", commitment.creditsPerMonth())
                .field("until", commitment.until())
                .endObject();
    }

    /// Writes the members of an entry about a setting into the open object.
    static void write(JsonWriter json, Fact fact) {
        switch (fact) {
            case Fact.LimitsSet set -> {
                json.field("type", "limits_set").beginArray("limits");
                for (var limit : set.limits()) {
                    json.beginObject();
                    limit(json, limit);
                    json.endObject();
                }
                json.endArray();
            }
            case Fact.AlertsSet set -> {
                json.field("type", "alerts_set").beginArray("alerts");
                for (var alert : set.alerts()) {
                    json.beginObject();
                    alert(json, alert);
                    json.endObject();
                }
                json.endArray();
            }
            case Fact.AlertFired fired -> {
                json.field("type", "alert_fired").beginObject("alert");
                alert(json, fired.alert());
                json.endObject().field("quota", fired.quota()).field("used", fired.used());
            }
            case Fact.AlertRearmed rearmed -> {
                json.field("type", "alert_rearmed").beginObject("alert");
                alert(json, rearmed.alert());
                json.endObject();
            }
            case Fact.TopUpRuleSet set -> {
                json.field("type", "top_up_rule_set");
                rule(json, set.rule());
            }
            case Fact.CommitmentSet set -> {
                json.field("type", "commitment_set");
                commitment(json, set.commitment());
            }
            case Fact.TopUpRequested requested ->
                    json.field("type", "top_up_request").field("credits", requested.credits());
            case Fact.TopUpFailed failed ->
                    json.field("type", "top_up_failure")
                            .field("top_up", FactId.topUp(failed.topUp()))
                            .field("reason", failed.reason());
            default -> throw new IllegalStateException("Fact " + fact.seq() + " sets nothing.");
        }
    }

    /// Writes the members of a limit into the open object.
    static void limit(JsonWriter json, Limit limit) {
        json.field("id", limit.id());
        if (limit.scope().apiKey() != null) {
            json.field("api_key", limit.scope().apiKey());
        }
        if (limit.scope().operation() != null) {
            json.field("operation", limit.scope().operation());
        }
        switch (limit) {
            case Limit.Rate rate ->
                    json.field("calls", rate.calls()).field("per_seconds", rate.per().toSeconds());
            case Limit.Cap cap ->
                    json.field("credits", cap.credits()).field("per", Words.of(cap.window()));
        }
    }

    /// Writes the members of an alert into the open object.
    static void alert(JsonWriter json, Alert alert) {
        json.field("id", alert.id());
        switch (alert) {
            case Alert.Used used -> json.field("used_percent", used.percent());
            case Alert.Remaining remaining -> json.field("remaining_credits", remaining.credits());
            case Alert.Forecast forecast -> json.field("forecast_percent", forecast.percent());
        }
    }

    /// Writes when credits are bought by themselves as the member `rule`.
    static void rule(JsonWriter json, @Nullable TopUpRule rule) {
        if (rule == null) {
            json.field("rule", (String) null);
            return;
        }
        json.beginObject("rule")
                .field("threshold", rule.threshold())
                .field("target", rule.target())
                .field("monthly_cap", rule.monthlyCap())
                .field("cool_off_seconds", rule.coolOff().toSeconds())
                .endObject();
    }
}
