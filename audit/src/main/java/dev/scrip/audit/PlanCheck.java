package dev.scrip.audit;

import dev.scrip.ledger.AccountStatus;
import dev.scrip.ledger.BurnOrder;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.GrantCategory;
import dev.scrip.ledger.GrantOrigin;
import dev.scrip.ledger.GrantTerms;
import dev.scrip.ledger.PlanTerms;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;

/// What plans must bring about: periods, their grants, what rolls over, and changes of the plan.
final class PlanCheck {

    private static final int PRIORITY = 50;
    private static final long WHOLE = 1_000_000;

    /// A billion, in units of 10^-9 times 10^-6.
    private static final int WORTH_MAX_DECIMALS = 24;

    private static final int SHARE_DECIMALS = 6;

    private final Queue<FollowUp> followUps;

    PlanCheck(Queue<FollowUp> followUps) {
        this.followUps = followUps;
    }

    void open(AccountBook account, Fact.AccountOpened opened) {
        Mismatch.unlessEqual(
                opened, "the end of the period", account.periodEnd, opened.periodEnd());
        var pool = account.pool;
        if (pool == null) {
            expectGrants(account, account.plan, 0);
            return;
        }
        Mismatch.unless(
                pool.pool == null && pool.status != AccountStatus.CLOSED,
                opened,
                "the account that pays",
                "one that has its own grants and is not closed",
                pool.id);
        Mismatch.unlessEqual(opened, "the zone", pool.zone, opened.zone());
        Mismatch.unlessEqual(
                opened,
                "the plan",
                new PlanTerms(
                        pool.plan.plan(),
                        Credits.ZERO,
                        Money.ZERO,
                        pool.plan.interval(),
                        PlanTerms.Rollover.NONE,
                        BurnOrder.EXPIRY_FIRST),
                opened.plan());
    }

    void startPeriod(AccountBook account, Fact.PeriodStarted started) {
        requireEnded(account, started, started.start());
        var next = account.nextPlan;
        Mismatch.unless(
                next == null,
                started,
                "the plan from this period on",
                next == null ? null : next.plan(),
                account.plan.plan());
        int index = account.periodIndex + 1;
        requirePeriod(account, started, index, started.index(), started.start(), started.end());
        long rolledOver = rolledOver(account, started.start());
        begin(account, index, started.start(), started.end());
        expectGrants(account, account.plan, rolledOver);
    }

    void change(AccountBook account, Fact.PlanChanged changed) {
        if (changed.request() == null) {
            changeAtEnd(account, changed);
        } else {
            changeNow(account, changed);
        }
    }

    static void schedule(AccountBook account, Fact.PlanChangeScheduled scheduled) {
        Mismatch.unless(
                !account.plan.equals(scheduled.plan()),
                scheduled,
                "the plan from the next period on",
                "none, since it is this one",
                scheduled.plan());
        account.nextPlan = scheduled.plan();
    }

    /// The period that ended is followed by one of the plan that was asked for before. Periods of
    /// the same length go on by the same anchor.
    private void changeAtEnd(AccountBook account, Fact.PlanChanged changed) {
        var start = changed.start();
        requireEnded(account, changed, start);
        var next = account.nextPlan;
        if (next == null) {
            throw new Mismatch(changed, "the plan from this period on", "as before", "another");
        }
        Mismatch.unlessEqual(changed, "the plan", next, changed.plan());
        requireUnused(changed, 0, Money.ZERO);
        boolean goesOn = next.interval() == account.plan.interval();
        int index = goesOn ? account.periodIndex + 1 : 0;
        long rolledOver = rolledOver(account, start);
        var before = account.plan;
        account.change(next);
        account.anchor = goesOn ? account.anchor : start;
        Mismatch.unlessEqual(changed, "the anchor", account.anchor, changed.anchor());
        requirePeriod(account, changed, index, changed.index(), start, changed.end());
        begin(account, index, start, changed.end());
        expectGrants(account, before, rolledOver);
    }

    /// Another plan at once, from a new anchor.
    private void changeNow(AccountBook account, Fact.PlanChanged changed) {
        var at = changed.at();
        long unused = unusedShare(account, at);
        var fee =
                account.plan
                        .costBasis()
                        .toBigDecimal()
                        .multiply(account.plan.included().toBigDecimal())
                        .multiply(BigDecimal.valueOf(unused, SHARE_DECIMALS));
        requireUnused(changed, unused, Money.of(fee, RoundingMode.HALF_EVEN));
        for (var grant : account.grants()) {
            if (grant.category == GrantCategory.PLAN && grant.left > 0) {
                followUps.add(new FollowUp.PlanVoid(account.id, at, grant.seq));
            }
        }
        account.leavePlan();
        account.change(changed.plan());
        account.anchor = at;
        Mismatch.unlessEqual(changed, "the anchor", at, changed.anchor());
        Mismatch.unlessEqual(changed, "the start of the period", at, changed.start());
        requirePeriod(account, changed, 0, changed.index(), at, changed.end());
        begin(account, 0, at, changed.end());
        expectGrants(account, account.plan, 0);
    }

