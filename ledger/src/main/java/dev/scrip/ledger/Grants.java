package dev.scrip.ledger;

import dev.scrip.pricing.Credits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An account's grants in burn order, with the sums that each charge asks for kept ready: a charge
/// costs the same whether there is one grant or a thousand. A spent grant stays until it lapses,
/// for the quota and for reversals.
///
/// The sums hold while all grants are in effect and none has lapsed, which is nearly always; when
/// not, they are walked.
final class Grants implements Iterable<Grant> {

    private final List<Grant> order = new ArrayList<>(1);

    /// Where the first grant with anything left is; the number of grants when there is none.
    private int firstUnspent;

    private long remaining;
    private long held;

    /// Amounts of the grants that [Grant#counts].
    private long counted;

    private int restricted;
    private int ofEarlierPlan;
    private Instant lastEffective = Instant.MIN;
    private Instant firstExpiry = Instant.MAX;

    void add(Grant grant, Comparator<Grant> burnOrder) {
        int found = Collections.binarySearch(order, grant, burnOrder);
        int at = found < 0 ? -found - 1 : found;
        order.add(at, grant);
        firstUnspent = Math.min(firstUnspent, at);
        skipSpent();
        remaining = Math.addExact(remaining, grant.remaining().micros());
        held = Math.addExact(held, grant.held().micros());
        counted = Math.addExact(counted, counted(grant));
        restricted += grant.terms.operations().isEmpty() ? 0 : 1;
        ofEarlierPlan += grant.ofEarlierPlan ? 1 : 0;
        if (grant.terms.effective().isAfter(lastEffective)) {
            lastEffective = grant.terms.effective();
        }
        if (grant.expiry().isBefore(firstExpiry)) {
            firstExpiry = grant.expiry();
        }
    }

    /// The account left the plan that granted some of them.
    void leavePlan() {
        for (var grant : order) {
            if (grant.terms.category() == GrantCategory.PLAN && !grant.ofEarlierPlan) {
                counted -= counted(grant);
                grant.ofEarlierPlan = true;
                ofEarlierPlan++;
            }
        }
    }

    void remove(Grant grant) {
        order.remove(grant);
        firstUnspent = 0;
        skipSpent();
        remaining -= grant.remaining().micros();
        held -= grant.held().micros();
        counted -= counted(grant);
        restricted -= grant.terms.operations().isEmpty() ? 0 : 1;
        ofEarlierPlan -= grant.ofEarlierPlan ? 1 : 0;
        if (grant.expiry().equals(firstExpiry)) {
            firstExpiry = Instant.MAX;
            for (var other : order) {
                if (other.expiry().isBefore(firstExpiry)) {
                    firstExpiry = other.expiry();
                }
            }
        }
    }

    void sort(Comparator<Grant> burnOrder) {
        order.sort(burnOrder);
        firstUnspent = 0;
        skipSpent();
    }

    /// Null when the grant has lapsed, was voided, or is spent and never expires.
    @Nullable Grant find(long seq) {
        // Mostly it is the one that is being burned.
        for (int i = firstUnspent; i < order.size(); i++) {
            if (order.get(i).seq == seq) {
                return order.get(i);
            }
        }
        for (int i = 0; i < firstUnspent; i++) {
            if (order.get(i).seq == seq) {
                return order.get(i);
            }
        }
        return null;
    }

    /// As [#find], for one that must be there.
    Grant get(long seq) {
        var grant = find(seq);
        if (grant == null) {
            throw new IllegalStateException("There is no grant " + FactId.grant(seq) + ".");
        }
        return grant;
    }

    /// Takes credits out of the grants that paid.
    void burn(List<Draw> draws) {
        draws.forEach(this::burn);
    }

    void burn(Draw draw) {
        take(draw, Credits.ZERO);
    }

    /// Sets credits of a grant aside.
    void hold(Draw draw) {
        take(draw, draw.credits());
    }

    private void take(Draw draw, Credits pinned) {
        var grant = get(draw.grant());
        if (!grant.remaining().covers(draw.credits())) {
            throw new IllegalStateException(
                    draw.credits()
                            + " credits are drawn from grant "
                            + FactId.grant(grant.seq)
                            + ", which has "
                            + grant.remaining()
                            + ".");
        }
        change(grant, grant.remaining().minus(draw.credits()), grant.held().plus(pinned));
    }

    /// Puts credits back where they came from.
    void giveBack(Draw draw) {
        var grant = get(draw.grant());
        change(grant, grant.remaining().plus(draw.credits()), grant.held());
    }

