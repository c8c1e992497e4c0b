package dev.scrip.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import java.nio.LongBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class RememberedRequestsTest {

    private static final int REQUESTS_MAX = 3_000;
    private static final Duration WINDOW = Duration.ofMinutes(10);

    private static final AccountId ACCOUNT = new AccountId("live", "a");
    private static final GrantTerms TERMS =
            new GrantTerms(
                    Credits.of(1),
                    GrantTerms.PRIORITY_DEFAULT,
                    GrantCategory.PAID,
                    Scenario.START,
                    null,
                    Money.ZERO);

    private record Model(Fingerprint id, long seq, long body, long atSeconds) {}

    /// The table against a map and a queue, over ids that crowd a few homes so that probing is
    /// long.
    @Test
    void itRemembersWhatAMapWouldAndForgetsTheOldest() {
        long seed = Long.getLong("scrip.seed", System.nanoTime());
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var requests = new RememberedRequests(new LedgerSettings(WINDOW, REQUESTS_MAX));
        var model = new HashMap<Fingerprint, Model>();
        var order = new ArrayDeque<Model>();
        long seconds = 0;
        for (int step = 1; step <= 60_000; step++) {
            var id = new Fingerprint(random.nextInt(4), random.nextInt(8_000) % 500 * 17L);
            long asked = random.nextInt(2);
            var known = model.get(id);
            assertThat(requests.find(id, new Fingerprint(asked, 0)))
                    .as("seed %d, step %d", seed, step)
                    .isEqualTo(known == null ? 0 : known.body == asked ? known.seq : -1);
            if (known != null) {
                continue;
            }
            seconds += random.nextInt(3) == 0 ? 1 : 0;
            seconds += random.nextInt(2_000) == 0 ? 400 : 0;
            requests.remember(
                    id,
                    new RequestKey("key", new Fingerprint(asked, 0)),
                    new Fact.Granted(
                            step,
                            Scenario.START.plusSeconds(seconds),
                            ACCOUNT,
                            null,
                            TERMS,
                            GrantOrigin.ASKED,
                            Credits.ZERO));
            var remembered = new Model(id, step, asked, seconds);
            model.put(id, remembered);
            order.add(remembered);
            while (order.size() > REQUESTS_MAX
                    || order.element().atSeconds < seconds - WINDOW.toSeconds()) {
                model.remove(order.remove().id);
            }
            assertThat(requests.size()).as("seed %d, step %d", seed, step).isEqualTo(order.size());
        }
        var copy = copy(requests);
        for (var remembered : order) {
            assertThat(new Fingerprint(copy.get(), copy.get())).isEqualTo(remembered.id);
            assertThat(copy.get()).isEqualTo(remembered.body);
            assertThat(copy.get()).isEqualTo(remembered.seq);
            assertThat(copy.get() / 1_000_000)
                    .isEqualTo(Scenario.START.getEpochSecond() + remembered.atSeconds);
            assertThat(copy.get()).as("seconds ahead").isZero();
        }
        assertThat(copy.hasRemaining()).isFalse();
        var restored = new RememberedRequests(new LedgerSettings(WINDOW, REQUESTS_MAX));
        restored.restore(copy.rewind(), requests.forgottenUntil());
        assertThat(restored.forgottenUntil()).isEqualTo(requests.forgottenUntil());
        assertThat(copy(restored)).isEqualTo(copy.rewind());
    }

    /// Whatever is forgotten and remembered while it is taken, and however the ring is rolled up
    /// anew.
    @Test
    void aCopyTakenByAndByIsWhatWasRememberedWhenItBegan() {
        long seed = Long.getLong("scrip.seed", System.nanoTime());
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var requests = new RememberedRequests(new LedgerSettings(WINDOW, REQUESTS_MAX));
        long step = 0;
        for (int round = 0; round < 50; round++) {
            for (int i = random.nextInt(2_000); i > 0; i--) {
                remember(requests, ++step);
            }
            var expected = copy(requests);
            var taken = requests.startCopy();
            boolean whole = taken.advance(0);
            while (!whole) {
                for (int i = random.nextInt(200); i > 0; i--) {
                    remember(requests, ++step);
                }
                whole = taken.advance(random.nextInt(50));
            }
            assertThat(taken.numbers()).as("seed %d, round %d", seed, round).isEqualTo(expected);
        }
    }

    private static void remember(RememberedRequests requests, long seq) {
        requests.remember(
                new Fingerprint(seq * 0x9E3779B97F4A7C15L, seq),
                new RequestKey("key", new Fingerprint(seq, 0)),
                new Fact.Granted(
                        seq,
                        Scenario.START.plusSeconds(seq / 50),
                        ACCOUNT,
                        null,
                        TERMS,
                        GrantOrigin.ASKED,
                        Credits.ZERO));
    }

    private static LongBuffer copy(RememberedRequests requests) {
        var copy = requests.newCopy();
        assertThat(copy.advance(Integer.MAX_VALUE)).isTrue();
        return copy.numbers();
    }

    @Test
    void usageOfAClockAheadIsForgottenUpToTheTimeItClaimed() {
        var scenario = new Scenario(new LedgerSettings(WINDOW, 2));
        scenario.open(Scenario.ACME, "100");
        var ahead = Scenario.usage("1").usedAt(scenario.now.plusSeconds(90));
        scenario.run(new Command.Charge(Scenario.ACME, ahead, Scenario.request("ahead")));
        scenario.charge("1");
        assertThat(scenario.ledger.forgottenUntil()).as("the opening").isEqualTo(scenario.now);

        scenario.charge("1");
        scenario.charge("1");

        // Rounded up to a second.
        assertThat(scenario.ledger.forgottenUntil()).isEqualTo(scenario.now.plusSeconds(91));
        assertThat(scenario.replayed()).isEqualTo(scenario.ledger.state());
    }

    @Test
    void noTwoRequestsShareAnIdByWhereTheirPartsEnd() {
        var body = new Fingerprint(0, 0);

        assertThat(RememberedRequests.id(new AccountId("live", "a"), new RequestKey("b c", body)))
                .isNotEqualTo(
                        RememberedRequests.id(
                                new AccountId("live", "a"), new RequestKey("b  c", body)))
                .isNotEqualTo(
                        RememberedRequests.id(
                                new AccountId("live", "b"), new RequestKey("b c", body)));
    }
}
