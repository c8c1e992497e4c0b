package dev.scrip.ledger;

import dev.scrip.pricing.Credits;
import java.time.Instant;

/// A deposit and what is left of it. Changed through [Grants] alone, which keeps the sums.
final class Grant {

    final long seq;
    final GrantTerms terms;

    // Numbers, not objects: a charge would leave one in each old account that it changes, and a
    // collection of what is young would have to go through all of those.
    private long remainingMicros;
    private long heldMicros;

    /// Whether a plan granted it that the account has left since.
    boolean ofEarlierPlan;

    Grant(long seq, GrantTerms terms, Credits remaining) {
        this.seq = seq;
        this.terms = terms;
        this.remainingMicros = remaining.micros();
    }

    Credits remaining() {
        return new Credits(remainingMicros);
    }

    void setRemaining(Credits remaining) {
        remainingMicros = remaining.micros();
    }

    /// What open holds have set aside of it.
    Credits held() {
        return new Credits(heldMicros);
    }

    void setHeld(Credits held) {
        heldMicros = held.micros();
    }

    Grant copy() {
        var copy = new Grant(seq, terms, remaining());
        copy.heldMicros = heldMicros;
        copy.ofEarlierPlan = ofEarlierPlan;
        return copy;
    }

    boolean isLive(Instant now) {
        return terms.isLive(now);
    }

    boolean isExpired(Instant now) {
        return !expiry().isAfter(now);
    }

    /// [Instant#MAX] for never.
    Instant expiry() {
        var expires = terms.expires();
        return expires == null ? Instant.MAX : expires;
    }

    /// Whether it is part of what an account shows as its quota while it is in effect. One that
    /// never expires is until it is spent: otherwise the quota would be all that was ever bought.
    /// What an earlier plan granted is not, though holds may still give some of it back.
    boolean counts() {
        return !ofEarlierPlan && isOpen();
    }

    private boolean isOpen() {
        return terms.expires() != null || remainingMicros != 0 || heldMicros != 0;
    }
}
