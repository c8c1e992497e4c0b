package dev.scrip.ledger;

import java.time.Instant;
import java.util.List;

/// A ledger that recorded usage is replayed through, by the rules that serve callers.
///
/// Nothing is stored and no request is remembered. Commands come in the order of their instants;
/// one that is earlier than the last counts as happening with it. Not thread-safe.
public final class Replay {

    /// Its requests are never looked up, so room for one is enough.
    private static final LedgerSettings FORGETFUL =
            new LedgerSettings(LedgerSettings.DEFAULT.requestWindow(), 1);

    private final Ledger ledger = new Ledger(FORGETFUL);

    /// Decides a command as if it came at an instant, and applies what it changes.
    public Reply submit(Command command, Instant at) {
        var now = ledger.ledgerTime(at);
        settle(command.settledFirst(), now);
        return switch (ledger.decide(command, null, now)) {
            case Outcome.Decided(var reply, var facts) -> {
                apply(facts);
                yield reply;
            }
            case Outcome.Repeated _, Outcome.AllRepeated _ ->
                    throw new IllegalStateException("A replay remembers no requests.");
        };
    }

    private void settle(AccountId account, Instant now) {
        for (var due = ledger.settle(account, now);
                !due.isEmpty();
                due = ledger.settle(account, now)) {
            apply(due);
        }
    }

    private void apply(List<Fact> facts) {
        for (var fact : facts) {
            ledger.apply(fact, null);
        }
    }
}
