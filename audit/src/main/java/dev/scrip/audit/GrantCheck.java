package dev.scrip.audit;

import dev.scrip.ledger.Fact;
import dev.scrip.ledger.FactId;
import dev.scrip.ledger.GrantCategory;
import dev.scrip.ledger.GrantOrigin;
import dev.scrip.ledger.GrantTerms;
import dev.scrip.ledger.Overage;
import dev.scrip.pricing.Credits;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// What grants must say: who asked for them, what they follow from, and what they pay at once.
final class GrantCheck {

    private static final int PRIORITY_OF_TOP_UPS = 50;

    private final Queue<FollowUp> followUps;

    /// To which a bonus may come as the next fact; null for none.
    private Fact.@Nullable Granted purchase;

    GrantCheck(Queue<FollowUp> followUps) {
        this.followUps = followUps;
    }

    /// That it was decided together with the purchase right before it.
    boolean isBonus(Fact fact) {
        return purchase != null
                && fact instanceof Fact.Granted granted
                && granted.request() == null
                && granted.origin().kind() == GrantOrigin.Kind.BONUS;
    }

    /// No bonus can come any more.
    void forgetPurchase() {
        purchase = null;
    }

    void bonus(AccountBook account, Fact.Granted bonus) {
        var bought = purchase;
        if (bought == null || !bought.account().equals(bonus.account())) {
            throw new Mismatch(bonus, "the fact before", "the purchase", "another");
        }
        requireOrigin(bonus, GrantOrigin.causedBy(GrantOrigin.Kind.BONUS, bought.seq()));
        add(account, bonus);
        forgetPurchase();
    }

    void asked(AccountBook account, Fact.Granted granted) {
        Mismatch.unless(
                granted.request() != null, granted, "who asked for the grant", "a key", "none");
        var origin = granted.origin();
        switch (origin.kind()) {
            case ASKED, ADJUSTMENT -> {
                Mismatch.unlessEqual(granted, "the cause of the grant", 0L, origin.cause());
                purchase = granted;
            }
            case TOP_UP -> topUp(account, granted);
            case PLAN, ROLLOVER, BONUS, REVERSAL ->
                    throw new Mismatch(
                            granted, "the origin of the grant", "a request", origin.kind());
        }
        add(account, granted);
        expectSettlement(account, granted);
    }

    /// The credits of the request that is open, which closes it.
    private static void topUp(AccountBook account, Fact.Granted granted) {
        var topUps = open(account, granted, granted.origin().cause());
        requireOrigin(granted, GrantOrigin.causedBy(GrantOrigin.Kind.TOP_UP, topUps.open));
        var stated = granted.terms();
        Mismatch.unlessEqual(
                granted,
                "the terms of the top-up",
                new GrantTerms(
                        new Credits(topUps.openCredits),
                        PRIORITY_OF_TOP_UPS,
                        GrantCategory.PAID,
                        granted.at(),
                        stated.expires(),
                        stated.costBasis()),
                stated);
        topUps.close();
    }

    /// The top-ups of an account of which a request is open.
    static TopUpBook open(AccountBook account, Fact fact, long request) {
        var topUps = account.topUps;
        if (topUps == null || topUps.open == 0 || topUps.open != request) {
            var open = topUps == null || topUps.open == 0 ? "none" : FactId.topUp(topUps.open);
            throw new Mismatch(fact, "the top-up that is open", open, FactId.topUp(request));
        }
        return topUps;
    }

    void planGrant(AccountBook account, Fact.Granted granted, FollowUp.PlanGrant expected) {
        Mismatch.unlessEqual(
                granted, "the terms of the plan's grant", expected.terms(), granted.terms());
        Mismatch.unless(
                granted.request() == null, granted, "who asked for the grant", "none", "a key");
        requireOrigin(granted, expected.origin());
        add(account, granted);
        if (expected.origin().kind() == GrantOrigin.Kind.ROLLOVER) {
            account.lapsedLately.rollOver(granted);
        }
    }

    void regrant(AccountBook account, Fact.Granted granted, FollowUp.Regrant expected) {
        Mismatch.unlessEqual(granted, "the terms of the grant", expected.terms(), granted.terms());
        // The first journals did not name the charge.
        if (granted.origin().cause() != 0) {
            requireOrigin(
                    granted, GrantOrigin.causedBy(GrantOrigin.Kind.REVERSAL, expected.charge()));
        }
        add(account, granted);
    }

    private static void requireOrigin(Fact.Granted granted, GrantOrigin expected) {
        Mismatch.unlessEqual(granted, "the origin of the grant", expected, granted.origin());
    }

    private static void add(AccountBook account, Fact.Granted granted) {
        account.add(new GrantBook(granted.seq(), granted.terms()));
        account.granted = Math.addExact(account.granted, granted.terms().amount().micros());
    }

    /// Bought credits pay first what is owed, unless that is paid by an invoice.
    private void expectSettlement(AccountBook account, Fact.Granted granted) {
        long paid = Math.min(account.owed, granted.terms().amount().micros());
        var grant = account.grant(granted.seq());
        if (paid > 0
                && account.overage.payment() == Overage.Payment.FROM_PURCHASES
                && granted.terms().category() == GrantCategory.PAID
                && grant != null
                && grant.mayBurn(granted.at())) {
            followUps.add(
                    new FollowUp.Settlement(granted.account(), granted.at(), granted.seq(), paid));
        }
    }
}
