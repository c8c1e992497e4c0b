package dev.scrip.ledger;

import dev.scrip.pricing.Credits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What commands do to holds. Like [Ledger#decide], it answers and changes nothing.
final class Holds {

    private Holds() {}

    static Outcome authorise(Account asked, Command.Authorise authorise, long seq, Instant now) {
        var refusal = Charges.refuse(asked, authorise.estimate(), now);
        if (refusal != null) {
            return Outcome.of(refusal);
        }
        var account = asked.payer();
        var estimate = authorise.estimate().ofChild(asked.childName());
        var credits = estimate.credits();
        // What is lent may be used for anything that unrestricted credits may.
        var operation = estimate.operation();
        if (!account.grants.payable(operation, now).covers(credits)) {
            return Outcome.of(Charges.tooFew(account, estimate, credits, now));
        }
        var fact =
                new Fact.Held(
                        seq,
                        now,
                        account.id,
                        authorise.request(),
                        estimate,
                        authorise.lease(),
                        account.grants.draws(credits, operation, now),
                        now.plus(authorise.life()),
                        account.available(now).minus(credits),
                        account.grants.quota(now),
                        account.periodEnd);
        return Outcome.of(
                new Reply.Held(fact, false, Charges.rates(asked, estimate, true, now)), fact);
    }

    static Outcome extend(Account account, Command.ExtendHold asked, long seq, Instant now) {
        if (account.holds.find(asked.hold()) == null) {
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
        var hold = account.holds.find(asked.hold());
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
        var usage = asked.usage().by(hold.estimate.apiKey()).ofChild(hold.estimate.child());
        var more = Charges.pay(account, usage.operation(), beyond, now);
        if (more == null) {
            return Outcome.of(Charges.tooFew(account, usage, beyond, now));
        }
        var rest = Draw.after(hold.draws, fromHold);
        var balance = account.available(now).minus(Draw.sum(more));
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
                        usage,
                        Draw.first(hold.draws, fromHold),
                        more,
                        asked.last(),
                        held.minus(fromHold),
                        balance.plus(released),
                        account.grants.quota(now),
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
        var hold = account.holds.find(asked.hold());
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
