package dev.scrip.ledger;

import dev.scrip.pricing.Credits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Grants that lapsed a short while ago, with what they had left: usage that arrives late may still
/// be of a time when they were in effect. Changed by [Ledger#apply] alone, from facts alone.
///
/// They are forgotten with the first fact that comes [LedgerSettings#LATE_MAX] or more after they
/// lapsed. What a hold or a reversal would give back to one of them is added to what it had left.
final class LapsedGrants {

    private List<Lapsed> grants = List.of();

    /// One of them.
    private static final class Lapsed {
        final Grant grant;

        /// The grant by which a part of its credits lives on; 0 for none.
        long rollover;

        Lapsed(Grant grant, long rollover) {
            this.grant = grant;
            this.rollover = rollover;
        }
    }

    void add(Grant grant) {
        add(new Lapsed(grant, 0));
    }

    void add(LedgerState.LapsedState state) {
        var grant = new Grant(state.grant(), state.terms(), state.remaining());
        add(new Lapsed(grant, state.rollover()));
    }

    /// Most accounts have none.
    private void add(Lapsed lapsed) {
        if (grants.isEmpty()) {
            grants = new ArrayList<>(1);
        }
        grants.add(lapsed);
    }

    /// Adds what lapsed later of a grant. Does nothing when the grant is forgotten, or was voided.
    void lapse(long seq, Credits credits) {
        for (var lapsed : grants) {
            if (lapsed.grant.seq == seq) {
                lapsed.grant.setRemaining(lapsed.grant.remaining().plus(credits));
            }
        }
    }

    /// Takes off what lives on by another grant, from the newest on: the same credits are not spent
    /// twice.
    void rollOver(Fact.Granted rollover) {
        var rest = rollover.terms().amount();
        for (var lapsed : grants.reversed()) {
            var terms = lapsed.grant.terms;
            if (terms.category() == GrantCategory.PLAN
                    && rollover.terms().effective().equals(terms.expires())) {
                var part = rest.min(lapsed.grant.remaining());
                lapsed.grant.setRemaining(lapsed.grant.remaining().minus(part));
                lapsed.rollover = rollover.seq();
                rest = rest.minus(part);
            }
        }
    }

    /// Takes back from what lapsed what late usage burned.
    ///
    /// @throws IllegalStateException if there is not so much
    void burn(Draw draw) {
        for (var lapsed : grants) {
            if (lapsed.grant.seq == draw.grant()
                    && lapsed.grant.remaining().covers(draw.credits())) {
                lapsed.grant.setRemaining(lapsed.grant.remaining().minus(draw.credits()));
                return;
            }
        }
        throw new IllegalStateException(
                draw.credits()
                        + " credits are drawn from grant "
                        + FactId.grant(draw.grant())
                        + ", of which not so much lapsed lately.");
    }

    void forget(Instant now) {
        if (!grants.isEmpty()) {
            grants.removeIf(
                    lapsed -> !lapsed.grant.expiry().plus(LedgerSettings.LATE_MAX).isAfter(now));
            grants = grants.isEmpty() ? List.of() : grants;
        }
    }

    /// Those that were in effect at an instant.
    List<Grant> live(Instant instant) {
        var live = new ArrayList<Grant>();
        for (var lapsed : grants) {
            if (lapsed.grant.isLive(instant)) {
                live.add(lapsed.grant);
            }
        }
        return live;
    }

    /// Whether credits that were in effect at an instant live on by this grant.
    boolean rolledInto(Grant grant, Instant instant) {
        for (var lapsed : grants) {
            if (lapsed.rollover == grant.seq && lapsed.grant.isLive(instant)) {
                return true;
            }
        }
        return false;
    }

    List<LedgerState.LapsedState> state() {
        return grants.stream()
                .map(lapsed ->
                        new LedgerState.LapsedState(
                                lapsed.grant.seq,
                                lapsed.grant.terms,
                                lapsed.grant.remaining(),
                                lapsed.rollover))
                .toList();
    }

    LapsedGrants copy() {
        var copy = new LapsedGrants();
        for (var lapsed : grants) {
            copy.add(new Lapsed(lapsed.grant.copy(), lapsed.rollover));
        }
        return copy;
    }
}
