package dev.scrip.audit;

import dev.scrip.ledger.Draw;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.FactId;
import dev.scrip.ledger.RatedUsage;
import dev.scrip.pricing.Credits;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// What charges and holds must say: which grants are drawn, what captures take and releases return.
final class BurnCheck {

    private final Queue<FollowUp> followUps;

    /// Whether usage that arrived late was seen to draw on what there was when it happened.
    private boolean drawsAsOfUse;

    BurnCheck(Queue<FollowUp> followUps) {
        this.followUps = followUps;
    }

    /// @param child that made the call; null when the account that pays did
    void charge(AccountBook account, @Nullable AccountBook child, Fact.Charged charged) {
        var usage = charged.usage();
        PriceCheck.require(charged, usage);
        requireLimits(account, child, charged, usage);
        requireShown(account, charged, charged.quota(), charged.resetsAt());
        long credits = usage.credits().micros();
        requireDraws(charged, "the grants drawn", expected(account, charged), charged.draws());
        long drawn = Draws.sum(charged.draws());
        takeForCharge(account, charged);
        owe(account, charged, credits - drawn);
        account.burned = Math.addExact(account.burned, drawn);
        countCall(account, child, usage, charged.at());
        countSpent(account, child, usage, charged.at());
    }

    /// The first journals charged usage that arrived late to what the account had by then. One that
    /// has shown that it knows better must go on so.
    private List<Draw> expected(AccountBook account, Fact.Charged charged) {
        var usage = charged.usage();
        long credits = usage.credits().micros();
        var now = account.draws(credits, usage.operation(), charged.at());
        var usedAt = usage.usedAt();
        if (usedAt == null || !LapsedBook.isLate(usedAt, charged.at())) {
            return now;
        }
        var late = account.lateDraws(credits, usage.operation(), usedAt);
        if (late.equals(now) || (!drawsAsOfUse && charged.draws().equals(now))) {
            return now;
        }
        drawsAsOfUse = true;
        return late;
    }

    /// What had lapsed is taken back.
    private static void takeForCharge(AccountBook account, Fact.Charged charged) {
        for (var draw : charged.draws()) {
            if (draw.expires() != null && !draw.expires().isAfter(charged.at())) {
                account.lapsedLately.take(charged, draw);
                account.lapsed -= draw.credits().micros();
            } else {
                account.take(charged, List.of(draw));
            }
        }
    }

    private static void requireLimits(
            AccountBook account, @Nullable AccountBook child, Fact fact, RatedUsage usage) {
        if (child != null) {
            child.limits.require(fact, usage, account.holds.values(), usage.child());
        }
        account.limits.require(fact, usage, account.holds.values(), null);
    }

    private static void countCall(
            AccountBook account, @Nullable AccountBook child, RatedUsage usage, Instant at) {
        account.limits.call(usage, at);
        if (child != null) {
            child.limits.call(usage, at);
        }
    }

    private static void countSpent(
            AccountBook account, @Nullable AccountBook child, RatedUsage usage, Instant at) {
        account.limits.spend(usage, at, account.zone);
        if (child != null) {
            child.limits.spend(usage, at, child.zone);
        }
    }

    /// What no grant pays must be within what the account may owe.
    private static void owe(AccountBook account, Fact fact, long credits) {
        long limit = account.overage.limit().micros();
        Mismatch.unless(
                credits == 0 || credits <= limit - account.owed,
                fact,
                "what is used beyond all grants",
                "at most " + new Credits(Math.max(0, limit - account.owed)),
                new Credits(credits));
        account.owed += credits;
    }

    /// Takes out of a bought grant what pays for what was owed.
    static void settle(AccountBook account, Fact.Settled settled, long seq, long credits) {
        Mismatch.unlessEqual(
                settled, "the grant that pays", FactId.grant(seq), FactId.grant(settled.grant()));
        Mismatch.unlessEqual(settled, "the credits paid", new Credits(credits), settled.credits());
        var grant = account.grant(seq);
        if (grant == null) {
            throw new Mismatch(settled, "the grant", "one that is there", FactId.grant(seq));
        }
        grant.left -= credits;
        account.owed -= credits;
        account.settled = Math.addExact(account.settled, credits);
    }

    private static void requireShown(
            AccountBook account, Fact fact, Credits quota, Instant resetsAt) {
        Mismatch.unlessEqual(fact, "the quota", new Credits(account.quota(fact.at())), quota);
        Mismatch.unlessEqual(fact, "when the plan grants again", account.periodEnd, resetsAt);
    }

    static void requireDraws(Fact fact, String what, List<Draw> expected, List<Draw> stated) {
        Mismatch.unless(
                expected.equals(stated), fact, what, Draws.shown(expected), Draws.shown(stated));
    }

    /// @param child that asked for it; null when the account that pays did
    static void hold(AccountBook account, @Nullable AccountBook child, Fact.Held held) {
        var estimate = held.estimate();
        PriceCheck.require(held, estimate);
        requireLimits(account, child, held, estimate);
        requireShown(account, held, held.quota(), held.resetsAt());
        var credits = estimate.credits();
        Mismatch.unlessEqual(
                held, "the sum of the draws", credits, new Credits(Draws.sum(held.draws())));
        requireDraws(
                held,
                "the grants drawn",
                account.draws(credits.micros(), estimate.operation(), held.at()),
                held.draws());
        account.take(held, held.draws());
        account.pin(held.draws());
        account.holds.put(held.seq(), new HoldBook(held));
        countCall(account, child, estimate, held.at());
    }

    static HoldBook openHold(AccountBook account, Fact fact, long seq) {
        var hold = account.holds.get(seq);
        if (hold == null) {
            throw new Mismatch(fact, "the hold", "an open one", FactId.hold(seq));
        }
        return hold;
    }

    void capture(AccountBook account, @Nullable AccountBook child, Fact.Captured captured) {
        requireShown(account, captured, captured.quota(), captured.resetsAt());
        var hold = openHold(account, captured, captured.hold());
        var usage = captured.usage();
        PriceCheck.require(captured, usage);
        requireSame(captured, "the key of the hold", hold.estimate.apiKey(), usage.apiKey());
        requireSame(captured, "the child of the hold", hold.estimate.child(), usage.child());
        long credits = usage.credits().micros();
        long held = Draws.sum(hold.draws);
        long fromHold = Math.min(credits, held);
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
                account.draws(credits - fromHold, usage.operation(), captured.at()),
                captured.more());
        hold.draws = Draws.between(hold.draws, fromHold, held);
        account.unpin(captured.draws());
        account.take(captured, captured.more());
        long drawn = fromHold + Draws.sum(captured.more());
        owe(account, captured, credits - drawn);
        account.burned = Math.addExact(account.burned, drawn);
        countSpent(account, child, usage, captured.at());
        if (!captured.last()) {
            return;
        }
        if (hold.draws.isEmpty()) {
            account.holds.remove(hold.seq);
        } else {
            followUps.add(new FollowUp.Release(captured.account(), captured.at(), hold.seq));
        }
    }

    private static void requireSame(
            Fact fact, String what, @Nullable String expected, @Nullable String stated) {
        Mismatch.unless(Objects.equals(expected, stated), fact, what, expected, stated);
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
        account.giveBack(back);
        account.holds.remove(hold.seq);
    }
}
