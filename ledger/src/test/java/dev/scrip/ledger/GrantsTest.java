package dev.scrip.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The sums that grants keep ready are those that walking them gives, whatever was done to them.
class GrantsTest {

    private static final int SEEDS = 200;
    private static final int STEPS = 150;
    private static final Instant START = Scenario.START;

    @Test
    void theSumsAreWhatWalkingGives() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            var order = BurnOrder.values()[random.nextInt(2)];
            var grants = new Grants();
            var all = new ArrayList<Grant>();
            for (int step = 1; step <= STEPS; step++) {
                change(grants, all, order, random, step);
                var now = START.plusSeconds(random.nextInt(-50, 150));
                check(grants, all, order, now, "seed " + seed + ", step " + step);
                check(grants.copy(), all, order, now, "a copy, seed " + seed + ", step " + step);
            }
        }
    }

    private static void change(
            Grants grants, List<Grant> all, BurnOrder order, RandomGenerator random, int step) {
        var some = all.isEmpty() ? null : all.get(random.nextInt(all.size()));
        switch (random.nextInt(6)) {
            case 0, 1 -> {
                var grant = new Grant(step, terms(random), Credits.of(1 + random.nextInt(20)));
                all.add(grant);
                grants.add(grant, order.comparator());
            }
            case 2 -> {
                if (some != null) {
                    all.remove(some);
                    grants.remove(some);
                }
            }
            default -> {
                if (some != null) {
                    grants.change(
                            some,
                            Credits.of(random.nextInt(3) == 0 ? 0 : random.nextInt(20)),
                            Credits.of(random.nextInt(3)));
                }
            }
        }
    }

    private static GrantTerms terms(RandomGenerator random) {
        var effective = START.plusSeconds(random.nextInt(-100, 100));
        return new GrantTerms(
                Credits.of(40),
                random.nextInt(2),
                GrantCategory.values()[random.nextInt(3)],
                effective,
                random.nextBoolean() ? null : effective.plusSeconds(1 + random.nextInt(100)),
                Money.ZERO,
                random.nextInt(3) == 0 ? List.of("chat") : List.of());
    }

    private static void check(
            Grants grants, List<Grant> all, BurnOrder order, Instant now, String what) {
        assertThat(grants.available(now)).as(what).isEqualTo(sum(all, now, null));
        for (var operation : List.of("chat", "image")) {
            var payable = sum(all, now, operation);
            assertThat(grants.payable(operation, now)).as(what).isEqualTo(payable);
            assertThat(grants.draws(payable, operation, now))
                    .as(what)
                    .isEqualTo(
                            all.stream()
                                    .sorted(order.comparator())
                                    .filter(grant -> pays(grant, now, operation))
                                    .map(GrantsTest::whole)
                                    .toList());
        }
        var quota = Credits.ZERO;
        var used = Credits.ZERO;
        for (var grant : all) {
            if (grant.isLive(now) && grant.counts()) {
                quota = quota.plus(grant.terms.amount());
                used = used.plus(grant.terms.amount()).minus(grant.remaining()).minus(grant.held());
            }
        }
        assertThat(grants.quota(now)).as(what).isEqualTo(quota);
        assertThat(grants.used(now)).as(what).isEqualTo(used);
        assertThat(grants.firstExpiry())
                .as(what)
                .isEqualTo(
                        all.stream()
                                .map(Grant::expiry)
                                .min(Instant::compareTo)
                                .orElse(Instant.MAX));
        for (var grant : all) {
            var found = grants.find(grant.seq);
            assertThat(found).isNotNull();
        }
    }

    private static boolean pays(Grant grant, Instant now, @Nullable String operation) {
        return grant.isLive(now)
                && grant.remaining().isPositive()
                && (operation == null || grant.terms.paysFor(operation));
    }

    private static Draw whole(Grant grant) {
        return new Draw(
                grant.seq, grant.remaining(), grant.terms.expires(), grant.terms.costBasis());
    }

    private static Credits sum(List<Grant> all, Instant now, @Nullable String operation) {
        var sum = Credits.ZERO;
        for (var grant : all) {
            if (pays(grant, now, operation)) {
                sum = sum.plus(grant.remaining());
            }
        }
        return sum;
    }
}
