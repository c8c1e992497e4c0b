package dev.scrip.ledger;

import dev.scrip.pricing.Credits;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// One account's state. Changed by [#apply] alone.
final class Account {

    final AccountId id;

    /// Its place among the accounts of its ledger, in the order in which they were opened.
    int number;

    final ZoneId zone;
    final Instant openedAt;

    /// On whose grants this one draws; null when it has its own.
    final @Nullable Account pool;

    PlanTerms plan;
    @Nullable PlanTerms nextPlan;

    /// To which the plan's periods are added.
    Instant anchor;

    int periodIndex;
    Instant periodStart;
    Instant periodEnd;

    final Grants grants;
    LapsedGrants lapsed = new LapsedGrants();

    final OpenHolds holds = new OpenHolds();

    /// How much of which charge was taken back.
    SortedMap<Long, Credits> reversed = Collections.emptySortedMap();

    AccountStatus status = AccountStatus.OPEN;
    Overage overage = Overage.REFUSED;

    // Numbers for the same reason as those of a grant.
    private long receivableMicros;
    private long usedInPeriodMicros;

    Commitment commitment = Commitment.NONE;

    @Nullable Limits limits;
    List<LedgerState.AlertState> alerts = List.of();
    @Nullable TopUps topUps;

    /// Those that draw on this one, by name; empty for most.
    Map<String, Account> children = Map.of();

    /// The earliest instant at which something happens by itself.
    Instant nextDue;

    Account(
            AccountId id,
            PlanTerms plan,
            ZoneId zone,
            Instant openedAt,
            Instant periodEnd,
            @Nullable Account pool) {
        this(id, plan, zone, openedAt, periodEnd, pool, new Grants());
    }

    Account(
            AccountId id,
            PlanTerms plan,
            ZoneId zone,
            Instant openedAt,
            Instant periodEnd,
            @Nullable Account pool,
            Grants grants) {
        this.id = id;
        this.plan = plan;
        this.zone = zone;
        this.openedAt = openedAt;
        this.pool = pool;
        this.anchor = openedAt;
        this.periodStart = openedAt;
        this.periodEnd = periodEnd;
        this.grants = grants;
        this.nextDue = pool == null ? periodEnd : Instant.MAX;
    }

    /// The account whose grants pay: this one, or its pool.
    Account payer() {
        return pool == null ? this : pool;
    }

    /// Its name in facts of the account that pays; null when it pays itself.
    @Nullable String childName() {
        return pool == null ? null : id.name();
    }

    /// What was used beyond all grants and is not paid yet.
    Credits receivable() {
        return new Credits(receivableMicros);
    }

    void setReceivable(Credits receivable) {
        receivableMicros = receivable.micros();
    }

    /// Charged since the period began, less what was taken back; never negative.
    Credits usedInPeriod() {
        return new Credits(usedInPeriodMicros);
    }

    void setUsedInPeriod(Credits used) {
        usedInPeriodMicros = used.micros();
    }

    Credits available(Instant now) {
        return payer().grants.available(now);
    }

    Hold openHold(long seq) {
        var hold = holds.find(seq);
        if (hold == null) {
            throw new IllegalStateException("Account " + id + " has no hold " + seq);
        }
        return hold;
    }

    /// Open holds of a child, or of all.
    ///
    /// @param child null for all
    List<Hold> holdsOf(@Nullable String child) {
        return child == null
                ? List.copyOf(holds.all())
                : holds.all().stream().filter(hold -> child.equals(hold.estimate.child())).toList();
    }

    /// Credits set aside by open holds, of grants that have lapsed meanwhile too.
    Credits held() {
        var sum = Credits.ZERO;
        for (var hold : holds.all()) {
            sum = sum.plus(hold.credits());
        }
        return sum;
    }

    /// Whether credits drawn from a grant can still go back to it.
    boolean takesBack(Draw draw, Instant instant) {
        var grant = grants.find(draw.grant());
        return grant != null && !grant.isExpired(instant);
    }

