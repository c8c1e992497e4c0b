package dev.scrip.service;

import static dev.scrip.service.TestServer.charge;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.LedgerSettings;
import dev.scrip.ledger.Partition;
import dev.scrip.ledger.PartitionSettings;
import dev.scrip.ledger.Snapshots;
import dev.scrip.metering.BackfillCharge;
import dev.scrip.metering.CaptureSizes;
import dev.scrip.metering.LoadWatch;
import dev.scrip.metering.OperationUsage;
import dev.scrip.metering.PriceBookStore;
import dev.scrip.metering.PriceBooks;
import dev.scrip.metering.Publication;
import dev.scrip.metering.ReadModels;
import dev.scrip.pricing.PriceBook;
import dev.scrip.pricingfile.PricingFile;
import dev.scrip.service.access.ApiKey;
import dev.scrip.service.access.ApiKeys;
import dev.scrip.service.access.KeyStore;
import dev.scrip.service.access.Role;
import dev.scrip.service.api.Api;
import dev.scrip.service.api.ServiceMeters;
import dev.scrip.service.http.Router;
import dev.scrip.service.http.Transport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What callers are told when the ledger cannot answer.
final class LedgerTroubleTest {

    private static final int REQUESTS_MAX = 40;
    private static final int QUEUE_LENGTH_MAX = 2;
    private static final String TOP_UP_URL = "https://portal.example.com/top-up?for={account}";

    private final SettableClock clock = new SettableClock(TestServer.START);
    private final TroubledJournal journal = new TroubledJournal();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private Partition partition;
    private ServiceMeters meters;
    private Transport transport;
    private String key;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException, InterruptedException {
        var book =
                PricingFile.read(TestServer.pricingFile(folder))
                        .toPriceBook("pb_1", clock.instant());
        var priceBooks = new PriceBooks(new OneBook(book));
        var settings =
                new PartitionSettings(
                        new LedgerSettings(Duration.ofDays(1), REQUESTS_MAX),
                        QUEUE_LENGTH_MAX,
                        1,
                        1_000,
                        Duration.ofSeconds(5));
        partition = new Partition(journal, Snapshots.NONE, settings, clock, () -> {});
        var readModels = new BrokenReadModels();
        meters = new ServiceMeters(partition, readModels);
        var keys = new ApiKeys(new Keys(), clock);
        key = keys.issue("live", Role.ADMIN).secret();
        var routes =
                Api.routes(
                        partition,
                        priceBooks,
                        readModels,
                        keys,
                        meters,
                        TOP_UP_URL,
                        new LoadWatch(),
                        new Api.QuoteTerms(
                                () -> new byte[32], Duration.ofSeconds(60), Duration.ofMinutes(15)),
                        "live",
                        clock);
        transport = Transport.start("127.0.0.1", 0, 1 << 20, new Router(keys, routes));
        var _ = post("/v1/accounts", "open", "{\"account\":\"a\",\"plan\":\"starter\"}").is(201);
    }

    @Test
    void anEventThatMayHaveBeenForgottenIsRefusedAndNotChargedTwice()
            throws IOException, InterruptedException {
        var event =
                ("[{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"image.upload\","
                                + "\"subject\":\"a\",\"time\":\"%s\"}]")
                        .formatted(clock.instant());
        assertThat(post("/v1/events", "e", event).is(200).text("/charged")).isEqualTo("1");
        assertThat(post("/v1/events", "e", event).is(200).text("/duplicates")).isEqualTo("1");

        clock.advance(Duration.ofMinutes(6));
        for (int i = 0; i < REQUESTS_MAX; i++) {
            var _ = post("/v1/charges", "k" + i, TestServer.charge("a", "page.status", "")).is(201);
        }
        assertThat(post("/v1/events", "e", event).is(200).text("/events/0/code"))
                .isEqualTo("event_too_old");
    }

    @AfterEach
    void stop() {
        journal.trouble = TroubledJournal.Trouble.NONE;
        journal.permits.release(1_000);
        transport.close();
        partition.close();
        meters.close();
    }

    private Exchange post(String path, String idempotencyKey, String body)
            throws IOException, InterruptedException {
        return send(
                request(path)
                        .header("Idempotency-Key", idempotencyKey)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build());
    }

    private Exchange get(String path) throws IOException, InterruptedException {
        return send(request(path).build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + transport.port() + path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + key);
    }

    private Exchange send(HttpRequest request) throws IOException, InterruptedException {
        var response = http.send(request, BodyHandlers.ofString());
        assertThat(response.body())
                .doesNotContain("Exception", "java.", "dev.scrip", "SQLITE", "disk I/O");
        return new Exchange(
                request.method() + " " + request.uri(),
                response.statusCode(),
                response.headers(),
                response.body());
    }

