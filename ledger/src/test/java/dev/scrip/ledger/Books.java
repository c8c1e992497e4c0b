package dev.scrip.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrip.pricing.Credits;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What facts come to, kept by a second hand that shares nothing with the ledger but the facts: a
/// sum for each account of what came in, went and is owed, and when its grants, holds and period
/// end. Takes each fact once and looks at nothing twice, so that long histories stay cheap.
final class Books {

    private final Map<AccountId, Page> pages = new HashMap<>();
    private long lastSeq;
    private Instant lastAt = Instant.MIN;

    /// What the facts say of one account. Amounts are in millionths of a credit.
    private static final class Page {
        long granted;
        long gone;
        long owed;
        Overage overage = Overage.REFUSED;
        AccountStatus status = AccountStatus.OPEN;
        Instant periodEnd;
        final Map<Long, Fact.Granted> grants = new HashMap<>();

        /// Of grants that have neither lapsed nor been voided.
        final Map<Long, Instant> grantEnds = new HashMap<>();

        final Map<Long, Instant> holdEnds = new HashMap<>();

        /// What may still be taken back of a charge or a capture.
        final Map<Long, Long> burned = new HashMap<>();

        Page(Instant periodEnd) {
            this.periodEnd = periodEnd;
        }
    }

    long lastSeq() {
        return lastSeq;
    }

    /// When the first grant lapses, hold ends or period is over; [Instant#MAX] for never.
    Instant nextEnd() {
        var next = Instant.MAX;
        for (var page : pages.values()) {
            next = earlier(next, page.periodEnd);
            for (var end : page.grantEnds.values()) {
                next = earlier(next, end);
            }
            for (var end : page.holdEnds.values()) {
                next = earlier(next, end);
            }
        }
        return next;
    }

    private static Instant earlier(Instant a, Instant b) {
        return b.isBefore(a) ? b : a;
    }

    void add(Fact fact) {
        if (fact.seq() != lastSeq + 1 || fact.at().isBefore(lastAt)) {
            throw new AssertionError("out of order: " + fact);
        }
        lastSeq = fact.seq();
        lastAt = fact.at();
        if (fact instanceof Fact.AccountOpened opened) {
            var end = opened.pool() == null ? opened.periodEnd() : Instant.MAX;
            require(pages.putIfAbsent(opened.account(), new Page(end)) == null, fact, "new");
            return;
        }
        var page = page(fact.account());
        if (fact.request() != null) {
            require(nothingIsDue(page, fact.at()), fact, "after all that was due");
        }
        add(page, fact);
        require(page.owed >= 0, fact, "owed no less than nothing");
    }

    private void add(Page page, Fact fact) {
        switch (fact) {
            case Fact.AccountOpened _ -> throw new AssertionError("opened twice: " + fact);
            case Fact.PeriodStarted started -> page.periodEnd = started.end();
            case Fact.PlanChanged changed -> page.periodEnd = changed.end();
            case Fact.Granted granted -> grant(page, granted);
            case Fact.Charged charged -> charge(page, charged);
            case Fact.Held held -> {
                require(isOpen(page, held), held, "of an open account");
                draw(page, held, held.draws(), held.at());
                page.holdEnds.put(held.seq(), held.expires());
            }
            case Fact.HoldExtended extended -> {
                var before = page.holdEnds.put(extended.hold(), extended.expires());
                require(before != null, extended, "of an open hold");
            }
            case Fact.Captured captured -> capture(page, captured);
            case Fact.Released released -> release(page, released);
            case Fact.Reversed reversed -> {
                var left = Objects.requireNonNull(page.burned.get(reversed.charge()));
                require(left >= reversed.credits().micros(), reversed, "of what was burned");
                page.burned.put(reversed.charge(), left - reversed.credits().micros());
                page.owed -= reversed.forgiven().micros();
                // What was owed and is paid comes back by a grant, which is not counted.
                page.granted += reversed.credits().minus(reversed.forgiven()).micros();
            }
            case Fact.Expired expired -> {
                var end = page.grantEnds.remove(expired.grant());
                require(end == null || end.equals(expired.instant()), expired, "at its end");
                require(!expired.instant().isAfter(expired.at()), expired, "not before its end");
                page.gone += expired.rest().micros();
            }
            case Fact.Settled settled -> {
                page.owed -= settled.credits().micros();
                page.gone += settled.credits().micros();
            }
            case Fact.Voided voided -> {
                page.grantEnds.remove(voided.grant());
                page.gone += voided.rest().micros();
            }
            case Fact.Adjusted adjusted -> {
                draw(page, adjusted, adjusted.draws(), adjusted.at());
                page.gone += adjusted.credits().micros();
            }
            case Fact.OverageSet set -> page.overage = set.overage();
            case Fact.ReceivablePaid paid -> page.owed -= paid.credits().micros();
            case Fact.StatusChanged changed -> page.status = changed.status();
            case Fact.PlanChangeScheduled _,
                    Fact.LimitsSet _,
                    Fact.AlertsSet _,
                    Fact.AlertFired _,
                    Fact.AlertRearmed _,
                    Fact.CommitmentSet _,
                    Fact.TopUpRuleSet _,
                    Fact.TopUpRequested _,
                    Fact.TopUpFailed _ -> {}
        }
    }

