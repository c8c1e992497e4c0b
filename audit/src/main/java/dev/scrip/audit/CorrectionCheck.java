package dev.scrip.audit;

import dev.scrip.ledger.Draw;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.FactId;
import dev.scrip.ledger.GrantCategory;
import dev.scrip.ledger.GrantTerms;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Objects;
import java.util.Queue;
import java.util.function.LongFunction;

/// What reversals and voids must say.
final class CorrectionCheck {

    private static final int PRIORITY = 50;

    private final Queue<FollowUp> followUps;
    private final LongFunction<Fact> facts;

    CorrectionCheck(Queue<FollowUp> followUps, LongFunction<Fact> facts) {
        this.followUps = followUps;
        this.facts = facts;
    }

    /// The part of the charge that was burned last goes back first, and to the grants it came from.
    void reverse(AccountBook account, Fact.Reversed reversed) {
        var charge = charge(reversed);
        long before = account.takenBackOfCharge.getOrDefault(charge.seq(), 0L);
        long credits = reversed.credits().micros();
        long total = charge.usage().credits().micros();
        Mismatch.unless(
                credits > 0 && credits <= total - before,
                reversed,
                "the credits taken back",
                "at most " + new Credits(total - before),
                reversed.credits());
        // What was owed was used last.
        long overage = total - Draws.sum(charge.burned());
        long ofOverage = Math.min(credits, Math.max(0, overage - before));
        long drawnBefore = Math.max(0, before - overage);
        var draws =
                Draws.between(
                        charge.burned().reversed(),
                        drawnBefore,
                        Math.addExact(drawnBefore, credits - ofOverage));
        var at = reversed.at();
        var back = draws.stream().filter(draw -> account.takesBack(draw, at)).toList();
        BurnCheck.requireDraws(reversed, "what goes back to its grants", back, reversed.draws());
        var listValue = charge.usage().listValue();
        var earned =
                part(listValue, Math.min(overage, before + credits), total)
                        .minus(part(listValue, Math.min(overage, before), total));
        for (var draw : draws) {
            earned = earned.plus(draw.costBasis().timesCredits(draw.credits()));
            if (!account.takesBack(draw, at)) {
                followUps.add(
                        new FollowUp.Lapse(reversed.account(), at, draw, lapse(draw, at), true));
            }
        }
        long forgiven = Math.min(ofOverage, account.owed);
        Mismatch.unlessEqual(
                reversed, "what is forgiven", new Credits(forgiven), reversed.forgiven());
        account.owed -= forgiven;
        if (ofOverage > forgiven) {
            followUps.add(
                    new FollowUp.Regrant(
                            reversed.account(),
                            at,
                            regrant(charge, new Credits(ofOverage - forgiven), at),
                            charge.seq()));
        }
        Mismatch.unlessEqual(reversed, "the yield taken back", earned, reversed.yieldValue());
        Mismatch.unlessEqual(
                reversed,
                "the list value taken back",
                part(charge.usage().listValue(), before + credits, total)
                        .minus(part(charge.usage().listValue(), before, total)),
                reversed.listValue());
        account.giveBack(back);
        account.takenBackOfCharge.put(charge.seq(), before + credits);
        long given = Draws.sum(back);
        account.burned -= given;
        account.takenBack = Math.addExact(account.takenBack, credits);
    }

    /// Credits bought at the list price of the charge.
    private static GrantTerms regrant(Fact.Burned charge, Credits credits, Instant at) {
        var costBasis =
                Money.of(
                        charge.usage()
                                .listValue()
                                .toBigDecimal()
                                .divide(
                                        charge.usage().credits().toBigDecimal(),
                                        MathContext.DECIMAL128),
                        RoundingMode.HALF_EVEN);
        return new GrantTerms(credits, PRIORITY, GrantCategory.PAID, at, null, costBasis);
    }

    private Fact.Burned charge(Fact.Reversed reversed) {
        Mismatch.unless(
                reversed.charge() > 0 && reversed.charge() < reversed.seq(),
                reversed,
                "the number of the charge",
                "an earlier one",
                reversed.charge());
        var found = facts.apply(reversed.charge());
        if (!(found instanceof Fact.Burned charge)) {
            throw new Mismatch(reversed, "what is taken back", "a charge", found.id());
        }
        Mismatch.unlessEqual(
                reversed, "the account of the charge", charge.account(), reversed.account());
        Mismatch.unlessEqual(reversed, "the charge", charge.id(), reversed.chargeId());
        Mismatch.unlessEqual(
                reversed,
                "the operation of the charge",
                charge.usage().operation(),
                reversed.operation());
        Mismatch.unless(
                Objects.equals(charge.usage().child(), reversed.child()),
                reversed,
                "the child of the charge",
                charge.usage().child(),
                reversed.child());
        return charge;
    }

    static Money part(Money value, long credits, long total) {
        return Money.of(
                value.toBigDecimal()
                        .multiply(BigDecimal.valueOf(credits))
                        .divide(BigDecimal.valueOf(total), MathContext.DECIMAL128),
                RoundingMode.HALF_EVEN);
    }

    /// When credits lapse that their grant does not take back: when it did, or now when it was
    /// voided before its time.
    static Instant lapse(Draw draw, Instant at) {
        var expires = draw.expires();
        return expires == null || expires.isAfter(at) ? at : expires;
    }

    /// Draws on any grant.
    static void adjust(AccountBook account, Fact.Adjusted adjusted) {
        long credits = Draws.sum(adjusted.draws());
        BurnCheck.requireDraws(
                adjusted,
                "the grants drawn",
                account.draws(credits, null, adjusted.at()),
                adjusted.draws());
        account.take(adjusted, adjusted.draws());
        account.adjusted = Math.addExact(account.adjusted, credits);
    }

    static void pay(AccountBook account, Fact.ReceivablePaid paid) {
        long credits = paid.credits().micros();
        Mismatch.unless(
                credits > 0 && credits <= account.owed,
                paid,
                "the credits paid of what is owed",
                "more than 0, at most " + new Credits(account.owed),
                paid.credits());
        account.owed -= credits;
    }

    /// What holds have pinned of the grant stays pinned.
    void voidGrant(AccountBook account, Fact.Voided voided) {
        var grant = account.grant(voided.grant());
        if (grant == null) {
            throw new Mismatch(
                    voided, "the grant", "one that is there", FactId.grant(voided.grant()));
        }
        Mismatch.unlessEqual(voided, "the credits voided", new Credits(grant.left), voided.rest());
        Mismatch.unless(grant.left > 0, voided, "the credits voided", "more than 0", voided.rest());
        account.voided = Math.addExact(account.voided, grant.left);
        grant.left = 0;
        if (grant.held == 0) {
            account.remove(grant);
        }
    }
}
