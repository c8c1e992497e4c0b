package dev.scrip.audit;

import dev.scrip.ledger.Draw;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.FactId;
import dev.scrip.pricing.Credits;
import java.time.Instant;
import java.util.List;
import java.util.Queue;

/// What charges and holds must say: which grants are drawn, what captures take and releases return.
final class BurnCheck {

    private final Queue<FollowUp> followUps;

    BurnCheck(Queue<FollowUp> followUps) {
        this.followUps = followUps;
    }

    static void charge(AccountBook account, Fact.Charged charged) {
        requireResetsAt(account, charged, charged.resetsAt());
        burn(account, charged, charged.usage().credits().micros(), charged.draws());
        account.burned = Math.addExact(account.burned, charged.usage().credits().micros());
    }

    private static void requireResetsAt(AccountBook account, Fact fact, Instant resetsAt) {
        Mismatch.unlessEqual(fact, "when the plan grants again", account.periodEnd, resetsAt);
    }

    /// Checks that the draws are the right parts of the right grants, and takes them.
    private static void burn(AccountBook account, Fact fact, long credits, List<Draw> draws) {
        requireCredits(fact, credits, Draws.sum(draws));
        requireDraws(fact, "the grants drawn", account.draws(credits, fact.at()), draws);
        account.take(fact, draws);
        if (!(fact instanceof Fact.Held)) {
            account.drop(draws);
        }
    }

    private static void requireCredits(Fact fact, long expected, long drawn) {
        Mismatch.unlessEqual(
                fact, "the sum of the draws", new Credits(expected), new Credits(drawn));
    }

    static void requireDraws(Fact fact, String what, List<Draw> expected, List<Draw> stated) {
        Mismatch.unless(
                expected.equals(stated), fact, what, Draws.shown(expected), Draws.shown(stated));
    }

    static void hold(AccountBook account, Fact.Held held) {
        requireResetsAt(account, held, held.resetsAt());
        burn(account, held, held.estimate().credits().micros(), held.draws());
        account.pin(held.draws());
        account.holds.put(held.seq(), new HoldBook(held.seq(), held.draws(), held.expires()));
    }

    static HoldBook openHold(AccountBook account, Fact fact, long seq) {
        var hold = account.holds.get(seq);
        if (hold == null) {
            throw new Mismatch(fact, "the hold", "an open one", FactId.hold(seq));
        }
        return hold;
    }

    void capture(AccountBook account, Fact.Captured captured) {
        requireResetsAt(account, captured, captured.resetsAt());
        var hold = openHold(account, captured, captured.hold());
        long credits = captured.usage().credits().micros();
        long held = Draws.sum(hold.draws);
        long fromHold = Math.min(credits, held);
        requireCredits(captured, credits, Draws.sum(captured.draws()) + Draws.sum(captured.more()));
        requireDraws(
                captured,
                "what is drawn of the hold",
                Draws.between(hold.draws, 0, fromHold),
                captured.draws());
        Mismatch.unlessEqual(
                captured, "what the hold has left", new Credits(held - fromHold), captured.rest());
        requireDraws(
                captured,
                "the grants drawn beyond the hold",
                account.draws(credits - fromHold, captured.at()),
                captured.more());
        hold.draws = Draws.between(hold.draws, fromHold, held);
        account.unpin(captured.draws());
        account.drop(captured.draws());
        account.take(captured, captured.more());
        account.drop(captured.more());
        account.burned = Math.addExact(account.burned, credits);
        if (!captured.last()) {
            return;
        }
        if (hold.draws.isEmpty()) {
            account.holds.remove(hold.seq);
        } else {
            followUps.add(new FollowUp.Release(captured.account(), captured.at(), hold.seq));
        }
    }

    /// What the release behind the last capture gives back is part of the capture's balance.
    static long stillToCome(AccountBook account, Fact fact, Instant as) {
        if (!(fact instanceof Fact.Captured captured) || !captured.last()) {
            return 0;
        }
        var hold = account.holds.get(captured.hold());
        return hold == null
                ? 0
                : Draws.sum(
                        hold.draws.stream().filter(draw -> account.takesBack(draw, as)).toList());
    }

    void release(AccountBook account, Fact.Released released, Instant as) {
        var hold = openHold(account, released, released.hold());
        var back = hold.draws.stream().filter(draw -> account.takesBack(draw, as)).toList();
        requireDraws(released, "what goes back to its grants", back, released.draws());
        for (var draw : hold.draws) {
            if (!account.takesBack(draw, as)) {
                followUps.add(
                        new FollowUp.Lapse(
                                released.account(),
                                as,
                                draw,
                                CorrectionCheck.lapse(draw, released.at()),
                                false));
            }
        }
        account.unpin(hold.draws);
        account.giveBack(back, released.at());
        account.drop(hold.draws);
        account.holds.remove(hold.seq);
    }
}
