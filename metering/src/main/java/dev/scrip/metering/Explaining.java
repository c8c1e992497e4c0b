package dev.scrip.metering;

import dev.scrip.ledger.Draw;
import dev.scrip.ledger.Fact;
import dev.scrip.pricing.Credits;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Says how a fact changed what its account can spend. What a change comes to is worked out from
/// the fact, and what it started from is the balance of the account's fact before: the two must
/// meet in the balance of the fact itself.
public final class Explaining {

    private final ReadModels readModels;

    public Explaining(ReadModels readModels) {
        this.readModels = readModels;
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
        /// Grants that took effect since the fact before, or lapsed at the same instant as this one
        /// and have an entry of their own.
        MEANWHILE
    }

    /// @param credits negative when they went
    public record Change(Cause cause, Credits credits) {}

    /// @param before what the account could spend right before the fact
    /// @param changes that add up to the difference; none when nothing came or went
    public record Explanation(Fact fact, Credits before, List<Change> changes) {

        public Explanation {
            changes = List.copyOf(changes);
        }
    }

    public Explanation explain(Fact fact) {
        var earlier = readModels.entries(fact.account(), fact.seq(), 1);
        var before = earlier.isEmpty() ? Credits.ZERO : earlier.getFirst().balance();
        var changes = new ArrayList<Change>();
        for (var change : changes(fact, before)) {
            if (!change.credits().isZero()) {
                changes.add(change);
            }
        }
        var meanwhile = fact.balance().minus(before);
        for (var change : changes) {
            meanwhile = meanwhile.minus(change.credits());
        }
        if (!meanwhile.isZero()) {
            changes.add(new Change(Cause.MEANWHILE, meanwhile));
        }
        return new Explanation(fact, before, changes);
    }

    private List<Change> changes(Fact fact, Credits before) {
        return switch (fact) {
            case Fact.Granted granted ->
                    granted.terms().effective().isAfter(granted.at())
                            ? List.of()
                            : List.of(new Change(Cause.GRANTED, granted.terms().amount()));
            // What had lapsed was not in the balance.
            case Fact.Charged charged ->
                    List.of(gone(Cause.CHARGED, Draw.sumOfLive(charged.draws(), charged.at())));
            case Fact.Held held -> List.of(gone(Cause.HELD, Draw.sum(held.draws())));
            case Fact.Captured captured ->
                    List.of(
                            gone(Cause.CAPTURED, Draw.sum(captured.more())),
                            new Change(Cause.RELEASED, releasedBy(captured)));
            // What a last capture gives back is in its own balance already.
            case Fact.Released released ->
                    released.reason() == Fact.ReleaseReason.CAPTURED
                            ? List.of()
                            : List.of(new Change(Cause.RELEASED, Draw.sum(released.draws())));
            // What lapsed while it was held or spent was not in the balance.
            case Fact.Expired expired ->
                    expired.balance().equals(before)
                            ? List.of()
                            : List.of(gone(Cause.LAPSED, expired.rest()));
            case Fact.Reversed reversed ->
                    List.of(new Change(Cause.REVERSED, Draw.sum(reversed.draws())));
            case Fact.Voided voided ->
                    isLive(voided) ? List.of(gone(Cause.VOIDED, voided.rest())) : List.of();
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

    private static Change gone(Cause cause, Credits credits) {
        return new Change(cause, Credits.ZERO.minus(credits));
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

    private boolean isLive(Fact.Voided voided) {
        return readModels.fact(voided.grant()) instanceof Fact.Granted granted
                && !granted.terms().effective().isAfter(voided.at());
    }

    /// The grant that paid a part of a charge; null when its fact cannot be found.
    public Fact.@Nullable Granted grant(Draw draw) {
        return readModels.fact(draw.grant()) instanceof Fact.Granted granted ? granted : null;
    }
}
