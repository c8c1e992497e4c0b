package dev.scrip.ledger;

import dev.scrip.pricing.Credits;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An account as it stood at one instant. A child shows the plan and the credits of its pool.
///
/// @param pool on whose grants it draws; null when it has its own
/// @param nextPlan from the next period on; null when it stays
/// @param available credits of the grants in effect
/// @param quota what those grants deposited
/// @param used what was burned of them
/// @param held set aside by open holds
/// @param receivable what was used beyond all grants and is not paid yet
/// @param topUpRule null when nothing is bought by itself
/// @param openTopUp the sequence number of the request that is to be paid; 0 for none
/// @param commitment what was promised, over or not
/// @param children names of the accounts that draw on this one
/// @param grants all that have not lapsed, in burn order, spent and future ones included
public record AccountView(
        AccountId account,
        @Nullable AccountId pool,
        PlanTerms plan,
        @Nullable PlanTerms nextPlan,
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
        List<HoldView> holds,
        List<LimitView> limits,
        List<AlertView> alerts,
        @Nullable TopUpRule topUpRule,
        long openTopUp,
        Commitment commitment,
        List<String> children) {

    /// @param hold the sequence number of the fact that set the credits aside
    /// @param lease whether they were lent to a client
    public record HoldView(
            long hold, String operation, boolean lease, Credits credits, Instant expires) {}

    /// @param used of a cap: credits in its window, open holds included; zero for a rate
    /// @param callsLeft of a rate: that would be allowed now; 0 for a cap
    /// @param resetsAt when nothing counts any more
    public record LimitView(Limit limit, Credits used, int callsLeft, Instant resetsAt) {}

    /// @param fired and not recovered since
    public record AlertView(Alert alert, boolean fired) {}

    /// @param grant the sequence number of the fact that granted it
    /// @param ofEarlierPlan whether a plan granted it that the account has left since
    public record GrantView(
            long grant, GrantTerms terms, Credits remaining, boolean ofEarlierPlan) {}
}
