package dev.scrip.client;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// A threshold that fires once when it is crossed, and again only after the account recovered. It
/// has one of the three figures.
///
/// @param id tells the alerts of an account apart
/// @param usedPercent of the quota
/// @param remainingCredits fewer than which are left
/// @param forecastPercent of the quota, used when the period goes on as so far
public record AccountAlert(
        String id,
        @Nullable Integer usedPercent,
        @Nullable BigDecimal remainingCredits,
        @Nullable Integer forecastPercent) {

    public AccountAlert {
        requireNonNull(id, "id");
    }

    public static AccountAlert used(String id, int percent) {
        return new AccountAlert(id, percent, null, null);
    }

    public static AccountAlert remaining(String id, BigDecimal credits) {
        return new AccountAlert(id, null, credits, null);
    }

    public static AccountAlert forecast(String id, int percent) {
        return new AccountAlert(id, null, null, percent);
    }
}
