package dev.scrip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrip.client.AccountOpening;
import dev.scrip.client.ChargeOutcome;
import dev.scrip.client.ChargeRequest;
import dev.scrip.client.EntryPage;
import dev.scrip.client.GrantOrder;
import dev.scrip.client.IdempotencyKey;
import dev.scrip.client.NoAnswerException;
import dev.scrip.client.ScripClient;
import java.math.BigDecimal;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two real servers on one real PostgreSQL, under load but for when the writer stands still. The
/// writer is killed, stands still and wakes up again, is stopped, and loses its database; each time
/// the other answers within seconds. In the end every charge that was answered is in the journal
/// once, and an audit agrees.
///
/// More rounds with `-Dscrip.failovers=10`, as `make failover` does.
class FailoverTest {

    private static final int ROUNDS = Integer.getInteger("scrip.failovers", 1);
    private static final Duration TAKEOVER_MAX = Duration.ofSeconds(3);
    private static final int CALLERS = 8;
    private static final int ACCOUNTS = 4;
    private static final String QUIET = "quiet";
    private static final String AVAILABLE = "(?s).*\"available\":([0-9.]+).*";
    private static final BigDecimal GRANTED = new BigDecimal("100000000");

    @TempDir private Path directory;
    private final AtomicInteger requests = new AtomicInteger();

    /// Charges that were answered: key to id.
    private final Map<String, String> answered = new ConcurrentHashMap<>();

    private final Map<String, List<Duration>> takeovers = new HashMap<>();
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger charging = new AtomicInteger();
    private volatile boolean quiet;
    private volatile boolean over;
    private TwoServers two;

    @BeforeEach
    void start() throws Exception {
        two = new TwoServers(directory);
    }

    @AfterEach
    void stop() throws Exception {
        over = true;
        two.close();
        callers.close();
    }

    @Test
    void whoeverIsLostEveryAnsweredChargeIsThereOnce() throws Exception {
        assertThat(two.apiKey()).startsWith("sk_live_");
        assertThat(two.server(1).adminKey()).as("the first start alone shows keys").isNull();
        assertThat(two.role(0)).isEqualTo("writer");
        assertThat(two.role(1)).isEqualTo("standby");
        openAccounts();
        for (int caller = 0; caller < CALLERS; caller++) {
            int first = caller;
            callers.execute(() -> chargeUntilOver(first));
        }

        for (int round = 1; round <= ROUNDS; round++) {
            killTheWriter();
            letTheWriterStandStill();
            stopTheWriter();
            restartTheDatabase();
        }

        over = true;
        callers.close();
        checkCharges();
        for (int i = 1; i >= 0; i--) {
            assertThat(two.server(i).stop()).as("server %d stops cleanly", i).isTrue();
        }
        for (int i = 0; i < 2; i++) {
            two.verify(i);
        }
        report();
    }

    private void killTheWriter() throws Exception {
        int writer = two.writer();
        int standby = 1 - writer;
        long start = System.nanoTime();
        two.server(writer).kill();
        takenOver("SIGKILL", start, standby);
        two.start(writer);
        TwoServers.await(() -> two.role(writer).equals("standby"));
    }

    /// A process that stood still wakes up as if no time had passed. What it had been asked before,
    /// or was asked meanwhile, it must not answer from its memory.
    private void letTheWriterStandStill() throws Exception {
        int writer = two.writer();
        int standby = 1 - writer;
        charge(QUIET, "quiet-" + requests.incrementAndGet(), writer);
        var before = balance(writer);
        // With nothing to store, nothing but its own clock can keep it from answering.
        quiet = true;
        TwoServers.await(() -> charging.get() == 0);
        // On connections that are open already, what is asked below is there when it wakes up.
        for (var answer : askBalances(writer)) {
            assertThat(answer.get().statusCode()).isEqualTo(200);
        }
        long start = System.nanoTime();
        two.standStill(writer);
        var asked = askBalances(writer);
        // Before that, it would pass a charge on to the one that stands still.
        TwoServers.await(() -> two.role(standby).equals("writer"));
        takenOver("SIGSTOP", start, standby);
        charge(QUIET, "quiet-" + requests.incrementAndGet(), standby);
        var after = balance(standby);
        assertThat(after).isLessThan(before);

        var key = "quiet-" + requests.incrementAndGet();
        two.wakeUp(writer, () -> askedWhenItWokeUp(asked, after, writer, key));
        quiet = false;
        charge(QUIET, key, standby);
        TwoServers.await(() -> two.role(writer).equals("standby"));
        assertThat(two.role(standby)).isEqualTo("writer");
    }

    /// Nothing from before, and nothing done: what is not known is left to be asked again.
    private HttpResponse<String> askedWhenItWokeUp(
            List<CompletableFuture<HttpResponse<String>>> asked,
            BigDecimal after,
            int server,
            String key)
            throws Exception {
        for (var answer : asked) {
            var told = answer.get();
            assertThat(told.statusCode()).isIn(200, 503);
            if (told.statusCode() == 200) {
                assertThat(new BigDecimal(told.body().replaceFirst(AVAILABLE, "$1")))
                        .isEqualByComparingTo(after);
            }
        }
        var charged = askCharge(server, key).get();
        assertThat(charged.statusCode()).isIn(201, 503);
        return charged;
    }

