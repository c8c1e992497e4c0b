package dev.scrip.service.api;

import dev.scrip.ledger.Fact;
import dev.scrip.ledger.PlanTerms;
import dev.scrip.service.http.JsonWriter;
import java.math.BigDecimal;
import java.util.Locale;

/// The part of [Entries] that shows plans, and how accounts change them.
final class PlanEntries {

    private static final int SHARE_DECIMALS = 6;

    private PlanEntries() {}

    /// Writes the members of an entry about a plan into the open object.
    static void write(JsonWriter json, Fact fact, String currency) {
        switch (fact) {
            case Fact.PlanChanged changed -> {
                json.field("type", "plan_change");
                plan(json, "plan", changed.plan());
                json.field("period_start", changed.start())
                        .field("period_end", changed.end())
                        .field(
                                "unused_share",
                                BigDecimal.valueOf(changed.unusedShare(), SHARE_DECIMALS))
                        .field("unused_fee", changed.unusedFee(), currency);
            }
            case Fact.PlanChangeScheduled scheduled -> {
                json.field("type", "plan_change_scheduled");
                var plan = scheduled.plan();
                if (plan == null) {
                    json.field("plan", (String) null);
                } else {
                    plan(json, "plan", plan);
                }
            }
            default -> throw new IllegalStateException("Fact " + fact.seq() + " has no plan.");
        }
    }

    /// Writes a plan as a member.
    static void plan(JsonWriter json, String name, PlanTerms plan) {
        json.beginObject(name)
                .field("id", plan.plan())
                .field("included_credits", plan.included())
                .field("interval", plan.interval().name().toLowerCase(Locale.ROOT))
                .field("burn_order", plan.burnOrder().name().toLowerCase(Locale.ROOT));
        var rollover = plan.rollover();
        if (rollover.share().signum() > 0) {
            json.beginObject("rollover").field("share", rollover.share());
            if (!rollover.cap().equals(PlanTerms.Rollover.NO_CAP)) {
                json.field("cap", rollover.cap());
            }
            json.endObject();
        }
        json.endObject();
    }
}
