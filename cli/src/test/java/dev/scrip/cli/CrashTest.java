package dev.scrip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrip.cli.demo.ServerProcess;
import dev.scrip.client.AccountOpening;
import dev.scrip.client.ChargeOutcome;
import dev.scrip.client.ChargeRequest;
import dev.scrip.client.ClientSettings;
import dev.scrip.client.EntryPage;
import dev.scrip.client.GrantOrder;
import dev.scrip.client.IdempotencyKey;
import dev.scrip.client.NoAnswerException;
import dev.scrip.client.ScripClient;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills a real server with SIGKILL under load: after a random time, or right after the n-th charge
/// that was answered. Every charge that was answered must be there once, and nothing that nobody
/// asked for.
///
/// After each kill what is new is compared with what was answered since the last one, and each
/// balance with all that was ever read of its account. Now and then, and at the end, everything is
/// read again from the first entry on, and compared with all that was ever answered.
///
/// More kills with `-Dscrip.kills=1000`, as `make crash` does; the seed is printed.
class CrashTest {

    private static final int KILLS = Integer.getInteger("scrip.kills", 6);
    private static final int CALLERS = 16;
    private static final int ACCOUNTS = 8;
    private static final int KILLS_BETWEEN_FULL_COUNTS = 50;
    private static final int CHARGES_BEFORE_KILL_MAX = 400;
    private static final Duration KILL_WITHIN = Duration.ofMillis(900);

    /// Should the n-th charge never be answered, a kill comes all the same.
    private static final Duration KILL_AT_LAST = Duration.ofSeconds(10);

    private static final BigDecimal GRANTED = new BigDecimal("100000000");