    private void stopTheWriter() throws Exception {
        int writer = two.writer();
        int standby = 1 - writer;
        var process = two.server(writer);
        var stopped =
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return process.stop();
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        },
                        callers);
        TwoServers.await(() -> two.role(writer).isEmpty());
        takenOver("SIGTERM, from the close of its port", System.nanoTime(), standby);
        assertThat(stopped.get()).isTrue();
        two.start(writer);
        TwoServers.await(() -> two.role(writer).equals("standby"));
    }

    private void restartTheDatabase() {
        two.database().restart();
        long start = System.nanoTime();
        charge(QUIET, "quiet-" + requests.incrementAndGet(), 0);
        took("restart of the database, from its end", System.nanoTime() - start);
        TwoServers.await(() -> two.role(0).equals("writer") ^ two.role(1).equals("writer"));
        TwoServers.await(() -> two.role(0).equals("standby") ^ two.role(1).equals("standby"));
    }

    /// From a signal until the other server has answered a charge that was asked after it.
    private void takenOver(String signal, long start, int survivor) {
        charge(QUIET, "quiet-" + requests.incrementAndGet(), survivor);
        long nanos = System.nanoTime() - start;
        took(signal, nanos);
        assertThat(Duration.ofNanos(nanos)).as(signal).isLessThan(TAKEOVER_MAX);
    }

    private void took(String what, long nanos) {
        takeovers.computeIfAbsent(what, _ -> new ArrayList<>()).add(Duration.ofNanos(nanos));
    }

    private void report() {
        System.out.printf(
                "%d rounds, %d charges answered, every one there once%n", ROUNDS, answered.size());
        takeovers.forEach((what, times) -> {
            var sorted = times.stream().mapToLong(Duration::toMillis).sorted().toArray();
            System.out.printf(
                    "  %s: min %d ms, median %d ms, max %d ms (%d)%n",
                    what,
                    sorted[0],
                    sorted[sorted.length / 2],
                    sorted[sorted.length - 1],
                    sorted.length);
        });
    }

    private List<CompletableFuture<HttpResponse<String>>> askBalances(int server) {
        return Stream.generate(() -> two.send(two.request(server, "/v1/accounts/" + QUIET).build()))
                .limit(32)
                .toList();
    }

    private CompletableFuture<HttpResponse<String>> askCharge(int server, String key) {
        return two.send(
                two.request(server, "/v1/charges")
                        .header("Idempotency-Key", key)
                        .header("Content-Type", "application/json")
                        .POST(
                                BodyPublishers.ofString(
                                        "{\"account\":\""
                                                + QUIET
                                                + "\",\"operation\":\"image.upload\"}"))
                        .build());
    }

    private BigDecimal balance(int server) {
        return two.client(server).account(QUIET).orThrow().credits().available();
    }

    private void openAccounts() {
        for (int i = 0; i <= ACCOUNTS; i++) {
            var account = i == ACCOUNTS ? QUIET : account(i);
            // One through the standby, which passes it on.
            var client = two.client(i % 2);
            client.openAccount(
                            AccountOpening.onPlan(account, "free"), new IdempotencyKey("open-" + i))
                    .orThrow();
            client.grant(account, GrantOrder.paid(GRANTED), new IdempotencyKey("grant-" + i))
                    .orThrow();
        }
    }

    private void chargeUntilOver(int caller) {
        while (!over) {
            charging.incrementAndGet();
            if (!quiet) {
                int number = requests.incrementAndGet();
                chargeAt(
                        List.of(two.client(caller % 2), two.client(1 - caller % 2)),
                        account(number % ACCOUNTS),
                        "c-" + number);
            }
            charging.decrementAndGet();
            if (quiet) {
                TwoServers.pause();
            }
        }
    }

    /// Under one key until this server answers.
    private void charge(String account, String key, int server) {
        chargeAt(List.of(two.client(server)), account, key);
    }

    /// Under one key until it is answered, by one server or another.
    private void chargeAt(List<ScripClient> inTurn, String account, String key) {
        for (int attempt = 0; ; attempt++) {
            try {
                var client = inTurn.get(attempt % inTurn.size());
                switch (client.charge(
                        ChargeRequest.of(account, "image.upload"), new IdempotencyKey(key))) {
                    case ChargeOutcome.Charged(var charge, _) -> answered.put(key, charge.id());
                    case ChargeOutcome.TooFewCredits _, ChargeOutcome.Refused _ ->
                            throw new AssertionError("refused: " + key);
                }
                return;
            } catch (NoAnswerException e) {
                if (attempt > 2_000) {
                    throw new AssertionError("no server answers", e);
                }
                TwoServers.pause();
            }
        }
    }

    /// Every charge was asked until it was answered, so there are neither fewer nor more.
    private void checkCharges() {
        var stored = new ArrayList<String>();
        for (int i = 0; i <= ACCOUNTS; i++) {
            var account = i == ACCOUNTS ? QUIET : account(i);
            var granted = BigDecimal.ZERO;
            var charged = BigDecimal.ZERO;
            for (var entry : entries(two.client(i % 2), account)) {
                var credits = entry.credits() == null ? BigDecimal.ZERO : entry.credits().abs();
                switch (entry.type()) {
                    case "grant" -> granted = granted.add(credits);
                    case "charge" -> {
                        charged = charged.add(credits);
                        stored.add(entry.id());
                    }
                    default -> {}
                }
            }
            for (int server = 0; server < 2; server++) {
                assertThat(two.client(server).account(account).orThrow().credits().available())
                        .isEqualByComparingTo(granted.subtract(charged));
            }
        }
        assertThat(stored)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(answered.values());
        assertThat(answered.values()).doesNotHaveDuplicates().hasSizeGreaterThan(ROUNDS * 100);
    }

    private static List<EntryPage.Entry> entries(ScripClient client, String account) {
        var entries = new ArrayList<EntryPage.Entry>();
        @Nullable String cursor = null;
        do {
            var page = client.entries(account, 1_000, cursor).orThrow();
            entries.addAll(page.data());
            cursor = page.nextCursor();
        } while (cursor != null);
        return entries;
    }

    private static String account(int number) {
        return "account-" + number;
    }
}
