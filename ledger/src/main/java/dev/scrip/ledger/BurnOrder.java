package dev.scrip.ledger;

import dev.scrip.pricing.Money;
import java.time.Instant;
import java.util.Comparator;

/// The total orders in which grants may be burned, lapse and are shown. A plan says which.
public enum BurnOrder {

    /// Priority, soonest expiry, promotional before plan before paid, cheaper first, effective
    /// instant, age.
    EXPIRY_FIRST,

    /// The same with what was given away before what was paid for, whenever it expires.
    FREE_FIRST;

    private static final Comparator<Grant> PRIORITY =
            Comparator.comparingInt(grant -> grant.terms.priority());
    private static final Comparator<Grant> EXPIRY = Comparator.comparing(BurnOrder::expiry);
    private static final Comparator<Grant> CATEGORY =
            Comparator.comparing(grant -> grant.terms.category());
    private static final Comparator<Grant> REST =
            Comparator.<Grant, Money>comparing(grant -> grant.terms.costBasis())
                    .thenComparing(grant -> grant.terms.effective())
                    .thenComparingLong(grant -> grant.seq);
    private static final Comparator<Grant> BY_EXPIRY =
            PRIORITY.thenComparing(EXPIRY).thenComparing(CATEGORY).thenComparing(REST);
    private static final Comparator<Grant> BY_CATEGORY =
            PRIORITY.thenComparing(CATEGORY).thenComparing(EXPIRY).thenComparing(REST);

    Comparator<Grant> comparator() {
        return switch (this) {
            case EXPIRY_FIRST -> BY_EXPIRY;
            case FREE_FIRST -> BY_CATEGORY;
        };
    }

    private static Instant expiry(Grant grant) {
        var expires = grant.terms.expires();
        return expires == null ? Instant.MAX : expires;
    }
}
