package dev.scrip.ledger;

import java.util.List;

/// The facts of one group commit: durable together or not at all. At least one.
public record Batch(List<Fact> facts) {

    public long firstSeq() {
        return facts.getFirst().seq();
    }

    public long lastSeq() {
        return facts.getLast().seq();
    }
}
