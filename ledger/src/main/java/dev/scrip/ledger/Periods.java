package dev.scrip.ledger;

import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What time does to accounts, and to which plan their periods belong. Like [Ledger#decide], it
/// answers and changes nothing.
final class Periods {

    private static final int SHARE_DECIMALS = 6;
    private static final String PLAN_CHANGED = "the plan changed";

    private Periods() {}

    /// What happened at the earliest instant at which something was due.
    static List<Fact> settle(Account account, long firstSeq, Instant now) {
        var id = account.id;
        var instant = account.nextDue;
        var facts = new ArrayList<Fact>();
        long seq = firstSeq;
        // The balance between two instants of the past is the one at the later instant.
        var balance = account.available(instant);
        var left = Credits.ZERO;
        for (var grant : account.grants) {
            if (instant.equals(grant.terms.expires())) {
                facts.add(
                        new Fact.Expired(
                                seq++, now, id, grant.seq, grant.remaining(), instant, balance));
                if (grant.terms.category() == GrantCategory.PLAN) {
                    left = left.plus(grant.remaining());
                }
            }
        }
        for (var hold : account.holds.endingAt(instant)) {
            Holds.release(
                    facts,
                    account,
                    hold,
                    hold.draws,
                    Fact.ReleaseReason.EXPIRED,
                    null,
                    seq,
                    instant,
                    now,
                    balance);
            seq = facts.getLast().seq() + 1;
            balance = facts.getLast().balance();
        }
        if (account.periodEnd.equals(instant)) {
            begin(facts, account, seq, instant, now, balance, left);
        }
        return facts;
    }

    /// Begins the period after one that ended.
    ///
    /// @param left what the ended one left of the plan's credits
    private static void begin(
            List<Fact> facts,
            Account account,
            long seq,
            Instant instant,
            Instant now,
            Credits balance,
            Credits left) {
        var next = account.nextPlan;
        var plan = next == null ? account.plan : next;
        // Another length of period starts to count anew.
        boolean goesOn = plan.interval() == account.plan.interval();
        var anchor = goesOn ? account.anchor : instant;
        int index = goesOn ? account.periodIndex + 1 : 0;
        var end = plan.periodEnd(anchor, account.zone, index);
        facts.add(
                next == null
                        ? new Fact.PeriodStarted(seq, now, account.id, index, instant, end, balance)
                        : new Fact.PlanChanged(
                                seq,
                                now,
                                account.id,
                                null,
                                next,
                                anchor,
                                index,
                                instant,
                                end,
                                0,
                                Money.ZERO,
                                balance));
        Deposits.addPlanGrant(
                facts, account.id, plan, GrantOrigin.PLAN, plan.included(), instant, end);
        // By the terms under which they were left, and at what was paid for them.
        Deposits.addPlanGrant(
                facts,
                account.id,
                account.plan,
                GrantOrigin.ROLLOVER,
                account.plan.rolledOver(left),
                instant,
                end);
    }

    static Outcome changePlan(Account account, Command.ChangePlan asked, long seq, Instant now) {
        return switch (asked.time()) {
            case NOW ->
                    asked.plan().equals(account.plan)
                            ? Outcome.of(new Reply.PlanUnchanged(account.id, asked.plan().plan()))
                            : changeNow(account, asked, seq, now);
            case PERIOD_END -> {
                var fact =
                        new Fact.PlanChangeScheduled(
                                seq,
                                now,
                                account.id,
                                asked.request(),
                                asked.plan().equals(account.plan) ? null : asked.plan(),
                                account.available(now));
                yield Outcome.of(new Reply.Done(fact, false), fact);
            }
        };
    }

    private static Outcome changeNow(
            Account account, Command.ChangePlan asked, long seq, Instant now) {
        var unused = unusedShare(account, now);
        var end = asked.plan().periodEnd(now, account.zone, 0);
        var facts = new ArrayList<Fact>();
        var balance = account.available(now);
        var changed =
                new Fact.PlanChanged(
                        seq,
                        now,
                        account.id,
                        asked.request(),
                        asked.plan(),
                        now,
                        0,
                        now,
                        end,
                        unused.movePointRight(SHARE_DECIMALS).longValueExact(),
                        account.plan.feeOf(unused),
                        balance);
        facts.add(changed);
        for (var grant : account.grants) {
            if (grant.terms.category() == GrantCategory.PLAN && grant.remaining().isPositive()) {
                // What is not in effect yet was not available.
                balance = grant.isLive(now) ? balance.minus(grant.remaining()) : balance;
                facts.add(
                        new Fact.Voided(
                                seq + facts.size(),
                                now,
                                account.id,
                                null,
                                grant.seq,
                                grant.remaining(),
                                PLAN_CHANGED,
                                balance));
            }
        }
        Deposits.addPlanGrant(
                facts,
                account.id,
                asked.plan(),
                GrantOrigin.PLAN,
                asked.plan().included(),
                now,
                end);
        return new Outcome.Decided(new Reply.Done(changed, false), facts);
    }

    /// 1 - max(time used, quota used), rounded down to a millionth; what holds have set aside
    /// counts as used.
    private static BigDecimal unusedShare(Account account, Instant now) {
        var period = Duration.between(account.periodStart, account.periodEnd);
        var elapsed = Duration.between(account.periodStart, now);
        var time =
                share(
                        BigDecimal.valueOf(elapsed.toMillis()),
                        BigDecimal.valueOf(period.toMillis()));
        var granted = Credits.ZERO;
        var left = Credits.ZERO;
        for (var grant : account.grants) {
            if (grant.terms.category() == GrantCategory.PLAN && !grant.ofEarlierPlan) {
                granted = granted.plus(grant.terms.amount());
                left = left.plus(grant.remaining());
            }
        }
        var quota =
                granted.isZero()
                        ? BigDecimal.ZERO
                        : share(granted.minus(left).toBigDecimal(), granted.toBigDecimal());
        return BigDecimal.ONE.subtract(time.max(quota)).max(BigDecimal.ZERO);
    }

    private static BigDecimal share(BigDecimal part, BigDecimal whole) {
        return part.divide(whole, SHARE_DECIMALS, RoundingMode.UP);
    }
}