    /// Replays one fact of this account. No default branch: a new fact does not compile until it is
    /// handled here.
    ///
    /// @throws IllegalStateException if it does not follow from the state
    void apply(Fact fact) {
        lapsed.forget(fact.at());
        switch (fact) {
            case Fact.AccountOpened _ ->
                    throw new IllegalStateException("Account " + id + " is open already.");
            case Fact.PeriodStarted started -> {
                periodIndex = started.index();
                periodStart = started.start();
                periodEnd = started.end();
                usedInPeriodMicros = 0;
            }
            case Fact.PlanChanged changed -> change(changed);
            case Fact.PlanChangeScheduled scheduled -> nextPlan = scheduled.plan();
            case Fact.Granted granted -> {
                var grant = new Grant(granted.seq(), granted.terms(), granted.terms().amount());
                grants.add(grant, plan.burnOrder().comparator());
                if (granted.origin().kind() == GrantOrigin.Kind.ROLLOVER) {
                    lapsed.rollOver(granted);
                }
                if (granted.origin().kind() == GrantOrigin.Kind.TOP_UP && topUps != null) {
                    topUps.close();
                }
            }
            case Fact.Charged charged -> {
                for (var draw : charged.draws()) {
                    if (draw.hasLapsed(charged.at())) {
                        lapsed.burn(draw);
                    } else {
                        grants.burn(draw);
                    }
                }
                setReceivable(receivable().plus(charged.overage()));
                use(charged.usage().credits());
                count(
                        charged.usage(),
                        (limits, in) -> {
                            limits.call(charged.usage(), charged.at());
                            limits.spend(charged.usage(), charged.at(), in);
                        });
            }
            case Fact.Expired expired -> expire(expired);
            case Fact.Held held -> hold(held);
            case Fact.HoldExtended extended ->
                    holds.extend(openHold(extended.hold()), extended.expires());
            case Fact.Captured captured -> {
                capture(captured);
                use(captured.usage().credits());
            }
            case Fact.Released released -> release(released);
            case Fact.Reversed taken -> {
                taken.draws().forEach(grants::giveBack);
                setReceivable(receivable().minus(taken.forgiven()));
                setUsedInPeriod(usedInPeriod().minus(usedInPeriod().min(taken.credits())));
                if (reversed.isEmpty()) {
                    reversed = new TreeMap<>();
                }
                reversed.merge(taken.charge(), taken.credits(), Credits::plus);
            }
            case Fact.Voided voided -> {
                var grant = grants.get(voided.grant());
                grants.change(grant, Credits.ZERO, grant.held());
                if (grant.held().isZero()) {
                    grants.remove(grant);
                }
            }
            case Fact.Adjusted adjusted -> grants.burn(adjusted.draws());
            case Fact.OverageSet set -> overage = set.overage();
            case Fact.Settled settled -> {
                var grant = grants.get(settled.grant());
                grants.change(grant, grant.remaining().minus(settled.credits()), grant.held());
                setReceivable(receivable().minus(settled.credits()));
            }
            case Fact.ReceivablePaid paid -> setReceivable(receivable().minus(paid.credits()));
            case Fact.CommitmentSet set -> commitment = set.commitment();
            case Fact.StatusChanged changed -> status = changed.status();
            case Fact.LimitsSet set -> {
                if (limits == null) {
                    limits = new Limits();
                }
                limits.set(set.limits(), payer().holdsOf(childName()));
                limits = limits.isEmpty() ? null : limits;
            }
            case Fact.AlertsSet set -> alerts = AlertStates.of(set.alerts(), alerts);
            case Fact.AlertFired fired -> alerts = AlertStates.fired(alerts, fired.alert());
            case Fact.AlertRearmed rearmed -> alerts = AlertStates.rearmed(alerts, rearmed.alert());
            case Fact.TopUpRuleSet set -> {
                if (topUps == null) {
                    topUps = new TopUps();
                }
                topUps.rule = set.rule();
            }
            case Fact.TopUpRequested requested -> topUps().request(requested, zone);
            case Fact.TopUpFailed _ -> topUps().fail();
        }
    }

