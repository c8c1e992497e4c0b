package dev.scrip.service.api;

import dev.scrip.ledger.AccountView;
import dev.scrip.ledger.Commitment;
import dev.scrip.ledger.FactId;
import dev.scrip.ledger.Limit;
import dev.scrip.pricing.Credits;
import dev.scrip.service.http.JsonWriter;

/// Shows where an account stands.
final class AccountBody {

    private AccountBody() {}

    static JsonWriter of(AccountView view) {
        var json = new JsonWriter(1_024);
        var pool = view.pool();
        json.beginObject()
                .field("id", view.account().name())
                .field("object", "account")
                .field("pool", pool == null ? null : pool.name())
                .field("plan", view.plan().plan())
                .field("included_credits", view.plan().included());
        var next = view.nextPlan();
        if (next == null) {
            json.field("next_plan", (String) null);
        } else {
            PlanEntries.plan(json, "next_plan", next);
        }
        json.field("status", Words.of(view.status()))
                .field("zone", view.zone().getId())
                .field("opened_at", view.openedAt())
                .beginObject("period")
                .field("start", view.periodStart())
                .field("end", view.periodEnd())
                .endObject()
                .beginObject("credits")
                .field("available", view.available())
                .field("quota", view.quota())
                .field("used", view.used())
                .field("held", view.held())
                .field("receivable", view.receivable())
                .endObject();
        Entries.overage(json, view.overage());
        if (!view.commitment().equals(Commitment.NONE)) {
            SettingEntries.commitment(json, view.commitment());
        }
        grants(json, view);
        holds(json, view);
        limits(json, view);
        json.beginArray("alerts");
        for (var alert : view.alerts()) {
            json.beginObject();
            SettingEntries.alert(json, alert.alert());
            json.field("fired", alert.fired()).endObject();
        }
        json.endArray().beginObject("top_up");
        SettingEntries.rule(json, view.topUpRule());
        json.field("open", view.openTopUp() == 0 ? null : FactId.topUp(view.openTopUp()))
                .endObject()
                .beginArray("children");
        view.children().forEach(json::element);
        return json.endArray().endObject();
    }

    private static void grants(JsonWriter json, AccountView view) {
        json.beginArray("grants");
        for (var grant : view.grants()) {
            var terms = grant.terms();
            json.beginObject()
                    .field("id", FactId.grant(grant.grant()))
                    .field("category", Words.of(terms.category()))
                    .field("priority", terms.priority())
                    .field("credits", terms.amount())
                    .field("remaining", grant.remaining())
                    .field("effective_at", terms.effective())
                    .field("expires_at", terms.expires());
            Entries.operations(json, terms);
            json.endObject();
        }
        json.endArray();
    }

    private static void holds(JsonWriter json, AccountView view) {
        json.beginArray("holds");
        for (var hold : view.holds()) {
            json.beginObject()
                    .field("id", FactId.hold(hold.hold()))
                    .field("operation", hold.operation())
                    .field("lease", hold.lease())
                    .field("credits", hold.credits())
                    .field("expires_at", hold.expires())
                    .endObject();
        }
        json.endArray();
    }

    private static void limits(JsonWriter json, AccountView view) {
        json.beginArray("limits");
        for (var counted : view.limits()) {
            json.beginObject();
            SettingEntries.limit(json, counted.limit());
            switch (counted.limit()) {
                case Limit.Rate _ -> json.field("calls_left", counted.callsLeft());
                case Limit.Cap(_, _, _, var credits) ->
                        json.field("used", counted.used())
                                .field("remaining", left(credits, counted.used()));
            }
            json.field("resets_at", counted.resetsAt()).endObject();
        }
        json.endArray();
    }

    /// Captures are not refused by a cap, so more than it may be used.
    private static Credits left(Credits cap, Credits used) {
        return cap.minus(used.min(cap));
    }
}