    private static void grant(Page page, Fact.Granted granted) {
        page.grants.put(granted.seq(), granted);
        if (granted.terms().expires() != null) {
            page.grantEnds.put(granted.seq(), granted.terms().expires());
        }
        if (granted.origin().kind() != GrantOrigin.Kind.REVERSAL) {
            page.granted += granted.terms().amount().micros();
        }
    }

    private void charge(Page page, Fact.Charged charged) {
        require(isOpen(page, charged), charged, "of an open account");
        draw(page, charged, charged.draws(), paidAsOf(charged));
        owe(page, charged);
        // What had lapsed is counted as lapsed already.
        page.gone += Draw.sumOfLive(charged.draws(), charged.at()).micros();
        page.burned.put(charged.seq(), charged.usage().credits().micros());
    }

    /// What was in effect then pays: when it happened, for usage that came a little late.
    private static Instant paidAsOf(Fact.Charged charged) {
        var usedAt = charged.usage().usedAt();
        return usedAt != null
                        && usedAt.isBefore(charged.at())
                        && usedAt.plus(LedgerSettings.LATE_MAX).isAfter(charged.at())
                ? usedAt
                : charged.at();
    }

    private static void capture(Page page, Fact.Captured captured) {
        require(page.holdEnds.containsKey(captured.hold()), captured, "of an open hold");
        draw(page, captured, captured.more(), captured.at());
        owe(page, captured);
        page.gone += Draw.sum(captured.burned()).micros();
        page.burned.put(captured.seq(), captured.usage().credits().micros());
        if (captured.last() && captured.rest().isZero()) {
            page.holdEnds.remove(captured.hold());
        }
    }

    private static void release(Page page, Fact.Released released) {
        var end = page.holdEnds.remove(released.hold());
        require(end != null, released, "of an open hold");
        boolean over = !Objects.requireNonNull(end).isAfter(released.at());
        require(
                over == (released.reason() == Fact.ReleaseReason.EXPIRED),
                released,
                "by itself when its time is over and not before");
    }

    private static void owe(Page page, Fact.Burned burned) {
        long more = burned.overage().micros();
        require(more >= 0, burned, "of no more than its price");
        page.owed += more;
        require(
                more == 0 || page.owed <= page.overage.limit().micros(),
                burned,
                "within what it may owe");
    }

    /// Each part is of a grant of the account that was in effect at the instant.
    private static void draw(Page page, Fact fact, List<Draw> draws, Instant instant) {
        for (var draw : draws) {
            var grant = page.grants.get(draw.grant());
            require(
                    grant != null
                            && draw.credits().isPositive()
                            && Objects.equals(draw.expires(), grant.terms().expires())
                            && !draw.hasLapsed(instant)
                            && (!grant.terms().effective().isAfter(instant)
                                    || grant.origin().kind() == GrantOrigin.Kind.ROLLOVER),
                    fact,
                    "drawn from what was in effect");
        }
    }

    private boolean isOpen(Page payer, Fact fact) {
        return payer.status == AccountStatus.OPEN
                && page(fact.caller()).status == AccountStatus.OPEN;
    }

    private static boolean nothingIsDue(Page page, Instant at) {
        return page.periodEnd.isAfter(at)
                && allAfter(page.grantEnds, at)
                && allAfter(page.holdEnds, at);
    }

    private static boolean allAfter(Map<Long, Instant> ends, Instant at) {
        for (var end : ends.values()) {
            if (!end.isAfter(at)) {
                return false;
            }
        }
        return true;
    }

    /// What the ledger has is what the facts come to: for each account, granted + taken back = left
    /// + held + burned + lapsed + voided.
    void check(LedgerState state) {
        assertThat(state.lastSeq()).isEqualTo(lastSeq);
        assertThat(state.accounts()).hasSameSizeAs(pages.keySet());
        for (var stored : state.accounts()) {
            var page = page(stored.account());
            long left = 0;
            for (var hold : stored.holds()) {
                left += Draw.sum(hold.draws()).micros();
                require(
                        hold.expires().equals(page.holdEnds.get(hold.hold())),
                        hold,
                        "in the facts");
            }
            for (var grant : stored.grants()) {
                left += grant.remaining().micros();
                require(grant.remaining().covers(Credits.ZERO), grant, "no less than nothing");
            }
            require(left + page.gone == page.granted, stored, "as much as came in, less what went");
            require(stored.holds().size() == page.holdEnds.size(), stored, "all that is held");
            require(
                    stored.receivable().micros() == page.owed
                            && stored.overage().equals(page.overage)
                            && stored.status() == page.status
                            && (stored.pool() != null || stored.periodEnd().equals(page.periodEnd)),
                    stored,
                    "as the facts have it");
        }
    }

    private Page page(AccountId account) {
        var page = pages.get(account);
        if (page == null) {
            throw new AssertionError("Account " + account + " was never opened.");
        }
        return page;
    }

    private static void require(boolean holds, Object subject, String as) {
        if (!holds) {
            throw new AssertionError("not " + as + ": " + subject);
        }
    }
}
