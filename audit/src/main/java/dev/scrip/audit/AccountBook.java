package dev.scrip.audit;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.AccountStatus;
import dev.scrip.ledger.Alert;
import dev.scrip.ledger.Draw;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.FactId;
import dev.scrip.ledger.GrantCategory;
import dev.scrip.ledger.Overage;
import dev.scrip.ledger.PlanTerms;
import dev.scrip.ledger.TopUpRule;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// An account as recomputed from its facts, in micro-credits.
final class AccountBook {

    final AccountId id;
    final ZoneId zone;

    /// On whose grants this one draws; null when it has its own.
    final @Nullable AccountBook pool;

    PlanTerms plan;

    /// From the next period on; null when it stays.
    @Nullable PlanTerms nextPlan;

    /// To which periods are added.
    Instant anchor;

    int periodIndex;
    Instant periodStart;
    Instant periodEnd;
    AccountStatus status = AccountStatus.OPEN;

    final LapsedBook lapsedLately = new LapsedBook();

    /// In burn order.
    private final List<GrantBook> grants = new ArrayList<>(1);

    final TreeMap<Long, HoldBook> holds = new TreeMap<>();
    final Map<Long, Long> takenBackOfCharge = new HashMap<>(0);
    LimitBook limits = LimitBook.NONE;
    List<AlertBook> alerts = List.of();
    @Nullable TopUpBook topUps;
    Overage overage = Overage.REFUSED;

    /// Used beyond all grants, and neither paid nor forgiven.
    long owed;

    long granted;

    /// Out of grants; what is owed is not.
    long burned;

    long takenBack;
    long lapsed;
    long voided;

    /// Taken to set the account right.
    long adjusted;

    /// Paid out of grants for what was owed.
    long settled;

    /// What grants of the plan had left that lapsed last, and when that was.
    private long planLeft;

    private Instant planLeftAt = Instant.MIN;

    AccountBook(Fact.AccountOpened fact, @Nullable AccountBook pool) {
        this.pool = pool;
        id = fact.account();
        plan = fact.plan();
        zone = fact.zone();
        anchor = fact.at();
        periodStart = fact.at();
        periodEnd = pool == null ? periodEnd(0) : pool.periodEnd;
    }

    /// The account whose grants pay.
    AccountBook payer() {
        return pool == null ? this : pool;
    }

    /// When a period of the plan ends, counted from its anchor.
    final Instant periodEnd(int index) {
        return Calendar.after(anchor, zone, plan.interval(), Math.addExact(index, 1));
    }

    /// Burns in the order of another plan from now on.
    void change(PlanTerms next) {
        plan = next;
        nextPlan = null;
        var before = List.copyOf(grants);
        grants.clear();
        before.forEach(this::add);
    }

    /// An alert that was there before stays as it is.
    void set(List<Alert> wanted) {
        var before = alerts;
        alerts =
                wanted.stream()
                        .map(alert ->
                                new AlertBook(
                                        alert,
                                        before.stream()
                                                .anyMatch(book ->
                                                        book.fired && book.alert.equals(alert))))
                        .toList();
    }

    /// @param rule null for no longer
    void set(@Nullable TopUpRule rule) {
        var books = topUps == null ? new TopUpBook() : topUps;
        books.rule = rule;
        topUps = books;
    }

    /// Notes what a grant of the plan had left when it lapsed.
    void lapseOfPlan(long left, Instant at) {
        planLeft = Math.addExact(left, planLeft(at));
        planLeftAt = at;
    }

    /// What lapsed at an instant of grants of the plan.
    long planLeft(Instant at) {
        return at.equals(planLeftAt) ? planLeft : 0;
    }

    List<GrantBook> grants() {
        return List.copyOf(grants);
    }

    /// What the plan granted is no part of the quota from now on.
    void leavePlan() {
        for (var grant : grants) {
            grant.ofEarlierPlan |= grant.category == GrantCategory.PLAN;
        }
    }

    long quota(Instant at) {
        long sum = 0;
        for (var grant : grants) {
            sum = Math.addExact(sum, grant.isOfQuota(at) ? grant.amount : 0);
        }
        return sum;
    }

    /// What is gone of the quota and not merely held.
    long used(Instant at) {
        long sum = 0;
        for (var grant : grants) {
            sum =
                    Math.addExact(
                            sum, grant.isOfQuota(at) ? grant.amount - grant.left - grant.held : 0);
        }
        return sum;
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
        return granted == burned + held() + lapsed + voided + adjusted + settled + left();
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
        while (at < grants.size() && grants.get(at).burnsBefore(grant, plan.burnOrder())) {
            at++;
        }
        grants.add(at, grant);
    }

    void remove(GrantBook grant) {
        grants.remove(grant);
    }

    /// What must pay for something, in burn order; less than asked when there is too little.
    ///
    /// @param operation null for what may draw on any grant
    List<Draw> draws(long credits, @Nullable String operation, Instant at) {
        return draws(grants, credits, operation, grant -> grant.mayBurn(at));
    }

    /// What must pay for usage that arrives late: what was in effect when it happened, lapsed since
    /// or not, and what that rolled over into.
    List<Draw> lateDraws(long credits, String operation, Instant usedAt) {
        var all = new ArrayList<>(lapsedLately.at(usedAt));
        all.addAll(grants);
        all.sort((a, b) -> a.burnsBefore(b, plan.burnOrder()) ? -1 : 1);
        return draws(
                all,
                credits,
                operation,
                grant -> grant.mayBurn(usedAt) || lapsedLately.hasRolledInto(grant, usedAt));
    }

    private static List<Draw> draws(
            List<GrantBook> grants,
            long credits,
            @Nullable String operation,
            Predicate<GrantBook> mayBurn) {
        var draws = new ArrayList<Draw>(1);
        long rest = credits;
        for (var grant : grants) {
            if (rest > 0 && grant.left > 0 && mayBurn.test(grant) && grant.paysFor(operation)) {
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
