package dev.scrip.ledger;

import dev.scrip.pricing.Credits;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/// One account's state. Changed by [Ledger#apply] alone.
final class Account {

    final AccountId id;
    final PlanTerms plan;
    final ZoneId zone;
    final Instant openedAt;
    int periodIndex;
    Instant periodStart;
    Instant periodEnd;

    /// In burn order. A spent grant stays until it lapses, for the quota and for refunds.
    final List<Grant> grants = new ArrayList<>(1);

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
            if (grant.isEffective(now) && !grant.isExpired(now)) {
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
        for (var grant : grants) {
            if (grant.seq == seq) {
                return grant;
            }
        }
        throw new IllegalStateException("Account " + id + " has no grant " + seq);
    }

    void findNextDue() {
        nextDue = periodEnd;
        for (var grant : grants) {
            var expires = grant.terms.expires();
            if (expires != null && expires.isBefore(nextDue)) {
                nextDue = expires;
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
                available(now),
                quota(now),
                grants.stream()
                        .map(grant ->
                                new AccountView.GrantView(grant.seq, grant.terms, grant.remaining))
                        .toList());
    }
}