    /// Notes on its grant, unless that has lapsed, what a hold has set aside of it.
    void pin(Draw draw) {
        var grant = find(draw.grant());
        if (grant != null) {
            change(grant, grant.remaining(), grant.held().plus(draw.credits()));
        }
    }

    /// Notes that a hold sets it aside no longer.
    void unpin(Draw draw) {
        var grant = find(draw.grant());
        if (grant != null) {
            change(grant, grant.remaining(), grant.held().minus(draw.credits()));
        }
    }

    /// Changes what a grant has left and what holds have pinned of it.
    void change(Grant grant, Credits left, Credits pinned) {
        remaining = Math.addExact(remaining, left.micros() - grant.remaining().micros());
        held = Math.addExact(held, pinned.micros() - grant.held().micros());
        counted -= counted(grant);
        boolean returns = grant.remaining().isZero() && left.isPositive();
        grant.setRemaining(left);
        grant.setHeld(pinned);
        counted += counted(grant);
        if (returns) {
            firstUnspent = Math.min(firstUnspent, order.indexOf(grant));
        }
        skipSpent();
    }

    private void skipSpent() {
        while (firstUnspent < order.size() && order.get(firstUnspent).remaining().isZero()) {
            firstUnspent++;
        }
    }

    private static long counted(Grant grant) {
        return grant.counts() ? grant.terms.amount().micros() : 0;
    }

    /// When the next grant lapses; [Instant#MAX] for never.
    Instant firstExpiry() {
        return firstExpiry;
    }

    Credits available(Instant now) {
        if (allLive(now)) {
            return new Credits(remaining);
        }
        long sum = 0;
        for (var grant : order) {
            sum += grant.isLive(now) ? grant.remaining().micros() : 0;
        }
        return new Credits(sum);
    }

    /// What may be spent on an operation.
    Credits payable(String operation, Instant now) {
        if (restricted == 0) {
            return available(now);
        }
        long sum = 0;
        for (var grant : order) {
            if (grant.isLive(now) && grant.terms.paysFor(operation)) {
                sum += grant.remaining().micros();
            }
        }
        return new Credits(sum);
    }

    /// What the grants in effect deposited.
    Credits quota(Instant now) {
        if (allLive(now)) {
            return new Credits(counted);
        }
        long sum = 0;
        for (var grant : order) {
            sum += grant.isLive(now) ? counted(grant) : 0;
        }
        return new Credits(sum);
    }

    /// What was burned of them.
    Credits used(Instant now) {
        if (allLive(now) && ofEarlierPlan == 0) {
            return new Credits(counted - remaining - held);
        }
        long sum = 0;
        for (var grant : order) {
            if (grant.isLive(now) && grant.counts()) {
                sum += counted(grant) - grant.remaining().micros() - grant.held().micros();
            }
        }
        return new Credits(sum);
    }

    private boolean allLive(Instant now) {
        return firstExpiry.isAfter(now) && !lastEffective.isAfter(now);
    }

    /// The grants that pay for something now, in burn order. What is payable must cover it.
    ///
    /// @param operation null to draw on any grant
    List<Draw> draws(Credits price, @Nullable String operation, Instant now) {
        var rest = price;
        var draws = new ArrayList<Draw>(1);
        for (int i = firstUnspent; i < order.size() && !rest.isZero(); i++) {
            var grant = order.get(i);
            if (!grant.remaining().isZero()
                    && grant.isLive(now)
                    && (operation == null || grant.terms.paysFor(operation))) {
                var taken = rest.min(grant.remaining());
                rest = rest.minus(taken);
                draws.add(
                        new Draw(grant.seq, taken, grant.terms.expires(), grant.terms.costBasis()));
            }
        }
        return draws;
    }

    /// All grants together, those not yet in effect included.
    Credits amounts() {
        long sum = 0;
        for (var grant : order) {
            sum = Math.addExact(sum, grant.terms.amount().micros());
        }
        return new Credits(sum);
    }

    @Override
    public Iterator<Grant> iterator() {
        return Collections.unmodifiableList(order).iterator();
    }

    Grants copy() {
        var copy = new Grants();
        for (var grant : order) {
            copy.order.add(grant.copy());
        }
        copy.firstUnspent = firstUnspent;
        copy.remaining = remaining;
        copy.held = held;
        copy.counted = counted;
        copy.restricted = restricted;
        copy.ofEarlierPlan = ofEarlierPlan;
        copy.lastEffective = lastEffective;
        copy.firstExpiry = firstExpiry;
        return copy;
    }
}
