package dev.scrip.audit;

import dev.scrip.ledger.GrantCategory;
import dev.scrip.ledger.GrantTerms;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A grant as recomputed, in micro-credits.
final class GrantBook {

    final long seq;
    final int priority;
    final GrantCategory category;
    final long costBasis;
    final Instant effective;
    final @Nullable Instant expires;
    long left;

    /// What open holds have pinned.
    long held;

    GrantBook(long seq, GrantTerms terms) {
        this.seq = seq;
        priority = terms.priority();
        category = terms.category();
        costBasis = terms.costBasis().nanos();
        effective = terms.effective();
        expires = terms.expires();
        left = terms.amount().micros();
    }

    boolean mayBurn(Instant at) {
        return !effective.isAfter(at) && !hasLapsed(at);
    }

    boolean hasLapsed(Instant at) {
        return expires != null && !expires.isAfter(at);
    }

    /// Priority, soonest expiry, promotional before plan before paid, lower cost basis, earlier
    /// effect, age.
    boolean burnsBefore(GrantBook other) {
        if (priority != other.priority) {
            return priority < other.priority;
        }
        int byExpiry = compareExpiry(expires, other.expires);
        if (byExpiry != 0) {
            return byExpiry < 0;
        }
        if (category != other.category) {
            return rank(category) < rank(other.category);
        }
        if (costBasis != other.costBasis) {
            return costBasis < other.costBasis;
        }
        int byEffect = effective.compareTo(other.effective);
        return byEffect == 0 ? seq < other.seq : byEffect < 0;
    }

    private static int compareExpiry(@Nullable Instant a, @Nullable Instant b) {
        if (a == null || b == null) {
            return Boolean.compare(a == null, b == null);
        }
        return a.compareTo(b);
    }

    private static int rank(GrantCategory category) {
        return switch (category) {
            case PROMOTIONAL -> 0;
            case PLAN -> 1;
            case PAID -> 2;
        };
    }
}
