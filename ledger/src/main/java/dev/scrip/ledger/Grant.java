package dev.scrip.ledger;

import dev.scrip.pricing.Credits;
import java.time.Instant;

/// A deposit and what is left of it. Changed by [Ledger#apply] alone.
final class Grant {

    final long seq;
    GrantTerms terms;
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

    boolean isExpired(Instant now) {
        var expires = terms.expires();
        return expires != null && !expires.isAfter(now);
    }
}
