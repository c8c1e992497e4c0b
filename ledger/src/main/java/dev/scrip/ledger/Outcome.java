package dev.scrip.ledger;

import java.util.List;

/// What was decided about a command: the answer, and the facts that make it true.
record Outcome(Reply reply, List<Fact> facts) {

    static Outcome of(Reply reply) {
        return new Outcome(reply, List.of());
    }

    static Outcome of(Reply reply, Fact fact) {
        return new Outcome(reply, List.of(fact));
    }
}
