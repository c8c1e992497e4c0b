package dev.scrip.audit;

import dev.scrip.ledger.Draw;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.FactId;
import dev.scrip.ledger.GrantCategory;
import dev.scrip.pricing.Credits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What grants had left when they lapsed, for as long as usage of before may arrive.
final class LapsedBook {

    private static final Duration KEPT = Duration.ofHours(24);

    private List<Entry> entries = List.of();

    /// @param rollovers the grants by which a part lives on
    private record Entry(GrantBook grant, Set<Long> rollovers) {}

    /// Whether usage that arrives may draw on what was there when it happened.
    static boolean isLate(Instant usedAt, Instant at) {
        var age = Duration.between(usedAt, at);
        return age.isPositive() && age.compareTo(KEPT) < 0;
    }

    /// Forgets what lapsed too long ago.
    void add(GrantBook grant, Instant at) {
        var kept = new ArrayList<Entry>(entries.size() + 1);
        for (var entry : entries) {
            var lapsed = entry.grant.expires;
            if (lapsed != null && Duration.between(lapsed, at).compareTo(KEPT) < 0) {
                kept.add(entry);
            }
        }
        kept.add(new Entry(grant, new HashSet<>(0)));
        entries = kept;
    }

    /// Of a grant that was voided, nothing is drawn later.
    void add(long seq, long credits) {
        for (var entry : entries) {
            if (entry.grant.seq == seq) {
                entry.grant.left = Math.addExact(entry.grant.left, credits);
            }
        }
    }

    /// What rolled over is spent by the new grant alone: it is missing where it lapsed, first where
    /// it would have been burned last.
    void rollOver(Fact.Granted granted) {
        long rest = granted.terms().amount().micros();
        for (int i = entries.size() - 1; i >= 0; i--) {
            var grant = entries.get(i).grant;
            if (grant.category == GrantCategory.PLAN
                    && granted.terms().effective().equals(grant.expires)) {
                long part = Math.min(rest, grant.left);
                grant.left -= part;
                rest -= part;
                entries.get(i).rollovers.add(granted.seq());
            }
        }
    }

    /// What was in effect then.
    List<GrantBook> at(Instant usedAt) {
        return entries.stream().map(Entry::grant).filter(grant -> grant.mayBurn(usedAt)).toList();
    }

    boolean hasRolledInto(GrantBook grant, Instant usedAt) {
        return entries.stream()
                .anyMatch(entry ->
                        entry.rollovers.contains(grant.seq) && entry.grant.mayBurn(usedAt));
    }

    /// Takes what was drawn of what had lapsed.
    void take(Fact fact, Draw draw) {
        for (var entry : entries) {
            if (entry.grant.seq == draw.grant() && entry.grant.left >= draw.credits().micros()) {
                entry.grant.left -= draw.credits().micros();
                return;
            }
        }
        throw new Mismatch(
                fact,
                "what lapsed of " + FactId.grant(draw.grant()),
                "enough for the draw",
                new Credits(0));
    }
}
