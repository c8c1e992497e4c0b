package dev.scrip.ledger;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// An account's open holds: by their number, and by when they end, so that finding what is due
/// costs the same whether there is one or ten thousand.
final class OpenHolds {

    private static final Comparator<Hold> BY_END =
            Comparator.comparing((Hold hold) -> hold.expires).thenComparingLong(hold -> hold.seq);

    // Most accounts have none.
    private NavigableMap<Long, Hold> holds = Collections.emptyNavigableMap();
    private NavigableSet<Hold> byEnd = Collections.emptyNavigableSet();

    void add(Hold hold) {
        if (holds.isEmpty()) {
            holds = new TreeMap<>();
            byEnd = new TreeSet<>(BY_END);
        }
        holds.put(hold.seq, hold);
        byEnd.add(hold);
    }

    void remove(Hold hold) {
        holds.remove(hold.seq);
        byEnd.remove(hold);
    }

    void extend(Hold hold, Instant expires) {
        byEnd.remove(hold);
        hold.expires = expires;
        byEnd.add(hold);
    }

    @Nullable Hold find(long seq) {
        return holds.get(seq);
    }

    /// Oldest first.
    Collection<Hold> all() {
        return Collections.unmodifiableCollection(holds.values());
    }

    /// When the first of them ends; [Instant#MAX] for never.
    Instant firstEnd() {
        return byEnd.isEmpty() ? Instant.MAX : byEnd.getFirst().expires;
    }

    /// Those that end at an instant, when none ends before it; oldest first.
    List<Hold> endingAt(Instant instant) {
        return byEnd.stream().takeWhile(hold -> hold.expires.equals(instant)).toList();
    }
}