    /// What a hold or a charge gives back may come from a grant that lapsed or was voided before.
    private void expire(Fact.Expired expired) {
        var grant = grants.find(expired.grant());
        if (grant == null) {
            lapsed.lapse(expired.grant(), expired.rest());
        } else {
            grants.remove(grant);
            lapsed.add(grant);
        }
    }

    /// The top-ups, if that request is the open one; otherwise null.
    @Nullable TopUps openTopUp(long request) {
        var existing = topUps;
        return existing != null && existing.open != 0 && existing.open == request ? existing : null;
    }

    private TopUps topUps() {
        var existing = topUps;
        if (existing == null) {
            throw new IllegalStateException("Account " + id + " has no top-ups.");
        }
        return existing;
    }

    private void change(Fact.PlanChanged changed) {
        if (changed.request() != null) {
            grants.leavePlan();
        }
        boolean reorder = plan.burnOrder() != changed.plan().burnOrder();
        plan = changed.plan();
        nextPlan = null;
        anchor = changed.anchor();
        periodIndex = changed.index();
        periodStart = changed.start();
        periodEnd = changed.end();
        usedInPeriodMicros = 0;
        if (reorder) {
            grants.sort(plan.burnOrder().comparator());
        }
    }

    /// Counts what was used in the period, up to the end of the range: tiers of use end far before.
    private void use(Credits credits) {
        var room = new Credits(Long.MAX_VALUE).minus(usedInPeriod());
        setUsedInPeriod(usedInPeriod().plus(credits.min(room)));
    }

    /// Counts something against the limits of this account and of the child whose call it is.
    private void count(RatedUsage usage, BiConsumer<Limits, ZoneId> counting) {
        if (limits != null) {
            counting.accept(limits, zone);
        }
        var name = usage.child();
        if (name != null) {
            var child = child(name);
            if (child.limits != null) {
                counting.accept(child.limits, child.zone);
            }
        }
    }

    private void hold(Fact.Held held) {
        held.draws().forEach(grants::hold);
        holds.add(
                new Hold(
                        held.seq(),
                        held.estimate(),
                        held.lease(),
                        held.draws(),
                        held.expires(),
                        held.resetsAt()));
        count(
                held.estimate(),
                (limits, _) -> {
                    limits.call(held.estimate(), held.at());
                    limits.hold(held.estimate(), Draw.sum(held.draws()));
                });
    }

    private void capture(Fact.Captured captured) {
        var hold = openHold(captured.hold());
        var fromHold = Draw.sum(captured.draws());
        hold.draws = Draw.after(hold.draws, fromHold);
        captured.draws().forEach(grants::unpin);
        grants.burn(captured.more());
        setReceivable(receivable().plus(captured.overage()));
        // Otherwise its release follows.
        if (captured.last() && hold.draws.isEmpty()) {
            holds.remove(hold);
        }
        count(
                captured.usage(),
                (limits, in) -> {
                    limits.unhold(hold.estimate, fromHold);
                    limits.spend(captured.usage(), captured.at(), in);
                });
    }

    private void release(Fact.Released released) {
        var hold = openHold(released.hold());
        hold.draws.forEach(grants::unpin);
        released.draws().forEach(grants::giveBack);
        holds.remove(hold);
        count(hold.estimate, (limits, _) -> limits.unhold(hold.estimate, hold.credits()));
    }

    void findNextDue() {
        if (pool != null) {
            return;
        }
        nextDue = periodEnd;
        if (grants.firstExpiry().isBefore(nextDue)) {
            nextDue = grants.firstExpiry();
        }
        if (holds.firstEnd().isBefore(nextDue)) {
            nextDue = holds.firstEnd();
        }
    }

    Account child(String name) {
        var child = children.get(name);
        if (child == null) {
            throw new IllegalStateException("Account " + id + " has no child " + name);
        }
        return child;
    }

    void adopt(Account child) {
        if (children.isEmpty()) {
            children = new TreeMap<>();
        }
        children.put(child.id.name(), child);
    }
}
