package dev.scrip.storage;

import dev.scrip.ledger.Fact;
import org.jspecify.annotations.Nullable;

/// What the entry of a fact says of it.
final class EntryColumns {

    private EntryColumns() {}

    static @Nullable String operation(Fact fact) {
        return switch (fact) {
            case Fact.Burned burned -> burned.usage().operation();
            case Fact.Held held -> held.estimate().operation();
            case Fact.Reversed reversed -> reversed.operation();
            default -> null;
        };
    }

    static String kind(Fact fact) {
        return switch (fact) {
            case Fact.AccountOpened _ -> "account_opened";
            case Fact.PeriodStarted _ -> "period_started";
            case Fact.Granted _ -> "granted";
            case Fact.Charged _ -> "charged";
            case Fact.Expired _ -> "expired";
            case Fact.Held _ -> "held";
            case Fact.HoldExtended _ -> "hold_extended";
            case Fact.Captured _ -> "captured";
            case Fact.Released _ -> "released";
            case Fact.Reversed _ -> "reversed";
            case Fact.Voided _ -> "voided";
            case Fact.StatusChanged _ -> "status_changed";
            case Fact.OverageSet _ -> "overage_set";
            case Fact.Settled _ -> "settled";
            case Fact.ReceivablePaid _ -> "receivable_paid";
            case Fact.Adjusted _ -> "adjusted";
            case Fact.PlanChanged _ -> "plan_changed";
            case Fact.PlanChangeScheduled _ -> "plan_change_scheduled";
            case Fact.LimitsSet _ -> "limits_set";
            case Fact.AlertsSet _ -> "alerts_set";
            case Fact.AlertFired _ -> "alert_fired";
            case Fact.AlertRearmed _ -> "alert_rearmed";
            case Fact.TopUpRuleSet _ -> "top_up_rule_set";
            case Fact.TopUpRequested _ -> "top_up_requested";
            case Fact.TopUpFailed _ -> "top_up_failed";
            case Fact.CommitmentSet _ -> "commitment_set";
        };
    }
}
