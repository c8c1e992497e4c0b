package dev.scrip.ledger;

import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What operators do to set things right. Like [Ledger#decide], it answers and changes nothing.
final class Corrections {

    private Corrections() {}

    /// Takes back the part of a charge that was burned last, so that what the customer keeps burned
    /// is what would have lapsed first.
    static Outcome reverse(Account account, Command.Reverse asked, long seq, Instant now) {
        var charge = asked.charge();
        var before = account.reversed.getOrDefault(charge.seq(), Credits.ZERO);
        var total = charge.usage().credits();
        var left = total.minus(before);
        var credits = asked.credits() == null ? left : asked.credits();
        if (!credits.isPositive() || !left.covers(credits)) {
            return Outcome.of(new Reply.ReversalExceedsCharge(account.id, left));
        }
        // What was owed was used last.
        var overage = charge.overage();
        var ofOverage = credits.min(overage.minus(overage.min(before)));
        var drawn = before.minus(before.min(overage));
        var draws =
                Draw.first(Draw.after(charge.burned().reversed(), drawn), credits.minus(ofOverage));
        var back = draws.stream().filter(draw -> account.takesBack(draw, now)).toList();
        var balance = account.available(now).plus(Draw.sum(back));
        var usage = charge.usage();
        var yield =
                usage.valueOf(overage.min(before.plus(credits)))
                        .minus(usage.valueOf(overage.min(before)));
        for (var draw : draws) {
            yield = yield.plus(draw.yieldValue());
        }
        var forgiven = ofOverage.min(account.receivable());
        var reversed =
                new Fact.Reversed(
                        seq,
                        now,
                        account.id,
                        asked.request(),
                        charge.seq(),
                        charge instanceof Fact.Captured,
                        usage.operation(),
                        usage.child(),
                        credits,
                        usage.valueOf(before.plus(credits)).minus(usage.valueOf(before)),
                        yield,
                        back,
                        forgiven,
                        asked.reason(),
                        balance);
        var facts = new ArrayList<Fact>(1);
        facts.add(reversed);
        lapse(facts, account, draws, now, now, balance);
        var paid = ofOverage.minus(forgiven);
        if (paid.isPositive()) {
            facts.add(regrant(account, charge, paid, facts.getLast().seq() + 1, now, balance));
        }
        return new Outcome.Decided(new Reply.Done(reversed, false), facts);
    }

    /// What was owed and has been paid since comes back as credits bought at list price.
    private static Fact regrant(
            Account account,
            Fact.Burned charge,
            Credits credits,
            long seq,
            Instant now,
            Credits balance) {
        var usage = charge.usage();
        var costBasis =
                Money.of(
                        usage.listValue()
                                .toBigDecimal()
                                .divide(usage.credits().toBigDecimal(), MathContext.DECIMAL128),
                        RoundingMode.HALF_EVEN);
        var terms =
                new GrantTerms(
                        credits,
                        GrantTerms.PRIORITY_DEFAULT,
                        GrantCategory.PAID,
                        now,
                        null,
                        costBasis);
        var origin = GrantOrigin.causedBy(GrantOrigin.Kind.REVERSAL, charge.seq());
        return new Fact.Granted(seq, now, account.id, null, terms, origin, balance.plus(credits));
    }

    /// Adds the lapse of those parts that their grants do not take back any more.
    static void lapse(
            List<Fact> facts,
            Account account,
            List<Draw> draws,
            Instant instant,
            Instant now,
            Credits balance) {
        for (var draw : draws) {
            if (!account.takesBack(draw, instant)) {
                var expires = draw.expires();
                facts.add(
                        new Fact.Expired(
                                facts.getLast().seq() + 1,
                                now,
                                account.id,
                                draw.grant(),
                                draw.credits(),
                                expires == null || expires.isAfter(now) ? now : expires,
                                balance));
            }
        }
    }

    static Outcome voidGrant(Account account, Command.VoidGrant asked, long seq, Instant now) {
        var grant = account.grants.find(asked.grant());
        if (grant == null || grant.remaining().isZero()) {
            return Outcome.of(new Reply.NothingToVoid(account.id, asked.grant()));
        }
        var available = account.available(now);
        var fact =
                new Fact.Voided(
                        seq,
                        now,
                        account.id,
                        asked.request(),
                        grant.seq,
                        grant.remaining(),
                        asked.reason(),
                        grant.terms.isLive(now) ? available.minus(grant.remaining()) : available);
        return Outcome.of(new Reply.Done(fact, false), fact);
    }

    /// Takes credits of any grant, as many as there are at most.
    static Outcome deduct(Account account, Command.Deduct asked, long seq, Instant now) {
        var available = account.available(now);
        if (!available.covers(asked.credits())) {
            return Outcome.of(
                    new Reply.TooFewCredits(
                            account.id,
                            asked.credits(),
                            available,
                            account.grants.quota(now),
                            account.periodEnd));
        }
        var fact =
                new Fact.Adjusted(
                        seq,
                        now,
                        account.id,
                        asked.request(),
                        account.grants.draws(asked.credits(), null, now),
                        asked.reason(),
                        available.minus(asked.credits()));
        return Outcome.of(new Reply.Done(fact, false), fact);
    }

    static Outcome payReceivable(
            Account account, Command.PayReceivable asked, long seq, Instant now) {
        var credits = asked.credits() == null ? account.receivable() : asked.credits();
        if (!credits.isPositive() || !account.receivable().covers(credits)) {
            return Outcome.of(new Reply.PaymentExceedsReceivable(account.id, account.receivable()));
        }
        var fact =
                new Fact.ReceivablePaid(
                        seq,
                        now,
                        account.id,
                        asked.request(),
                        credits,
                        asked.reason(),
                        account.available(now));
        return Outcome.of(new Reply.Done(fact, false), fact);
    }
}
