package dev.scrip.audit;

import dev.scrip.ledger.Draw;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.RatedUsage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An open hold as recomputed.
final class HoldBook {

    final long seq;
    final RatedUsage estimate;
    List<Draw> draws;
    Instant expires;

    HoldBook(Fact.Held fact) {
        seq = fact.seq();
        estimate = fact.estimate();
        draws = fact.draws();
        expires = fact.expires();
    }

    /// Which child has the credits set aside; null when the account that pays has.
    @Nullable String childName() {
        return estimate.child();
    }
}