    @TempDir private Path directory;
    private final long seed = Long.getLong("scrip.seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);
    private final AtomicInteger requests = new AtomicInteger();

    /// Charges that were answered since the last kill: key to id.
    private final Map<String, String> answered = new ConcurrentHashMap<>();

    /// The ids of all charges that were answered before that.
    private final Set<String> answeredBefore = new HashSet<>();

    /// What was read of each account: after a kill only what is newer is read.
    private final Map<String, Account> seen = new HashMap<>();

    /// What was read of an account.
    private static final class Account {
        final Set<String> charges = new HashSet<>();
        @Nullable String newest;
        BigDecimal balance = BigDecimal.ZERO;
    }

    /// Charges that were sent and not answered: they may be there or not.
    private final Queue<Sent> unanswered = new ConcurrentLinkedQueue<>();

    private record Sent(String account, String key) {}

    @Test
    void everyAnsweredChargeSurvivesAnyKillOnce() throws InterruptedException {
        String apiKey;
        try (var server = start()) {
            apiKey = String.valueOf(server.adminKey());
            try (var client = client(server, apiKey)) {
                openAccounts(client);
            }
        }
        for (int kill = 1; kill <= KILLS; kill++) {
            try (var server = start();
                    var client = client(server, apiKey)) {
                check(client, kill - 1);
                if (kill % KILLS_BETWEEN_FULL_COUNTS == 0) {
                    checkAll(client);
                }
                loadUntilKilled(server, client);
            }
        }
        try (var server = start();
                var client = client(server, apiKey)) {
            check(client, KILLS);
            checkAll(client);
        }
        assertThat(answeredBefore.size()).as("the load was real").isGreaterThan(KILLS * CALLERS);
        System.out.printf(
                "%d kills, %d charges, every one there once (seed %d)%n",
                KILLS, answeredBefore.size(), seed);
    }

    private void check(ScripClient client, int kills) {
        int maybe = unanswered.size();
        var stored = newCharges(client);
        // As sets: a look at each id in a list of all would take longer than the kills.
        assertThat(stored.containsAll(answered.values()))
                .as("seed %d, kill %d: every answered charge is there", seed, kills)
                .isTrue();
        assertThat(stored.size()).isBetween(answered.size(), answered.size() + maybe);

        if (maybe > 0) {
            askAgain(client);
            stored.addAll(newCharges(client));
        }

        assertThat(stored.equals(new HashSet<>(answered.values())))
                .as("seed %d, kill %d: after asking again, all and nothing else", seed, kills)
                .isTrue();
        assertThat(answered).as("an id for each").hasSameSizeAs(stored);
        answeredBefore.addAll(stored);
        answered.clear();
    }

    /// Reads everything again, with nothing known.
    private void checkAll(ScripClient client) {
        seen.clear();
        assertThat(newCharges(client).equals(answeredBefore))
                .as("seed %d: all that was ever answered and nothing else", seed)
                .isTrue();
    }

    private ServerProcess start() {
        return ServerProcess.start(
                directory.resolve("data"), Home.file("examples/image-api/pricing.yaml"), "live", 0);
    }

    private static ScripClient client(ServerProcess server, String apiKey) {
        return new ScripClient(
                ClientSettings.of(server.address(), apiKey)
                        .withAttemptsMax(1)
                        .withDeadline(Duration.ofSeconds(10)));
    }

    private static void openAccounts(ScripClient client) {
        for (int i = 0; i < ACCOUNTS; i++) {
            client.openAccount(
                            AccountOpening.onPlan(account(i), "free"),
                            new IdempotencyKey("open-" + i))
                    .orThrow();
            client.grant(account(i), GrantOrder.paid(GRANTED), new IdempotencyKey("grant-" + i))
                    .orThrow();
        }
    }

    private void loadUntilKilled(ServerProcess server, ScripClient client)
            throws InterruptedException {
        var killed = new AtomicBoolean();
        boolean byCount = random.nextBoolean();
        var answersLeft =
                new CountDownLatch(byCount ? random.nextInt(1, CHARGES_BEFORE_KILL_MAX) : 1);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int caller = 0; caller < CALLERS; caller++) {
                callers.execute(() -> {
                    while (!killed.get()) {
                        int number = requests.incrementAndGet();
                        if (charge(client, new Sent(account(number % ACCOUNTS), "c-" + number))
                                && byCount) {
                            answersLeft.countDown();
                        }
                    }
                });
            }
            var wait =
                    byCount
                            ? KILL_AT_LAST
                            : Duration.ofMillis(random.nextLong(KILL_WITHIN.toMillis()));
            var _ = answersLeft.await(wait.toMillis(), TimeUnit.MILLISECONDS);
            server.kill();
            killed.set(true);
        }
    }

    /// Whether it was answered.
    private boolean charge(ScripClient client, Sent sent) {
        try {
            return switch (client.charge(
                    ChargeRequest.of(sent.account, "image.upload"), new IdempotencyKey(sent.key))) {
                case ChargeOutcome.Charged(var charge, _) -> {
                    answered.put(sent.key, charge.id());
                    yield true;
                }
                case ChargeOutcome.TooFewCredits _, ChargeOutcome.Refused _ ->
                        throw new AssertionError("refused: " + sent);
            };
        } catch (NoAnswerException _) {
            unanswered.add(sent);
            return false;
        }
    }

    /// The same keys again: each is done now, whether it was before or not.
    private void askAgain(ScripClient client) {
        for (var sent = unanswered.poll(); sent != null; sent = unanswered.poll()) {
            assertThat(charge(client, sent)).as("a live server answers").isTrue();
        }
    }

    /// The ids of the charges that were not read before, after checking that each account's balance
    /// is what all of them leave. What was read last must still be there, right before what is new.
    private Set<String> newCharges(ScripClient client) {
        var found = new HashSet<String>();
        for (int i = 0; i < ACCOUNTS; i++) {
            var known = seen.computeIfAbsent(account(i), _ -> new Account());
            for (var entry : newEntries(client, account(i), known.newest)) {
                var credits = entry.credits() == null ? BigDecimal.ZERO : entry.credits().abs();
                switch (entry.type()) {
                    case "grant" -> known.balance = known.balance.add(credits);
                    case "charge" -> {
                        known.balance = known.balance.subtract(credits);
                        assertThat(known.charges.add(entry.id())).as("shown once").isTrue();
                        found.add(entry.id());
                    }
                    default -> {}
                }
                known.newest = entry.id();
            }
            assertThat(client.account(account(i)).orThrow().credits().available())
                    .isEqualByComparingTo(known.balance);
        }
        return found;
    }

    /// The entries after one of them, oldest first.
    private static List<EntryPage.Entry> newEntries(
            ScripClient client, String account, @Nullable String after) {
        var entries = new ArrayList<EntryPage.Entry>();
        @Nullable String cursor = null;
        do {
            var page = client.entries(account, 200, cursor).orThrow();
            for (var entry : page.data()) {
                if (entry.id().equals(after)) {
                    return entries.reversed();
                }
                entries.add(entry);
            }
            cursor = page.nextCursor();
        } while (cursor != null);
        assertThat(after).as("what was there before of %s", account).isNull();
        return entries.reversed();
    }

    private static String account(int number) {
        return "account-" + number;
    }
}
