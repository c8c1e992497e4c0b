package dev.scrip.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class RememberedRequestsTest {

    private static final int REQUESTS_MAX = 3_000;
    private static final Duration WINDOW = Duration.ofMinutes(10);

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
                    new RememberedRequest(id, asked, step, Scenario.START.plusSeconds(seconds)));
            var remembered = new Model(id, step, asked, seconds);
            model.put(id, remembered);
            order.add(remembered);
            while (order.size() > REQUESTS_MAX
                    || order.element().atSeconds < seconds - WINDOW.toSeconds()) {
                model.remove(order.remove().id);
            }
            assertThat(requests.size()).as("seed %d, step %d", seed, step).isEqualTo(order.size());
        }
        assertThat(requests.oldestFirst().stream().map(RememberedRequest::id))
                .containsExactlyElementsOf(order.stream().map(Model::id).toList());
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
