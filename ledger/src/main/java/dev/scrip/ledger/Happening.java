package dev.scrip.ledger;

import org.jspecify.annotations.Nullable;

/// Kinds of facts that operators want to see counted, whoever or whatever caused them.
public enum Happening {
    ALERT_FIRED,
    TOP_UP_REQUESTED,
    TOP_UP_CONFIRMED,
    TOP_UP_FAILED,
    PLAN_CHANGED;

    /// What a fact is of these; null for the others.
    static @Nullable Happening of(Fact fact) {
        return switch (fact) {
            case Fact.AlertFired _ -> ALERT_FIRED;
            case Fact.TopUpRequested _ -> TOP_UP_REQUESTED;
            case Fact.Granted granted when granted.origin().kind() == GrantOrigin.Kind.TOP_UP ->
                    TOP_UP_CONFIRMED;
            case Fact.TopUpFailed _ -> TOP_UP_FAILED;
            case Fact.PlanChanged _ -> PLAN_CHANGED;
            default -> null;
        };
    }
}
