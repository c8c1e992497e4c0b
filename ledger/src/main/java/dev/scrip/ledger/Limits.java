package dev.scrip.ledger;

import dev.scrip.pricing.Credits;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an account's limits have counted. Changed by [Ledger#apply] alone, from facts alone: a
/// standby or a replay counts the same.
///
/// Refusals count nothing. Captures are not refused by a limit, since the job is done; a hold must
/// fit under the caps together with all other open holds. Usage that arrives later counts against
/// caps when it is charged, and not against rates.
final class Limits {

    private final List<Count> counts = new ArrayList<>(1);

    /// One limit and what it has counted.
    private static final class Count {
        final Limit limit;

        /// Of a cap: credits in the window.
        Credits used;

        /// Of a cap: what open holds have set aside.
        Credits held = Credits.ZERO;

        /// Of a cap: when its window ends. Of a rate: the theoretical arrival time of the next
        /// call.
        Instant until;

        Count(Limit limit, Credits used, Instant until) {
            this.limit = limit;
            this.used = used;
            this.until = until;
        }

        Credits usedAt(Instant now) {
            return until.isAfter(now) ? used : Credits.ZERO;
        }
    }

    boolean isEmpty() {
        return counts.isEmpty();
    }

    /// @param holds open ones of the account's calls
    void set(List<Limit> limits, List<Hold> holds) {
        var before = List.copyOf(counts);
        counts.clear();
        for (var limit : limits) {
            var kept = new Count(limit, Credits.ZERO, Instant.EPOCH);
            for (var count : before) {
                if (countsLike(count.limit, limit)) {
                    kept = new Count(limit, count.used, count.until);
                }
            }
            counts.add(kept);
        }
        countAll(holds);
    }

    private void countAll(List<Hold> holds) {
        for (var hold : holds) {
            hold(hold.estimate, hold.credits());
        }
    }

    /// Whether one goes on counting where the other was: raising a cap does not forget what was
    /// spent under it.
    private static boolean countsLike(Limit before, Limit after) {
        return before.id().equals(after.id())
                && before.scope().equals(after.scope())
                && switch (after) {
                    case Limit.Rate _ -> before instanceof Limit.Rate;
                    case Limit.Cap cap ->
                            before instanceof Limit.Cap old && old.window() == cap.window();
                };
    }

    /// Counts a call.
    void call(RatedUsage usage, Instant at) {
        if (usage.usedAt() != null) {
            return;
        }
        for (var count : counts) {
            if (count.limit instanceof Limit.Rate rate && rate.scope().covers(usage)) {
                var from = count.until.isAfter(at) ? count.until : at;
                count.until = from.plusNanos(rate.betweenNanos());
            }
        }
    }

    /// Counts credits that are set aside.
    void hold(RatedUsage estimate, Credits credits) {
        for (var count : counts) {
            if (count.limit instanceof Limit.Cap cap && cap.scope().covers(estimate)) {
                count.held = count.held.plus(credits);
            }
        }
    }

    /// Counts credits that are set aside no longer.
    void unhold(RatedUsage estimate, Credits credits) {
        hold(estimate, Credits.ZERO.minus(credits));
    }

    /// Counts burned credits.
    void spend(RatedUsage usage, Instant at, ZoneId zone) {
        for (var count : counts) {
            if (count.limit instanceof Limit.Cap cap && cap.scope().covers(usage)) {
                count.used = sum(count.usedAt(at), usage.credits());
                if (!count.until.isAfter(at)) {
                    count.until = cap.window().endAfter(at, zone);
                }
            }
        }
    }

    /// The first limit that a call would break: rates before caps, each in the order they were set.
    Reply.@Nullable Refusal refuse(Account account, RatedUsage usage, Instant now) {
        for (var count : counts) {
            if (count.limit instanceof Limit.Rate rate
                    && usage.usedAt() == null
                    && rate.scope().covers(usage)) {
                long wait = ahead(count, now) - (rate.perNanos() - rate.betweenNanos());
                if (wait > 0) {
                    return new Reply.RateLimited(
                            account.id,
                            rate,
                            usage.credits(),
                            CreditsLeft.of(account.payer(), usage, now),
                            Duration.ofNanos(wait),
                            List.of());
                }
            }
        }
        for (var count : counts) {
            if (count.limit instanceof Limit.Cap cap && cap.scope().covers(usage)) {
                var used = sum(count.usedAt(now), count.held);
                if (!cap.credits().covers(sum(used, usage.credits()))) {
                    return new Reply.CapReached(
                            account.id,
                            cap,
                            usage.credits(),
                            CreditsLeft.of(account.payer(), usage, now),
                            used,
                            cap.window().endAfter(now, account.zone));
                }
            }
        }
        return null;
    }

    /// Stays at the end of the range: captures are not refused, whatever they come to.
    private static Credits sum(Credits a, Credits b) {
        return a.micros() > Long.MAX_VALUE - b.micros() ? new Credits(Long.MAX_VALUE) : a.plus(b);
    }

    List<AccountView.LimitView> view(Account account, Instant now) {
        return counts.stream()
                .map(count ->
                        switch (count.limit) {
                            case Limit.Rate rate -> rateView(rate, count, now);
                            case Limit.Cap cap ->
                                    new AccountView.LimitView(
                                            cap,
                                            sum(count.usedAt(now), count.held),
                                            0,
                                            cap.window().endAfter(now, account.zone));
                        })
                .toList();
    }

    private static AccountView.LimitView rateView(Limit.Rate rate, Count count, Instant now) {
        long ahead = ahead(count, now);
        return new AccountView.LimitView(
                rate, Credits.ZERO, callsLeft(rate, ahead), ahead == 0 ? now : count.until);
    }

    /// Adds what is left of the rates that a call is about.
    ///
    /// @param counted whether the call is still to be counted
    void addRates(
            List<RateLeft> rates,
            AccountId account,
            RatedUsage usage,
            boolean counted,
            Instant now) {
        for (var count : counts) {
            if (count.limit instanceof Limit.Rate rate
                    && usage.usedAt() == null
                    && rate.scope().covers(usage)) {
                long ahead = ahead(count, now) + (counted ? rate.betweenNanos() : 0);
                int calls = callsLeft(rate, ahead);
                long more =
                        calls == rate.calls()
                                ? 0
                                : ahead - rate.perNanos() + (calls + 1L) * rate.betweenNanos();
                rates.add(new RateLeft(account, rate, calls, Duration.ofNanos(more)));
            }
        }
    }

    private static long ahead(Count count, Instant now) {
        return Math.max(0, Duration.between(now, count.until).toNanos());
    }

    private static int callsLeft(Limit.Rate rate, long ahead) {
        long calls = Math.max(0, (rate.perNanos() - ahead) / rate.betweenNanos());
        return (int) Math.min(rate.calls(), calls);
    }

    List<LedgerState.LimitState> state() {
        return counts.stream()
                .map(count -> new LedgerState.LimitState(count.limit, count.used, count.until))
                .toList();
    }

    /// @param holds open ones of the account's calls
    static Limits of(List<LedgerState.LimitState> states, List<Hold> holds) {
        var limits = new Limits();
        for (var state : states) {
            limits.counts.add(new Count(state.limit(), state.used(), state.until()));
        }
        limits.countAll(holds);
        return limits;
    }

    Limits copy() {
        var copy = of(state(), List.of());
        for (int i = 0; i < counts.size(); i++) {
            copy.counts.get(i).held = counts.get(i).held;
        }
        return copy;
    }
}
