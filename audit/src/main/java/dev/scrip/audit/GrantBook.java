package dev.scrip.audit;

import dev.scrip.ledger.BurnOrder;
import dev.scrip.ledger.GrantCategory;
import dev.scrip.ledger.GrantTerms;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A grant as recomputed, in micro-credits.
final class GrantBook {

    final long seq;
    final int priority;
    final GrantCategory category;
    final long amount;
    final long costBasis;
    final Instant effective;
    final @Nullable Instant expires;
    final List<String> operations;
    long left;

    /// What open holds have pinned.
    long held;

    /// Of a plan that the account has left since.
    boolean ofEarlierPlan;

    GrantBook(long seq, GrantTerms terms) {
        this.seq = seq;
        priority = terms.priority();
        category = terms.category();
        amount = terms.amount().micros();
        costBasis = terms.costBasis().nanos();
        effective = terms.effective();
        expires = terms.expires();
        operations = terms.operations();
        left = amount;
    }

    boolean mayBurn(Instant at) {
        return !effective.isAfter(at) && !hasLapsed(at);
    }

    boolean hasLapsed(Instant at) {
        return expires != null && !expires.isAfter(at);
    }

    /// @param operation null for what may draw on any grant
    boolean paysFor(@Nullable String operation) {
        return operation == null
                || operations.isEmpty()
                || operations.stream().anyMatch(name -> Operations.covers(name, operation));
    }

    /// Whether it is part of the quota while it is in effect: one of an earlier plan is not, and
    /// one that never lapses no more when nothing is left of it and nothing pinned.
    boolean isOfQuota(Instant at) {
        return !ofEarlierPlan && mayBurn(at) && (expires != null || left != 0 || held != 0);
    }

    /// Priority, soonest expiry, promotional before plan before paid, lower cost basis, earlier
    /// effect, age. A plan may put the category before the expiry.
    boolean burnsBefore(GrantBook other, BurnOrder order) {
        if (priority != other.priority) {
            return priority < other.priority;
        }
        int byExpiry = compareExpiry(expires, other.expires);
        int byCategory = Integer.compare(rank(category), rank(other.category));
        int first =
                switch (order) {
                    case EXPIRY_FIRST -> byExpiry == 0 ? byCategory : byExpiry;
                    case FREE_FIRST -> byCategory == 0 ? byExpiry : byCategory;
                };
        if (first != 0) {
            return first < 0;
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
