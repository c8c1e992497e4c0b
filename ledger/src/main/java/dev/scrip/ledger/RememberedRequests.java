package dev.scrip.ledger;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The facts that answered recent requests, by account and key.
///
/// What is forgotten depends on the facts alone, never on a clock, so a replay remembers the same.
final class RememberedRequests {

    private record Reference(AccountId account, String key) {}

    private final LedgerSettings settings;
    private final Map<Reference, Fact> byKey = new HashMap<>();
    private final ArrayDeque<Fact> oldestFirst = new ArrayDeque<>();

    RememberedRequests(LedgerSettings settings) {
        this.settings = settings;
    }

    @Nullable Fact find(AccountId account, String key) {
        return byKey.get(new Reference(account, key));
    }

    void remember(Fact fact, RequestKey request) {
        byKey.put(new Reference(fact.account(), request.key()), fact);
        oldestFirst.add(fact);
        var horizon = fact.at().minus(settings.requestWindow());
        var oldest = oldestFirst.peek();
        while (oldest != null
                && (oldest.at().isBefore(horizon) || oldestFirst.size() > settings.requestsMax())) {
            forget(oldestFirst.remove());
            oldest = oldestFirst.peek();
        }
    }

    int size() {
        return oldestFirst.size();
    }

    List<Fact> oldestFirst() {
        return List.copyOf(oldestFirst);
    }

    private void forget(Fact fact) {
        var request = fact.request();
        if (request != null) {
            // Two-argument remove: the key may have been used again since.
            byKey.remove(new Reference(fact.account(), request.key()), fact);
        }
    }
}
