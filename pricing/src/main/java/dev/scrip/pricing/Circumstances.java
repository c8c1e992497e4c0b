package dev.scrip.pricing;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the price of a call may depend on beside the call: when it is made, under which load, and
/// by whom. Whoever asks for a price brings them.
///
/// @param at when the call is made
/// @param loadPricesOn the ids of the load prices that are on; see [Adjustment.LoadPrice#isOn]
/// @param account as workspace and account, such as `live/acme`; null when nobody is known
/// @param plan the id of its plan; null when it is not known
/// @param commitment credits a month that it promised to buy
/// @param used credits it has used in its period so far
public record Circumstances(
        Instant at,
        Set<String> loadPricesOn,
        @Nullable String account,
        @Nullable String plan,
        Credits commitment,
        Credits used) {

    public Circumstances {
        loadPricesOn = Set.copyOf(loadPricesOn);
    }

    /// Of a call by nobody in particular, under no load.
    public static Circumstances at(Instant instant) {
        return new Circumstances(instant, Set.of(), null, null, Credits.ZERO, Credits.ZERO);
    }

    public Circumstances under(Set<String> loadPrices) {
        return new Circumstances(at, loadPrices, account, plan, commitment, used);
    }

    public Circumstances by(
            @Nullable String caller,
            @Nullable String itsPlan,
            Credits itsCommitment,
            Credits itsUse) {
        return new Circumstances(at, loadPricesOn, caller, itsPlan, itsCommitment, itsUse);
    }
}
