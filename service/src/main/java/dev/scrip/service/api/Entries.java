package dev.scrip.service.api;

import dev.scrip.ledger.Draw;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.FactId;
import dev.scrip.ledger.GrantTerms;
import dev.scrip.ledger.Overage;
import dev.scrip.ledger.RatedUsage;
import dev.scrip.service.http.JsonWriter;

/// Shows facts to customers, as entries of their account.
final class Entries {

    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int PREFIX_LENGTH = 3;
    private static final int DIGIT_COUNT = 10;

    private Entries() {}

    /// Writes the members of an entry into the open object.
    ///
    /// @param currency of all price books, since they have one
    static void write(JsonWriter json, Fact fact, String currency) {
        json.field("id", fact.id()).field("object", "entry");
        switch (fact) {
            case Fact.AccountOpened opened -> {
                json.field("type", "account_opened")
                        .field("plan", opened.plan().plan())
                        .field("zone", opened.zone().getId())
                        .field("period_end", opened.periodEnd());
                var pool = opened.pool();
                if (pool != null) {
                    json.field("pool", pool.name());
                }
            }
            case Fact.PeriodStarted started ->
                    json.field("type", "period_started")
                            .field("period_start", started.start())
                            .field("period_end", started.end());
            case Fact.Granted granted -> {
                json.field("type", "grant")
                        .field("credits", granted.terms().amount())
                        .field("category", Words.of(granted.terms().category()))
                        .field("origin", Words.of(granted.origin().kind()))
                        .field("priority", granted.terms().priority())
                        .field("effective_at", granted.terms().effective())
                        .field("expires_at", granted.terms().expires());
                grantDetails(json, granted);
            }
            case Fact.Charged charged -> burned(json.field("type", "charge"), charged);
            case Fact.Captured captured ->
                    burned(
                            json.field("type", "capture")
                                    .field("hold", FactId.hold(captured.hold())),
                            captured);
            case Fact.Held held ->
                    json.field("type", held.lease() ? "lease" : "hold")
                            .field("credits", held.estimate().credits())
                            .field("operation", held.estimate().operation())
                            .field("expires_at", held.expires());
            case Fact.HoldExtended extended ->
                    json.field("type", "hold_extension")
                            .field("hold", FactId.hold(extended.hold()))
                            .field("expires_at", extended.expires());
            case Fact.Released released ->
                    json.field("type", "release")
                            .field("credits", Draw.sum(released.draws()))
                            .field("hold", FactId.hold(released.hold()))
                            .field("reason", Words.of(released.reason()));
            case Fact.Reversed reversed ->
                    json.field("type", "reversal")
                            .field("credits", reversed.credits())
                            .field("operation", reversed.operation())
                            .field("forgiven_credits", reversed.forgiven())
                            .field("charge", reversed.chargeId())
                            .field("reason", reversed.reason());
            case Fact.Voided voided ->
                    json.field("type", "void")
                            .field("credits", voided.rest())
                            .field("grant", FactId.grant(voided.grant()))
                            .field("reason", voided.reason());
            case Fact.OverageSet set -> overage(json.field("type", "overage_set"), set.overage());
            case Fact.Settled settled ->
                    json.field("type", "settlement")
                            .field("credits", settled.credits())
                            .field("grant", FactId.grant(settled.grant()));
            case Fact.ReceivablePaid paid ->
                    json.field("type", "receivable_payment")
                            .field("credits", paid.credits())
                            .field("reason", paid.reason());
            case Fact.Adjusted adjusted ->
                    json.field("type", "adjustment")
                            .field("credits", adjusted.credits())
                            .field("reason", adjusted.reason());
            case Fact.PlanChanged _, Fact.PlanChangeScheduled _ ->
                    PlanEntries.write(json, fact, currency);
            case Fact.LimitsSet _,
                    Fact.AlertsSet _,
                    Fact.AlertFired _,
                    Fact.AlertRearmed _,
                    Fact.CommitmentSet _,
                    Fact.TopUpRuleSet _,
                    Fact.TopUpRequested _,
                    Fact.TopUpFailed _ ->
                    SettingEntries.write(json, fact);
            case Fact.StatusChanged changed ->
                    json.field("type", "status_change")
                            .field("status", Words.of(changed.status()))
                            .field("reason", changed.reason());
            case Fact.Expired expired ->
                    json.field("type", "expiry")
                            .field("credits", expired.rest())
                            .field("grant", FactId.grant(expired.grant()))
                            .field("expired_at", expired.instant());
        }
        json.field("at", fact.at()).field("balance", fact.balance());
    }

    /// Writes what only some grants have: what they may be used for, what they follow from, and why
    /// an operator gave them.
    static void grantDetails(JsonWriter json, Fact.Granted fact) {
        operations(json, fact.terms());
        var origin = fact.origin();
        switch (origin.kind()) {
            case BONUS -> json.field("bonus_of", FactId.grant(origin.cause()));
            case TOP_UP -> json.field("top_up", FactId.topUp(origin.cause()));
            case ASKED, PLAN, ROLLOVER, REVERSAL, ADJUSTMENT -> {}
        }
        if (!origin.reason().isEmpty()) {
            json.field("reason", origin.reason());
        }
    }

    /// Writes the operations that a grant is restricted to.
    static void operations(JsonWriter json, GrantTerms terms) {
        if (!terms.operations().isEmpty()) {
            json.beginArray("operations");
            terms.operations().forEach(json::element);
            json.endArray();
        }
    }

    /// Writes the member that says how much an account may owe.
    static void overage(JsonWriter json, Overage overage) {
        json.beginObject("overage").field("mode", Words.of(overage));
        if (!overage.isUnlimited() && overage.limit().isPositive()) {
            json.field("credits", overage.limit());
        }
        json.field("payment", Words.of(overage.payment())).endObject();
    }

    private static void burned(JsonWriter json, Fact.Burned fact) {
        json.field("credits", fact.usage().credits())
                .field("operation", fact.usage().operation())
                .field("quantity", fact.usage().quantity())
                .field("base", fact.usage().base());
        if (!fact.usage().adjustments().isEmpty()) {
            Adjusted.write(json, fact.usage().adjustments());
        }
        json.field("price_table", fact.usage().priceBook());
        var usedAt = fact.usage().usedAt();
        if (usedAt != null) {
            json.field("used_at", usedAt);
        }
        caller(json, fact.usage());
        if (fact.overage().isPositive()) {
            json.field("overage_credits", fact.overage());
        }
        Answers.draws(json, fact.burned(), fact.resetsAt(), fact.resetsAt().toString());
    }

    /// Writes who made a call, when somebody said.
    static void caller(JsonWriter json, RatedUsage usage) {
        if (usage.apiKey() != null) {
            json.field("api_key", usage.apiKey());
        }
        if (usage.child() != null) {
            json.field("child", usage.child());
        }
    }

    /// The sequence number in an entry's id, -1 when it is no such id.
    static long seq(String id) {
        if (id.length() != PREFIX_LENGTH + DIGIT_COUNT) {
            return -1;
        }
        long seq = 0;
        for (int i = PREFIX_LENGTH; i < id.length(); i++) {
            int digit = DIGITS.indexOf(id.charAt(i));
            if (digit < 0) {
                return -1;
            }
            seq = (seq << 5) | digit;
        }
        return seq;
    }
}
