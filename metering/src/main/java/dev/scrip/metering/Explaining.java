package dev.scrip.metering;

import dev.scrip.ledger.Draw;
import dev.scrip.ledger.Fact;
import dev.scrip.pricing.Credits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Says how a fact changed what its account can spend. What a change comes to is worked out from
/// the facts, and what it started from is the balance of the account's fact before: the two must
/// meet in the balance of the fact itself, and what they miss it by is shown.
public final class Explaining {

    private final ReadModels readModels;
    private final Moments moments;

    public Explaining(ReadModels readModels) {
        this.readModels = readModels;
        this.moments = new Moments(readModels);
    }

    /// Why credits came or went.
    public enum Cause {
        GRANTED,
        CHARGED,
        HELD,
        /// Taken from the account beyond what was held.
        CAPTURED,
        RELEASED,
        LAPSED,
        REVERSED,
        VOIDED,
        SETTLED,
        ADJUSTED,
        /// A grant that took effect since the fact before, or that lapsed at the same instant as
        /// this one and has an entry of its own.
        MEANWHILE,
        /// What nothing accounts for. There is none unless a balance that is stored is wrong.
        UNEXPLAINED
    }

    /// @param credits negative when they went
    /// @param grant whose they are, when this is not what the fact itself is about; otherwise 0
    public record Change(Cause cause, Credits credits, long grant) {}

    /// @param before what the account could spend right before the fact
    /// @param changes that add up to the difference; none when nothing came or went
    public record Explanation(Fact fact, Credits before, List<Change> changes) {

        public Explanation {
            changes = List.copyOf(changes);
        }
    }

    public Explanation explain(Fact fact) {
        // A child has none of its pool's credits when it is opened.
        var previous = fact instanceof Fact.AccountOpened ? null : readModels.before(fact);
        var before = previous == null ? Credits.ZERO : previous.balance();
        var candidates = new ArrayList<>(changes(fact));
        if (previous != null) {
            candidates.addAll(meanwhile(fact, previous));
        }
        var changes = new ArrayList<Change>();
        var unexplained = fact.balance().minus(before);
        for (var change : candidates) {
            if (!change.credits().isZero()) {
                changes.add(change);
                unexplained = unexplained.minus(change.credits());
            }
        }
        if (!unexplained.isZero()) {
            changes.add(new Change(Cause.UNEXPLAINED, unexplained, 0));
        }
        return new Explanation(fact, before, changes);
    }

    private List<Change> changes(Fact fact) {
        return switch (fact) {
            case Fact.Granted granted ->
                    isLive(granted, moments.of(granted))
                            ? List.of(came(Cause.GRANTED, granted.terms().amount()))
                            : List.of();
            // What had lapsed was not in the balance.
            case Fact.Charged charged ->
                    List.of(gone(Cause.CHARGED, Draw.sumOfLive(charged.draws(), charged.at())));
            case Fact.Held held -> List.of(gone(Cause.HELD, Draw.sum(held.draws())));
            case Fact.Captured captured ->
                    List.of(
                            gone(Cause.CAPTURED, Draw.sum(captured.more())),
                            came(Cause.RELEASED, releasedBy(captured)));
            // What a last capture gives back is in its own balance already.
            case Fact.Released released ->
                    released.reason() == Fact.ReleaseReason.CAPTURED
                            ? List.of()
                            : List.of(came(Cause.RELEASED, Draw.sum(released.draws())));
            case Fact.Expired expired ->
                    isFirstToLapse(expired)
                            ? List.of(gone(Cause.LAPSED, expired.rest()))
                            : List.of();
            case Fact.Reversed reversed ->
                    List.of(came(Cause.REVERSED, Draw.sum(reversed.draws())));
            case Fact.Voided voided ->
                    readModels.fact(voided.grant()) instanceof Fact.Granted granted
                                    && isLive(granted, voided.at())
                            ? List.of(gone(Cause.VOIDED, voided.rest()))
                            : List.of();
            case Fact.Settled settled -> List.of(gone(Cause.SETTLED, settled.credits()));
            case Fact.Adjusted adjusted -> List.of(gone(Cause.ADJUSTED, adjusted.credits()));
            case Fact.AccountOpened _,
                    Fact.PeriodStarted _,
                    Fact.HoldExtended _,
                    Fact.OverageSet _,
                    Fact.ReceivablePaid _,
                    Fact.PlanChanged _,
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
                    List.of();
        };
    }

    /// What the fact is not about, but the balance shows from it on.
    private List<Change> meanwhile(Fact fact, Fact previous) {
        var changes = new ArrayList<Change>();
        for (var later :
                readModels.tookEffect(previous.account(), moments.of(previous), moments.of(fact))) {
            if (later instanceof Fact.Granted granted) {
                changes.add(new Change(Cause.MEANWHILE, granted.terms().amount(), granted.seq()));
            }
        }
        if (fact instanceof Fact.Expired expired && isFirstToLapse(expired)) {
            for (var next = nextToLapse(expired); next != null; next = nextToLapse(next)) {
                changes.add(
                        new Change(Cause.MEANWHILE, Credits.ZERO.minus(next.rest()), next.grant()));
            }
        }
        return changes;
    }

    /// Grants that lapse at the same instant have a fact each, one after the other, and each of
    /// them has the balance that all leave. What would have gone back to a grant that had lapsed
    /// was not in the balance.
    private boolean isFirstToLapse(Fact.Expired expired) {
        return moments.giver(expired) == null
                && !(readModels.fact(expired.seq() - 1) instanceof Fact.Expired before
                        && lapseTogether(before, expired));
    }

    private Fact.@Nullable Expired nextToLapse(Fact.Expired expired) {
        return readModels.fact(expired.seq() + 1) instanceof Fact.Expired next
                        && lapseTogether(expired, next)
                ? next
                : null;
    }

    private boolean lapseTogether(Fact.Expired first, Fact.Expired next) {
        return Moments.isNoticedWith(first, next)
                && first.instant().equals(next.instant())
                && moments.giver(first) == null;
    }

    private static boolean isLive(Fact.Granted granted, Instant instant) {
        var terms = granted.terms();
        var expires = terms.expires();
        return !terms.effective().isAfter(instant) && (expires == null || expires.isAfter(instant));
    }

    private static Change came(Cause cause, Credits credits) {
        return new Change(cause, credits, 0);
    }

    private static Change gone(Cause cause, Credits credits) {
        return new Change(cause, Credits.ZERO.minus(credits), 0);
    }

    /// The release that ends a hold is the fact right behind its last capture.
    private Credits releasedBy(Fact.Captured captured) {
        return captured.last()
                        && readModels.fact(captured.seq() + 1) instanceof Fact.Released released
                        && released.hold() == captured.hold()
                        && released.reason() == Fact.ReleaseReason.CAPTURED
                ? Draw.sum(released.draws())
                : Credits.ZERO;
    }

    /// The grant that paid a part of a charge; null when its fact cannot be found.
    public Fact.@Nullable Granted grant(Draw draw) {
        return readModels.fact(draw.grant()) instanceof Fact.Granted granted ? granted : null;
    }
}
