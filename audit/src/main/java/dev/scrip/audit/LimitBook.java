package dev.scrip.audit;

import dev.scrip.ledger.Fact;
import dev.scrip.ledger.Limit;
import dev.scrip.ledger.RatedUsage;
import dev.scrip.pricing.Credits;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An account's limits and what they have counted, as recomputed.
final class LimitBook {

    static final LimitBook NONE = new LimitBook(List.of());

    private final List<Count> counts;

    private static final class Count {
        final Limit limit;

        /// Of a cap, in micro-credits, in the window that ends at `until`.
        long used;

        /// Of a rate: when the next call is due, if calls came evenly.
        Instant until = Instant.EPOCH;

        Count(Limit limit) {
            this.limit = limit;
        }

        Count as(Limit other) {
            var count = new Count(other);
            count.used = used;
            count.until = until;
            return count;
        }

        long usedAt(Instant at) {
            return at.isBefore(until) ? used : 0;
        }
    }

    private LimitBook(List<Count> counts) {
        this.counts = counts;
    }

    /// With other limits; one of the same id, scope and kind (and window) goes on counting.
    LimitBook with(List<Limit> limits) {
        var next = new ArrayList<Count>(limits.size());
        for (var limit : limits) {
            var kept = new Count(limit);
            for (var count : counts) {
                kept = goesOn(count.limit, limit) ? count.as(limit) : kept;
            }
            next.add(kept);
        }
        return new LimitBook(next);
    }

    private static boolean goesOn(Limit before, Limit after) {
        if (!before.id().equals(after.id()) || !before.scope().equals(after.scope())) {
            return false;
        }
        if (before instanceof Limit.Cap a && after instanceof Limit.Cap b) {
            return a.window() == b.window();
        }
        return before instanceof Limit.Rate && after instanceof Limit.Rate;
    }

    /// Throws when a call breaks one of them.
    ///
    /// @param holds of the account that pays
    /// @param child whose holds count; null for all
    void require(Fact fact, RatedUsage usage, Iterable<HoldBook> holds, @Nullable String child) {
        var at = fact.at();
        for (var count : counts) {
            switch (count.limit) {
                case Limit.Rate rate when usage.usedAt() == null && covers(rate, usage) -> {
                    var earliest = count.until.minus(rate.per()).plusNanos(betweenNanos(rate));
                    Mismatch.unless(
                            !at.isBefore(earliest),
                            fact,
                            "when a call is within rate limit " + rate.id(),
                            "from " + earliest + " on",
                            at);
                }
                case Limit.Cap cap when covers(cap, usage) -> {
                    long used = plus(count.usedAt(at), held(cap, holds, child));
                    Mismatch.unless(
                            plus(used, usage.credits().micros()) <= cap.credits().micros(),
                            fact,
                            "the credits under cap " + cap.id(),
                            cap.credits() + " at most, of which " + new Credits(used) + " are used",
                            usage.credits());
                }
                case Limit.Rate _, Limit.Cap _ -> {}
            }
        }
    }

    /// Counts a call against the rates.
    void call(RatedUsage usage, Instant at) {
        for (var count : counts) {
            if (count.limit instanceof Limit.Rate rate
                    && usage.usedAt() == null
                    && covers(rate, usage)) {
                var from = count.until.isBefore(at) ? at : count.until;
                count.until = from.plusNanos(betweenNanos(rate));
            }
        }
    }

    /// Counts what was burned against the caps.
    void spend(RatedUsage usage, Instant at, ZoneId zone) {
        for (var count : counts) {
            if (count.limit instanceof Limit.Cap cap && covers(cap, usage)) {
                count.used = plus(count.usedAt(at), usage.credits().micros());
                count.until = Calendar.windowEnd(cap.window(), at, zone);
            }
        }
    }

    private static long held(Limit.Cap cap, Iterable<HoldBook> holds, @Nullable String child) {
        long sum = 0;
        for (var hold : holds) {
            if (covers(cap, hold.estimate) && (child == null || child.equals(hold.childName()))) {
                sum = plus(sum, Draws.sum(hold.draws));
            }
        }
        return sum;
    }

    private static boolean covers(Limit limit, RatedUsage usage) {
        var key = limit.scope().apiKey();
        var operation = limit.scope().operation();
        return (key == null || key.equals(usage.apiKey()))
                && (operation == null
                        || usage.operation().equals(RatedUsage.ANY_OPERATION)
                        || Operations.covers(operation, usage.operation()));
    }

    private static long betweenNanos(Limit.Rate rate) {
        return Duration.ofNanos(rate.per().toNanos()).dividedBy(rate.calls()).toNanos();
    }

    private static long plus(long a, long b) {
        long sum = a + b;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }
}
