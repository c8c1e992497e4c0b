package dev.scrip.client;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A change of the plan, done or scheduled.
///
/// @param id of the entry
/// @param type `plan_change` or `plan_change_scheduled`
/// @param unusedShare of the old plan's period; null when the change is to come
/// @param unusedFee that share of the old plan's fee, to be credited; null when it is to come
public record ChangedPlan(
        String id,
        String type,
        Instant at,
        @Nullable BigDecimal unusedShare,
        @Nullable MoneyAmount unusedFee) {

    /// When the plan is to change.
    public enum When {
        NOW,
        PERIOD_END
    }

    public ChangedPlan {
        requireNonNull(id, "id");
        requireNonNull(type, "type");
    }
}
