package dev.scrip.audit;

import dev.scrip.ledger.AccountStatus;
import dev.scrip.ledger.Draw;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.FactId;
import dev.scrip.ledger.PlanTerms;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// An account as recomputed from its facts, in micro-credits.
final class AccountBook {

    final PlanTerms plan;
    final ZoneId zone;
    final Instant opened;
    int periodIndex;
    Instant periodEnd;
    AccountStatus status = AccountStatus.OPEN;
    long lastSeq;

    /// In burn order.
    private final List<GrantBook> grants = new ArrayList<>(1);

    final TreeMap<Long, HoldBook> holds = new TreeMap<>();
    final Map<Long, Long> takenBackOfCharge = new HashMap<>(0);

    long overageLimit;

    /// Used beyond all grants, and neither paid nor forgiven.
    long owed;

    long granted;

    /// Out of grants; what is owed is not.
    long burned;

    long takenBack;
    long lapsed;
    long voided;

    /// Paid out of grants for what was owed.
    long settled;

    AccountBook(Fact.AccountOpened fact) {
        plan = fact.plan();
        zone = fact.zone();
        opened = fact.at();
        periodEnd = periodStart(1);
    }

    /// The n-th period starts n months after the opening, by the account's calendar.
    Instant periodStart(int index) {
        return opened.atZone(zone).plusMonths(index).toInstant();
    }

    long available(Instant at) {
        long sum = 0;
        for (var grant : grants) {
            if (grant.mayBurn(at)) {
                sum = Math.addExact(sum, grant.left);
            }
        }
        return sum;
    }

    long left() {
        long sum = 0;
        for (var grant : grants) {
            sum = Math.addExact(sum, grant.left);
        }
        return sum;
    }

    long held() {
        long sum = 0;
        for (var hold : holds.values()) {
            sum = Math.addExact(sum, Draws.sum(hold.draws));
        }
        return sum;
    }

    boolean addsUp() {
        return granted == burned + held() + lapsed + voided + settled + left();
    }

    /// The earliest instant at which something happens by itself.
    Instant nextDue() {
        var due = periodEnd;
        for (var grant : grants) {
            if (grant.expires != null && grant.expires.isBefore(due)) {
                due = grant.expires;
            }
        }
        for (var hold : holds.values()) {
            if (hold.expires.isBefore(due)) {
                due = hold.expires;
            }
        }
        return due;
    }

    @Nullable GrantBook grant(long seq) {
        for (var grant : grants) {
            if (grant.seq == seq) {
                return grant;
            }
        }
        return null;
    }

    boolean hasGrantThatLapses(Instant at) {
        for (var grant : grants) {
            if (at.equals(grant.expires)) {
                return true;
            }
        }
        return false;
    }

    boolean hasHoldThatEnds(Instant at) {
        return holds.values().stream().anyMatch(hold -> hold.expires.equals(at));
    }

    void add(GrantBook grant) {
        int at = 0;
        while (at < grants.size() && grants.get(at).burnsBefore(grant)) {
            at++;
        }
        grants.add(at, grant);
    }

    void remove(GrantBook grant) {
        grants.remove(grant);
    }

    /// What must pay for something, in burn order; less than asked when there is too little.
    List<Draw> draws(long credits, Instant at) {
        var draws = new ArrayList<Draw>(1);
        long rest = credits;
        for (var grant : grants) {
            if (rest > 0 && grant.left > 0 && grant.mayBurn(at)) {
                long part = Math.min(rest, grant.left);
                rest -= part;
                draws.add(
                        new Draw(
                                grant.seq,
                                new Credits(part),
                                grant.expires,
                                new Money(grant.costBasis)));
            }
        }
        return draws;
    }

    /// Takes out of grants what was checked to be there.
    void take(Fact fact, List<Draw> draws) {
        for (var draw : draws) {
            var grant = grant(draw.grant());
            long left = grant == null ? -1 : grant.left - draw.credits().micros();
            Mismatch.unless(
                    grant != null && left >= 0,
                    fact,
                    "what is left of " + FactId.grant(draw.grant()),
                    "0 or more",
                    grant == null ? "no such grant" : new Credits(left));
            if (grant != null) {
                grant.left = left;
            }
        }
    }

    void pin(List<Draw> draws) {
        for (var draw : draws) {
            var grant = grant(draw.grant());
            if (grant != null) {
                grant.held += draw.credits().micros();
            }
        }
    }

    /// Of a grant that lapsed meanwhile, nothing is pinned any more.
    void unpin(List<Draw> draws) {
        for (var draw : draws) {
            var grant = grant(draw.grant());
            if (grant != null) {
                grant.held -= draw.credits().micros();
            }
        }
    }

    boolean takesBack(Draw draw, Instant at) {
        var grant = grant(draw.grant());
        return grant != null && !grant.hasLapsed(at);
    }

    /// Puts credits back. Only for grants that take them.
    void giveBack(List<Draw> draws) {
        for (var draw : draws) {
            var grant = grant(draw.grant());
            if (grant != null) {
                grant.left = Math.addExact(grant.left, draw.credits().micros());
            }
        }
    }
}
