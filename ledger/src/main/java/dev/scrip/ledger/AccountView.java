package dev.scrip.ledger;

import dev.scrip.pricing.Credits;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/// An account as it stood at one instant.
///
/// @param available credits of the grants in effect
/// @param quota what those grants deposited
/// @param used what was burned of them
/// @param held set aside by open holds
/// @param receivable what was used beyond all grants and is not paid yet
/// @param grants all that have not lapsed, in burn order, spent and future ones included
public record AccountView(
        AccountId account,
        PlanTerms plan,
        ZoneId zone,
        Instant openedAt,
        Instant periodStart,
        Instant periodEnd,
        AccountStatus status,
        Credits available,
        Credits quota,
        Credits used,
        Credits held,
        Overage overage,
        Credits receivable,
        List<GrantView> grants,
        List<HoldView> holds) {

    /// @param hold the sequence number of the fact that set the credits aside
    public record HoldView(long hold, String operation, Credits credits, Instant expires) {}

    /// @param grant the sequence number of the fact that granted it
    public record GrantView(long grant, GrantTerms terms, Credits remaining) {}

    /// Whether a charge of so many credits would be taken now.
    public boolean canPay(Credits price) {
        return available.covers(price) || overage.allows(price.minus(available), receivable);
    }
}