    @Test
    void anOutcomeThatIsUnknownIsSettledByTheSameKey() throws Exception {
        journal.trouble = TroubledJournal.Trouble.STORED_BUT_FAILED;
        var body = charge("a", "image.analyze", "");
        var unknown = post("/v1/charges", "k", body).refuses(503, "outcome_unknown");
        assertThat(unknown.text("/detail")).contains("the same Idempotency-Key");
        assertThat(unknown.json().get("retryable").asBoolean()).isTrue();
        assertThat(unknown.header("Retry-After")).isEqualTo("1");

        var settled = post("/v1/charges", "k", body);
        for (int i = 0; i < 50 && settled.status() == 503; i++) {
            Thread.sleep(20);
            settled = post("/v1/charges", "k", body);
        }
        assertThat(settled.is(201).header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(settled.header("Credits-Remaining")).isEqualTo("49900");
    }

    @Test
    void whileTheStoreIsGoneNothingIsServedButTheProcessLives() throws Exception {
        journal.trouble = TroubledJournal.Trouble.GONE;
        var _ =
                post("/v1/charges", "k", charge("a", "image.analyze", ""))
                        .refuses(503, "outcome_unknown");
        var refused =
                post("/v1/charges", "k2", charge("a", "image.analyze", ""))
                        .refuses(503, "unavailable");
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        var _ = get("/health/ready").refuses(503, "unavailable");
        var _ = get("/health/live").is(200);
    }

    @Test
    void moreThanCanWaitIsRefusedAtOnceAndTheRestIsServed() throws Exception {
        int drained = journal.permits.drainPermits();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Future<Exchange>>();
            for (int i = 0; i < 30; i++) {
                var idempotencyKey = "many-" + i;
                answers.add(
                        executor.submit(() ->
                                post(
                                        "/v1/charges",
                                        idempotencyKey,
                                        charge("a", "image.upload", ""))));
            }
            Thread.sleep(500);
            journal.permits.release(drained);
            int served = 0;
            for (var answer : answers) {
                var exchange = answer.get();
                if (exchange.status() == 201) {
                    served++;
                } else {
                    assertThat(exchange.refuses(503, "overloaded").text("/type"))
                            .isEqualTo(
                                    "https://iana.org/assignments/http-problem-types"
                                            + "#temporary-reduced-capacity");
                    assertThat(exchange.header("Retry-After")).isEqualTo("1");
                }
            }
            assertThat(served).isBetween(1, QUEUE_LENGTH_MAX + 1);
        }
    }

    @Test
    void whoHasTooFewCreditsIsSentToWhereTheyAreSold() throws Exception {
        var refused =
                post("/v1/charges", "k", charge("a", "video.process", ",\"quantity\":100"))
                        .refuses(402, "insufficient_credits");

        assertThat(refused.header("Link"))
                .isEqualTo("<https://portal.example.com/top-up?for=a>; rel=\"payment\"");
        assertThat(refused.text("/actions/0/href"))
                .isEqualTo("https://portal.example.com/top-up?for=a");
    }

    @Test
    void aFaultOfOursIsReportedByItsIdAlone() throws Exception {
        var failed = get("/v1/accounts/a/usage").refuses(500, "internal_error");

        assertThat(failed.text("/detail")).contains(failed.text("/request_id"));
    }

    private record OneBook(PriceBook book) implements PriceBookStore {

        @Override
        public List<Publication> all() {
            return List.of(Publication.atStart(book, book.effectiveFrom()));
        }

        @Override
        public void add(Publication publication) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class Keys implements KeyStore {

        private final List<ApiKey> keys = new ArrayList<>();

        @Override
        public List<ApiKey> all() {
            return List.copyOf(keys);
        }

        @Override
        public void remove(String id) {
            keys.removeIf(key -> key.id().equals(id));
        }

        @Override
        public void add(ApiKey key) {
            keys.add(key);
        }
    }

    private static final class BrokenReadModels implements ReadModels {

        @Override
        public List<Fact> entries(AccountId account, long before, int limit) {
            throw new IllegalStateException("java.lang.Secret at dev.scrip.Inside");
        }

        @Override
        public @Nullable Fact fact(long seq) {
            throw new IllegalStateException("java.lang.Secret at dev.scrip.Inside");
        }

        @Override
        public @Nullable Fact before(Fact fact) {
            throw new IllegalStateException("java.lang.Secret at dev.scrip.Inside");
        }

        @Override
        public List<Fact> tookEffect(AccountId account, Instant after, Instant until) {
            throw new IllegalStateException("java.lang.Secret at dev.scrip.Inside");
        }

        @Override
        public @Nullable Instant extendedTo(long hold) {
            throw new IllegalStateException("java.lang.Secret at dev.scrip.Inside");
        }

        @Override
        public List<BackfillCharge> backfillCharges(String workspace, String backfill) {
            throw new IllegalStateException("java.lang.Secret at dev.scrip.Inside");
        }

        @Override
        public Map<String, BackfillCharge> backfilled(String workspace, List<String> events) {
            throw new IllegalStateException("java.lang.Secret at dev.scrip.Inside");
        }

        @Override
        public CaptureSizes captureSizes(String workspace, String operation) {
            throw new IllegalStateException("java.lang.Secret at dev.scrip.Inside");
        }

        @Override
        public List<Fact> openTopUps(String workspace, long after, int limit) {
            throw new IllegalStateException("java.lang.Secret at dev.scrip.Inside");
        }

        @Override
        public List<OperationUsage> usage(AccountId account, Instant from, Instant to) {
            throw new IllegalStateException("java.lang.Secret at dev.scrip.Inside");
        }

        @Override
        public List<OperationUsage> usage(String workspace, Instant from, Instant to) {
            throw new IllegalStateException("java.lang.Secret at dev.scrip.Inside");
        }

        @Override
        public long lag() {
            return 0;
        }
    }
}
