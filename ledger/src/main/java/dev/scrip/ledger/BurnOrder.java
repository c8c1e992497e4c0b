package dev.scrip.ledger;

import java.time.Instant;
import java.util.Comparator;

/// The one total order in which grants are burned, and in which they are shown: priority, soonest
/// expiry, promotional before plan before paid, cheaper first, effective instant, age.
final class BurnOrder implements Comparator<Grant> {

    static final BurnOrder EXPIRY_FIRST = new BurnOrder();

    private static final Comparator<Grant> ORDER =
            Comparator.<Grant>comparingInt(grant -> grant.terms.priority())
                    .thenComparing(BurnOrder::expiry)
                    .thenComparing(grant -> grant.terms.category())
                    .thenComparing(grant -> grant.terms.costBasis())
                    .thenComparing(grant -> grant.terms.effective())
                    .thenComparingLong(grant -> grant.seq);

    private BurnOrder() {}

    @Override
    public int compare(Grant a, Grant b) {
        return ORDER.compare(a, b);
    }

    private static Instant expiry(Grant grant) {
        var expires = grant.terms.expires();
        return expires == null ? Instant.MAX : expires;
    }
}
