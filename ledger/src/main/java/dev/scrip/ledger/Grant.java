package dev.scrip.ledger;

import dev.scrip.pricing.Credits;
import java.time.Instant;

/// A deposit and what is left of it. Changed by [Ledger#apply] alone.
final class Grant {

    final long seq;
    final GrantTerms terms;
    Credits remaining;

    /// What open holds have set aside of it.
    Credits held = Credits.ZERO;

    Grant(long seq, GrantTerms terms, Credits remaining) {
        this.seq = seq;
        this.terms = terms;
        this.remaining = remaining;
    }

    boolean isEffective(Instant now) {
        return !terms.effective().isAfter(now);
    }

    /// Whether it is part of what an account shows as its quota now. One that never expires is
    /// until it is spent: otherwise the quota would be all that was ever bought.
    boolean countsNow(Instant now) {
        return isEffective(now)
                && !isExpired(now)
                && (terms.expires() != null || !remaining.isZero() || !held.isZero());
    }

    boolean isExpired(Instant now) {
        var expires = terms.expires();
        return expires != null && !expires.isAfter(now);
    }
}