    private static void requireUnused(Fact.PlanChanged changed, long share, Money fee) {
        Mismatch.unlessEqual(
                changed, "the unused share of the period", share, changed.unusedShare());
        Mismatch.unlessEqual(changed, "the unused fee", fee, changed.unusedFee());
    }

    /// 1 - max(time used, quota used) in millionths, each rounded up.
    private static long unusedShare(AccountBook account, Instant at) {
        long time =
                share(
                        Duration.between(account.periodStart, at).toMillis(),
                        Duration.between(account.periodStart, account.periodEnd).toMillis());
        long granted = 0;
        long left = 0;
        for (var grant : account.grants()) {
            if (grant.category == GrantCategory.PLAN && !grant.ofEarlierPlan) {
                granted = Math.addExact(granted, grant.amount);
                left = Math.addExact(left, grant.left);
            }
        }
        long quota = granted == 0 ? 0 : share(granted - left, granted);
        return Math.max(0, WHOLE - Math.max(time, quota));
    }

    private static long share(long part, long whole) {
        return BigInteger.valueOf(part)
                .multiply(BigInteger.valueOf(WHOLE))
                .add(BigInteger.valueOf(whole - 1))
                .divide(BigInteger.valueOf(whole))
                .longValueExact();
    }

    private static void requireEnded(AccountBook account, Fact fact, Instant end) {
        requireNoLapse(account, fact, end);
        Mismatch.unless(
                !account.hasHoldThatEnds(end),
                fact,
                "holds that end when the period does",
                "released first",
                "open");
        Mismatch.unlessEqual(fact, "the start of the period", account.periodEnd, end);
    }

    static void requireNoLapse(AccountBook account, Fact fact, Instant at) {
        Mismatch.unless(
                !account.hasGrantThatLapses(at),
                fact,
                "grants that lapse at the same instant",
                "lapsed first",
                "still there");
    }

    private static void requirePeriod(
            AccountBook account, Fact fact, int index, int stated, Instant start, Instant end) {
        Mismatch.unlessEqual(fact, "the number of the period", index, stated);
        Mismatch.unlessEqual(fact, "the start of the period", account.periodEnd(index - 1), start);
        Mismatch.unlessEqual(fact, "the end of the period", account.periodEnd(index), end);
    }

    private static void begin(AccountBook account, int index, Instant start, Instant end) {
        account.periodIndex = index;
        account.periodStart = start;
        account.periodEnd = end;
    }

    /// By the terms under which the credits were left, rounded down.
    private static long rolledOver(AccountBook account, Instant end) {
        var rollover = account.plan.rollover();
        long share =
                BigDecimal.valueOf(account.planLeft(end))
                        .multiply(rollover.share())
                        .setScale(0, RoundingMode.DOWN)
                        .min(BigDecimal.valueOf(rollover.cap().micros()))
                        .min(BigDecimal.valueOf(Long.MAX_VALUE / 4))
                        .longValueExact();
        long costBasis = account.plan.costBasis().nanos();
        // A grant is worth a billion at most: so many nano-units times micro-credits.
        return costBasis == 0
                ? share
                : BigInteger.TEN
                        .pow(WORTH_MAX_DECIMALS)
                        .divide(BigInteger.valueOf(costBasis))
                        .min(BigInteger.valueOf(share))
                        .longValueExact();
    }

    /// @param before the plan under which credits were left that roll over
    private void expectGrants(AccountBook account, PlanTerms before, long rolledOver) {
        expectGrant(account, account.plan, account.plan.included(), GrantOrigin.PLAN);
        expectGrant(account, before, new Credits(rolledOver), GrantOrigin.ROLLOVER);
    }

    /// @param plan by which the credits were paid for
    private void expectGrant(
            AccountBook account, PlanTerms plan, Credits credits, GrantOrigin origin) {
        if (!credits.isZero()) {
            var start = account.periodStart;
            var terms =
                    new GrantTerms(
                            credits,
                            PRIORITY,
                            GrantCategory.PLAN,
                            start,
                            account.periodEnd,
                            plan.costBasis());
            followUps.add(new FollowUp.PlanGrant(account.id, start, terms, origin));
        }
    }
}
