package dev.scrip.ledger;

import dev.scrip.pricing.Credits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What commands do to holds. Like [Ledger#decide], it answers and changes nothing.
final class Holds {

    private Holds() {}

    static Outcome authorise(Account account, Command.Authorise asked, long seq, Instant now) {
        if (account.status != AccountStatus.OPEN) {
            return Outcome.of(new Reply.AccountNotOpen(account.id, account.status));
        }
        var credits = asked.estimate().credits();
        var available = account.available(now);
        var quota = account.quota(now);
        if (!available.covers(credits)) {
            return Outcome.of(
                    new Reply.TooFewCredits(
                            account.id, credits, available, quota, account.periodEnd));
        }
        var fact =
                new Fact.Held(
                        seq,
                        now,
                        account.id,
                        asked.request(),
                        asked.estimate(),
                        Charges.draws(account, credits, now),
                        now.plus(asked.life()),
                        available.minus(credits),
                        quota,
                        account.periodEnd);
        return Outcome.of(new Reply.Done(fact, false), fact);
    }

    static Outcome extend(Account account, Command.ExtendHold asked, long seq, Instant now) {
        if (!account.holds.containsKey(asked.hold())) {
            return Outcome.of(new Reply.HoldNotOpen(account.id, asked.hold()));
        }
        var fact =
                new Fact.HoldExtended(
                        seq,
                        now,
                        account.id,
                        asked.request(),
                        asked.hold(),
                        now.plus(asked.life()),
                        account.available(now));
        return Outcome.of(new Reply.Done(fact, false), fact);
    }

    static Outcome capture(Account account, Command.Capture asked, long seq, Instant now) {
        var hold = account.holds.get(asked.hold());
        if (hold == null) {
            return Outcome.of(new Reply.HoldNotOpen(account.id, asked.hold()));
        }
        var held = hold.credits();
        var credits = asked.usage().credits();
        var fromHold = credits.min(held);
        var beyond = credits.minus(fromHold);
        if (beyond.isPositive() && !asked.mayExceed()) {
            return Outcome.of(new Reply.CaptureExceedsHold(account.id, held, credits));
        }
        var available = account.available(now);
        var quota = account.quota(now);
        var more = Charges.pay(account, beyond, available, now);
        if (more == null) {
            return Outcome.of(
                    new Reply.TooFewCredits(
                            account.id, beyond, available, quota, account.periodEnd));
        }
        var rest = Draw.after(hold.draws, fromHold);
        var balance = available.minus(Draw.sum(more));
        var released =
                asked.last()
                        ? Draw.sum(
                                rest.stream().filter(draw -> account.takesBack(draw, now)).toList())
                        : Credits.ZERO;
        var captured =
                new Fact.Captured(
                        seq,
                        now,
                        account.id,
                        asked.request(),
                        hold.seq,
                        asked.usage(),
                        Draw.first(hold.draws, fromHold),
                        more,
                        asked.last(),
                        held.minus(fromHold),
                        balance.plus(released),
                        quota,
                        account.periodEnd);
        var facts = new ArrayList<Fact>(2);
        facts.add(captured);
        if (asked.last() && !rest.isEmpty()) {
            release(
                    facts,
                    account,
                    hold,
                    rest,
                    Fact.ReleaseReason.CAPTURED,
                    null,
                    seq + 1,
                    now,
                    now,
                    balance);
        }
        return new Outcome.Decided(new Reply.Done(captured, false), facts);
    }

    static Outcome release(Account account, Command.Release asked, long seq, Instant now) {
        var hold = account.holds.get(asked.hold());
        if (hold == null) {
            return Outcome.of(new Reply.HoldNotOpen(account.id, asked.hold()));
        }
        var facts = new ArrayList<Fact>(1);
        release(
                facts,
                account,
                hold,
                hold.draws,
                Fact.ReleaseReason.ASKED,
                asked.request(),
                seq,
                now,
                now,
                account.available(now));
        return new Outcome.Decided(new Reply.Done(facts.getFirst(), false), facts);
    }

    /// Adds what becomes of a hold's rest: what goes back, and what had lapsed meanwhile.
    ///
    /// @param instant at which it ends
    /// @param now at which that is noticed
    /// @param balance before it
    static void release(
            List<Fact> facts,
            Account account,
            Hold hold,
            List<Draw> rest,
            Fact.ReleaseReason reason,
            @Nullable RequestKey request,
            long seq,
            Instant instant,
            Instant now,
            Credits balance) {
        var back = rest.stream().filter(draw -> account.takesBack(draw, instant)).toList();
        var after = balance.plus(Draw.sum(back));
        facts.add(new Fact.Released(seq, now, account.id, request, hold.seq, reason, back, after));
        Corrections.lapse(facts, account, rest, instant, now, after);
    }
}
