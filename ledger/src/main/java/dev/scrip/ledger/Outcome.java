package dev.scrip.ledger;

import java.util.List;

/// What the ledger says to a command.
sealed interface Outcome {

    /// Decided: the answer, and the facts that make it true.
    record Decided(Reply reply, List<Fact> facts) implements Outcome {}

    /// Decided before: the fact with this number has the answer.
    record Repeated(long seq) implements Outcome {}

    /// All parts were decided before: the facts with these numbers have the answers.
    record AllRepeated(List<Long> seqs) implements Outcome {}

    static Outcome of(Reply reply) {
        return new Decided(reply, List.of());
    }

    static Outcome of(Reply reply, Fact fact) {
        return new Decided(reply, List.of(fact));
    }
}
