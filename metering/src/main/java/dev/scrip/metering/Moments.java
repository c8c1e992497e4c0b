package dev.scrip.metering;

import dev.scrip.ledger.Fact;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// As of when the balance of a fact is. What is due by itself is noticed later than it happens, and
/// its balance counts the grants that were in effect when it happened.
final class Moments {

    private final ReadModels readModels;

    Moments(ReadModels readModels) {
        this.readModels = readModels;
    }

    Instant of(Fact fact) {
        return switch (fact) {
            case Fact.Expired expired -> {
                var giver = giver(expired);
                yield giver == null ? expired.instant() : of(giver);
            }
            case Fact.Released released ->
                    released.reason() == Fact.ReleaseReason.EXPIRED
                            ? endOfHold(released)
                            : released.at();
            case Fact.PeriodStarted started -> started.start();
            case Fact.PlanChanged changed -> changed.start();
            case Fact.Granted granted ->
                    switch (granted.origin().kind()) {
                        case PLAN, ROLLOVER -> granted.terms().effective();
                        case ASKED, BONUS, TOP_UP, REVERSAL, ADJUSTMENT -> granted.at();
                    };
            case Fact.AccountOpened _,
                    Fact.Charged _,
                    Fact.Held _,
                    Fact.HoldExtended _,
                    Fact.Captured _,
                    Fact.Reversed _,
                    Fact.Voided _,
                    Fact.Settled _,
                    Fact.Adjusted _,
                    Fact.OverageSet _,
                    Fact.ReceivablePaid _,
                    Fact.PlanChangeScheduled _,
                    Fact.LimitsSet _,
                    Fact.AlertsSet _,
                    Fact.AlertFired _,
                    Fact.AlertRearmed _,
                    Fact.CommitmentSet _,
                    Fact.TopUpRuleSet _,
                    Fact.TopUpRequested _,
                    Fact.TopUpFailed _,
                    Fact.StatusChanged _ ->
                    fact.at();
        };
    }

    /// The release or reversal that would have given the credits back, had their grant not lapsed
    /// or been voided before; null when it is the grant itself that lapses.
    ///
    /// Such parts are right behind it. So may be grants that lapse later than the hold ended, if
    /// both were noticed at once; those that lapse at the same instant come before it.
    @Nullable Fact giver(Fact.Expired expired) {
        Fact before = expired;
        do {
            before = readModels.fact(before.seq() - 1);
        } while (before instanceof Fact.Expired && isNoticedWith(before, expired));
        if (before == null || !isNoticedWith(before, expired)) {
            return null;
        }
        return switch (before) {
            case Fact.Reversed reversed -> reversed;
            case Fact.Released released when !expired.instant().isAfter(of(released)) -> released;
            default -> null;
        };
    }

    static boolean isNoticedWith(Fact fact, Fact other) {
        return fact.account().equals(other.account()) && fact.at().equals(other.at());
    }

    private Instant endOfHold(Fact.Released released) {
        var extended = readModels.extendedTo(released.hold());
        if (extended != null) {
            return extended;
        }
        return readModels.fact(released.hold()) instanceof Fact.Held held
                ? held.expires()
                : released.at();
    }
}
