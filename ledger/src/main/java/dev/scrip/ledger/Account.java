package dev.scrip.ledger;

import dev.scrip.pricing.Credits;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One account's state. Changed by [Ledger#apply] alone.
final class Account {

    final AccountId id;
    final PlanTerms plan;
    final ZoneId zone;
    final Instant openedAt;
    int periodIndex;
    Instant periodStart;
    Instant periodEnd;

    /// In burn order. A spent grant stays until it lapses, for the quota and for reversals.
    final List<Grant> grants = new ArrayList<>(1);

    /// Open holds by the sequence number of their fact, oldest first.
    final SortedMap<Long, Hold> holds = new TreeMap<>();

    /// How much of which charge was taken back.
    final SortedMap<Long, Credits> reversed = new TreeMap<>();

    AccountStatus status = AccountStatus.OPEN;
    Overage overage = Overage.REFUSED;

    /// What was used beyond all grants and is not paid yet.
    Credits receivable = Credits.ZERO;

    /// The earliest instant at which something happens by itself.
    Instant nextDue;

    Account(AccountId id, PlanTerms plan, ZoneId zone, Instant openedAt, Instant periodEnd) {
        this.id = id;
        this.plan = plan;
        this.zone = zone;
        this.openedAt = openedAt;
        this.periodStart = openedAt;
        this.periodEnd = periodEnd;
        this.nextDue = periodEnd;
    }

    /// End of a period: n months added to the day the account was opened, in its zone, so that 31
    /// January is followed by 28 February and then by 31 March.
    static Instant periodEnd(Instant openedAt, ZoneId zone, int index) {
        return openedAt.atZone(zone).plusMonths(index + 1L).toInstant();
    }

    Credits available(Instant now) {
        var sum = Credits.ZERO;
        for (var grant : grants) {
            if (grant.isEffective(now) && !grant.isExpired(now)) {
                sum = sum.plus(grant.remaining);
            }
        }
        return sum;
    }

    Credits quota(Instant now) {
        var sum = Credits.ZERO;
        for (var grant : grants) {
            if (grant.countsNow(now)) {
                sum = sum.plus(grant.terms.amount());
            }
        }
        return sum;
    }

    void add(Grant grant) {
        int at = 0;
        while (at < grants.size() && BurnOrder.EXPIRY_FIRST.compare(grants.get(at), grant) < 0) {
            at++;
        }
        grants.add(at, grant);
    }

    Grant grant(long seq) {
        var grant = findGrant(seq);
        if (grant == null) {
            throw new IllegalStateException("Account " + id + " has no grant " + seq);
        }
        return grant;
    }

    /// Null when the grant has lapsed, was voided, or is spent and never expires.
    @Nullable Grant findGrant(long seq) {
        for (var grant : grants) {
            if (grant.seq == seq) {
                return grant;
            }
        }
        return null;
    }

    Hold openHold(long seq) {
        var hold = holds.get(seq);
        if (hold == null) {
            throw new IllegalStateException("Account " + id + " has no hold " + seq);
        }
        return hold;
    }

    /// Credits set aside by open holds, of grants that have lapsed meanwhile too.
    Credits held() {
        var sum = Credits.ZERO;
        for (var hold : holds.values()) {
            sum = sum.plus(hold.credits());
        }
        return sum;
    }

    /// Burned of the grants in effect.
    private Credits used(Instant now) {
        var sum = Credits.ZERO;
        for (var grant : grants) {
            if (grant.countsNow(now)) {
                sum = sum.plus(grant.terms.amount().minus(grant.remaining).minus(grant.held));
            }
        }
        return sum;
    }

    /// Takes credits out of a grant for a charge or a hold.
    void draw(Draw draw) {
        var grant = grant(draw.grant());
        if (!grant.remaining.covers(draw.credits())) {
            throw new IllegalStateException(
                    "Account "
                            + id
                            + ": "
                            + draw.credits()
                            + " credits are drawn from grant "
                            + FactId.grant(grant.seq)
                            + ", which has "
                            + grant.remaining
                            + ".");
        }
        grant.remaining = grant.remaining.minus(draw.credits());
    }

    /// Puts credits back where they came from.
    void giveBack(Draw draw) {
        var grant = grant(draw.grant());
        grant.remaining = grant.remaining.plus(draw.credits());
    }

    /// Whether credits drawn from a grant can still go back to it.
    boolean takesBack(Draw draw, Instant instant) {
        var grant = findGrant(draw.grant());
        return grant != null && !grant.isExpired(instant);
    }

    /// Pays what is owed out of a grant.
    Account settle(Fact.Settled settled) {
        var grant = grant(settled.grant());
        grant.remaining = grant.remaining.minus(settled.credits());
        receivable = receivable.minus(settled.credits());
        return this;
    }

    void burn(List<Draw> draws) {
        for (var draw : draws) {
            draw(draw);
        }
    }

    /// Sets credits aside.
    Account hold(Fact.Held held) {
        for (var draw : held.draws()) {
            draw(draw);
            pin(draw);
        }
        holds.put(
                held.seq(),
                new Hold(
                        held.seq(),
                        held.estimate(),
                        held.draws(),
                        held.expires(),
                        held.resetsAt()));
        return this;
    }

    /// Takes a call out of a hold.
    Account capture(Fact.Captured captured) {
        var hold = openHold(captured.hold());
        hold.draws = Draw.after(hold.draws, Draw.sum(captured.draws()));
        for (var draw : captured.draws()) {
            unpin(draw);
        }
        burn(captured.more());
        receivable = receivable.plus(captured.overage());
        // Otherwise its release follows.
        if (captured.last() && hold.draws.isEmpty()) {
            holds.remove(hold.seq);
        }
        return this;
    }

    /// Ends a hold and takes back what it gives.
    Account release(Fact.Released released) {
        var hold = openHold(released.hold());
        for (var draw : hold.draws) {
            unpin(draw);
        }
        for (var draw : released.draws()) {
            giveBack(draw);
        }
        holds.remove(hold.seq);
        return this;
    }

    /// Notes on its grant, unless that has lapsed, what a hold has set aside of it.
    void pin(Draw draw) {
        var grant = findGrant(draw.grant());
        if (grant != null) {
            grant.held = grant.held.plus(draw.credits());
        }
    }

    void unpin(Draw draw) {
        var grant = findGrant(draw.grant());
        if (grant != null) {
            grant.held = grant.held.minus(draw.credits());
        }
    }

    void findNextDue() {
        nextDue = periodEnd;
        for (var grant : grants) {
            var expires = grant.terms.expires();
            if (expires != null && expires.isBefore(nextDue)) {
                nextDue = expires;
            }
        }
        for (var hold : holds.values()) {
            if (hold.expires.isBefore(nextDue)) {
                nextDue = hold.expires;
            }
        }
    }

    AccountView view(Instant now) {
        return new AccountView(
                id,
                plan,
                zone,
                openedAt,
                periodStart,
                periodEnd,
                status,
                available(now),
                quota(now),
                used(now),
                held(),
                overage,
                receivable,
                grants.stream()
                        .map(grant ->
                                new AccountView.GrantView(grant.seq, grant.terms, grant.remaining))
                        .toList(),
                holds.values().stream()
                        .map(hold ->
                                new AccountView.HoldView(
                                        hold.seq,
                                        hold.estimate.operation(),
                                        hold.credits(),
                                        hold.expires))
                        .toList());
    }
}
