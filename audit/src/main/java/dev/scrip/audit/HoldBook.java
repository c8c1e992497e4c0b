package dev.scrip.audit;

import dev.scrip.ledger.Draw;
import java.time.Instant;
import java.util.List;

/// An open hold as recomputed.
final class HoldBook {

    final long seq;
    List<Draw> draws;
    Instant expires;

    HoldBook(long seq, List<Draw> draws, Instant expires) {
        this.seq = seq;
        this.draws = draws;
        this.expires = expires;
    }
}
