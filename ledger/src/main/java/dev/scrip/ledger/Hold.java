package dev.scrip.ledger;

import dev.scrip.pricing.Credits;
import java.time.Instant;
import java.util.List;

/// Credits set aside for a call whose price is not known yet, pinned to the grants they came from.
/// Changed by [Ledger#apply] alone.
final class Hold {

    final long seq;
    final RatedUsage estimate;
    final boolean lease;
    final Instant resetsAt;

    /// What is still held, in burn order.
    List<Draw> draws;

    /// From when nothing can be captured any more.
    Instant expires;

    Hold(
            long seq,
            RatedUsage estimate,
            boolean lease,
            List<Draw> draws,
            Instant expires,
            Instant resetsAt) {
        this.seq = seq;
        this.estimate = estimate;
        this.lease = lease;
        this.draws = List.copyOf(draws);
        this.expires = expires;
        this.resetsAt = resetsAt;
    }

    Credits credits() {
        return Draw.sum(draws);
    }

    Hold copy() {
        return new Hold(seq, estimate, lease, draws, expires, resetsAt);
    }

    AccountView.HoldView view() {
        return new AccountView.HoldView(seq, estimate.operation(), lease, credits(), expires);
    }

    LedgerState.HoldState state() {
        return new LedgerState.HoldState(seq, estimate, lease, draws, expires, resetsAt);
    }

    static Hold of(LedgerState.HoldState state) {
        return new Hold(
                state.hold(),
                state.estimate(),
                state.lease(),
                state.draws(),
                state.expires(),
                state.resetsAt());
    }
}
