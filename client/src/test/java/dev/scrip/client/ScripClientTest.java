package dev.scrip.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ScripClientTest {

    private static final String CHARGED =
            """
            {"id":"ch_00000000A1","object":"charge","allowed":true,"account":"cust_1",
             "operation":"ml.inference","quantity":1,
             "price":{"credits":0.5,"base":0.5,"adjustments":[],"price_table":"pb_1",
              "list_value":{"amount":"0.000500","currency":"USD"}},
             "drawn_from":[{"grant":"gr_0000000003","credits":0.5,"expires_at":null}],
             "meta":{"credits_consumed":0.5,"credits_remaining":17550.25,
              "credits_reset_at":"2026-12-01T00:00:00Z"},"a_newer_member":{"x":[1]}}
            """;
    private static final String TOO_FEW =
            """
            {"type":"urn:scrip:problem:insufficient-credits","title":"Not enough credits","status":402,
             "code":"insufficient_credits","detail":"ml.inference costs 100 credits; 40 remain.",
             "retryable":false,"credits_required":100,"credits_remaining":40,
             "credits_reset_at":"2026-12-01T00:00:00Z",
             "actions":[{"rel":"top_up","href":"https://example.com/top-up"}]}
            """;
    private static final String UNAVAILABLE =
            """
            {"title":"Not serving at the moment","status":503,"code":"unavailable",
             "detail":"The ledger does not serve at the moment.","retryable":true}
            """;
    private static final ChargeRequest ONE_CALL = ChargeRequest.of("cust_1", "ml.inference");

    private final FakeServer server = new FakeServer();

    @AfterEach
    void stop() {
        server.close();
    }

    private ScripClient client() {
        return new ScripClient(settings());
    }

    private ClientSettings settings() {
        return ClientSettings.of(server.address(), "sk_test_1");
    }

    @Test
    void aChargeIsSentExactlyAndReadExactly() {
        server.then(201, CHARGED);
        var request =
                ONE_CALL.withQuantity(new BigDecimal("1E+3"))
                        .withUse(
                                MeasuredUse.ofThirdParty(
                                        Map.of("gpt-4o.input_token", new BigDecimal("374"))));

        ChargeOutcome outcome;
        try (var client = client()) {
            outcome = client.charge(request, new IdempotencyKey("call-1"));
        }

        assertThat(server.asked())
                .containsExactly(
                        new FakeServer.Asked(
                                "POST /v1/charges",
                                "Bearer sk_test_1",
                                "\"call-1\"",
                                "{\"account\":\"cust_1\",\"operation\":\"ml.inference\","
                                        + "\"quantity\":1000,\"use\":{\"third_party\":"
                                        + "{\"gpt-4o.input_token\":374}}}"));
        assertThat(outcome).isInstanceOf(ChargeOutcome.Charged.class);
        var charge = ((ChargeOutcome.Charged) outcome).charge();
        assertThat(charge.price().credits()).isEqualTo("0.5");
        assertThat(charge.price().listValue()).hasToString("0.000500 USD");
        assertThat(charge.drawnFrom().getFirst().expiresAt()).isNull();
        assertThat(charge.meta())
                .isEqualTo(
                        new Charge.CreditsMeta(
                                new BigDecimal("0.5"),
                                new BigDecimal("17550.25"),
                                Instant.parse("2026-12-01T00:00:00Z")));
    }

    @Test
    void beingOutOfCreditsIsAnAnswerAndNotRetried() {
        server.then(402, TOO_FEW);

        try (var client = client()) {
            assertThat(client.charge(ONE_CALL, IdempotencyKey.random()))
                    .isInstanceOfSatisfying(
                            ChargeOutcome.TooFewCredits.class,
                            few -> {
                                assertThat(few.required()).isEqualTo("100");
                                assertThat(few.remaining()).isEqualTo("40");
                                assertThat(few.resetsAt()).isEqualTo("2026-12-01T00:00:00Z");
                                assertThat(few.problem())
                                        .hasToString(
                                                "402 insufficient_credits: ml.inference costs 100"
                                                        + " credits; 40 remain.");
                                assertThat(few.problem().actions())
                                        .containsExactly(
                                                new Problem.Action(
                                                        "top_up", "https://example.com/top-up"));
                            });
        }
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void aRefusalSaysWhichRefusal() {
        server.then(422, "{\"code\":\"unknown_operation\",\"detail\":\"No ml.inferenc.\"}");

        try (var client = client()) {
            assertThat(client.charge(ONE_CALL, IdempotencyKey.random()))
                    .isInstanceOfSatisfying(
                            ChargeOutcome.Refused.class,
                            refused ->
                                    assertThat(refused.problem().code())
                                            .isEqualTo("unknown_operation"));
            assertThatExceptionOfType(RefusedException.class)
                    .isThrownBy(() -> client.account("cust_1").orThrow())
                    .withMessage("422 unknown_operation: No ml.inferenc.");
        }
    }

    @Test
    void anUnavailableServerIsAskedAgainUnderTheSameKey() {
        server.then(503, UNAVAILABLE)
                .thenBreakOff()
                .then(500, "")
                .then(201, CHARGED, "Idempotent-Replayed", "true");

        try (var client = client()) {
            assertThat(client.charge(ONE_CALL, new IdempotencyKey("call-2")))
                    .isInstanceOfSatisfying(
                            ChargeOutcome.Charged.class,
                            charged -> assertThat(charged.replayed()).isTrue());
        }
        assertThat(server.asked()).hasSize(4);
        assertThat(server.asked())
                .extracting(FakeServer.Asked::idempotencyKey)
                .containsOnly("\"call-2\"");
        assertThat(server.asked())
                .extracting(FakeServer.Asked::body)
                .containsOnly(server.asked().getFirst().body());
    }

    @Test
    void attemptsRunOutAndTheLastReasonIsTold() {
        server.then(503, UNAVAILABLE);

        try (var client = new ScripClient(settings().withAttemptsMax(2))) {
            assertThatExceptionOfType(NoAnswerException.class)
                    .isThrownBy(() -> client.charge(ONE_CALL, IdempotencyKey.random()))
                    .withMessageContaining(
                            "2 attempts; the last: 503 unavailable: The ledger does");
        }
        assertThat(server.asked()).hasSize(2);
    }

    @Test
    void aServerThatAsksForTimeIsNotHurried() {
        server.then(503, UNAVAILABLE, "Retry-After", "3600");

        try (var client = client()) {
            assertThatExceptionOfType(NoAnswerException.class)
                    .isThrownBy(() -> client.charge(ONE_CALL, IdempotencyKey.random()));
        }
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void anAnswerThatTricklesEndsWithTheDeadline() {
        var over = new CountDownLatch(1);
        server.then(exchange -> {
            exchange.sendResponseHeaders(201, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            await(over);
            exchange.close();
        });
        long start = System.nanoTime();

        try (var client = new ScripClient(settings().withDeadline(Duration.ofMillis(300)))) {
            assertThatExceptionOfType(NoAnswerException.class)
                    .isThrownBy(() -> client.charge(ONE_CALL, IdempotencyKey.random()))
                    .withMessageContaining("the deadline is over");
        } finally {
            over.countDown();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(300), Duration.ofSeconds(5));
    }

    @Test
    void anEndlessAnswerIsGivenUp() {
        server.then(200, " ".repeat(70_000));

        var settings = settings().withAnswerBytesMax(65_536).withAttemptsMax(1);
        try (var client = new ScripClient(settings)) {
            assertThatExceptionOfType(NoAnswerException.class)
                    .isThrownBy(() -> client.account("cust_1"));
        }
    }

    @Test
    void anAnswerOfSomebodyElseIsNoAnswer() {
        server.then(200, "<html>Welcome to nginx</html>").then(200, "null").then(404, "<html>");

        try (var client = client()) {
            assertThatExceptionOfType(NoAnswerException.class)
                    .isThrownBy(() -> client.account("cust_1"))
                    .withMessageContaining("with something else than expected");
            assertThatExceptionOfType(NoAnswerException.class)
                    .isThrownBy(() -> client.account("cust_1"));
            assertThat(client.account("cust_1"))
                    .isInstanceOfSatisfying(
                            Answer.Refused.class,
                            refused ->
                                    assertThat(refused.problem())
                                            .hasToString(
                                                    "404 http_404: The answer was not one of"
                                                            + " Scrip's. Maybe the address is another"
                                                            + " server's."));
        }
    }

    @Test
    void nobodyThereIsToldWithTheAddress() {
        server.close();

        try (var client = new ScripClient(settings().withAttemptsMax(1))) {
            assertThatExceptionOfType(NoAnswerException.class)
                    .isThrownBy(client::isReady)
                    .withMessageContaining("GET " + server.address() + "/health/ready");
        }
    }

    @Test
    void anInterruptEndsACallAndIsPassedOn() throws InterruptedException {
        var over = new CountDownLatch(1);
        server.then(_ -> await(over));
        var interrupted = new AtomicInteger();
        try (var client = client()) {
            var caller =
                    Thread.startVirtualThread(() -> {
                        try {
                            client.charge(ONE_CALL, IdempotencyKey.random());
                        } catch (NoAnswerException _) {
                            interrupted.set(Thread.currentThread().isInterrupted() ? 1 : 2);
                        }
                    });
            while (server.asked().isEmpty()) {
                Thread.onSpinWait();
            }
            caller.interrupt();
            assertThat(caller.join(Duration.ofSeconds(5))).isTrue();
        } finally {
            over.countDown();
        }
        assertThat(interrupted).hasValue(1);
    }

    @Test
    void thousandsOfVirtualThreadsShareOneClient() throws Exception {
        var atOnce = new AtomicInteger();
        var mostAtOnce = new AtomicInteger();
        server.then(exchange -> {
            mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            atOnce.decrementAndGet();
            exchange.sendResponseHeaders(201, 0);
            exchange.getResponseBody().write(CHARGED.getBytes(UTF_8));
            exchange.close();
        });

        var calls = new ArrayList<Future<ChargeOutcome>>();
        try (var client =
                        new ScripClient(
                                settings()
                                        .withConcurrentCallsMax(8)
                                        .withDeadline(Duration.ofMinutes(1)));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 2_000; i++) {
                calls.add(threads.submit(() -> client.charge(ONE_CALL, IdempotencyKey.random())));
            }
            for (var call : calls) {
                assertThat(call.get()).isInstanceOf(ChargeOutcome.Charged.class);
            }
        }
        assertThat(server.asked()).hasSize(2_000);
        assertThat(mostAtOnce.get()).isBetween(1, 8);
    }

    @Test
    void pathsAndParametersAreEncoded() throws ExecutionException, InterruptedException {
        server.then(200, "{\"data\":[],\"next_cursor\":null}");

        try (var client = client()) {
            assertThat(client.entries("a/b c", 50, "x&y=").orThrow().data()).isEmpty();
        }
        assertThat(server.asked().getFirst().line())
                .isEqualTo("GET /v1/accounts/a%2Fb%20c/entries?limit=50&cursor=x%26y%3D");
    }

    @Test
    void secretsAreNotPrinted() {
        assertThat(settings().toString()).doesNotContain("sk_test_1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClientSettings.of(server.address(), "sk_test_1\n"))
                .withMessageNotContaining("sk_test_1");
        var key =
                new CreatedKey(
                        "k1", "live", KeyOrder.Role.READ, Instant.EPOCH, "sk_live_very_secret");
        assertThat(key.toString()).doesNotContain("secret");
    }

    @Test
    void settingsThatCannotWorkAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClientSettings.of(URI.create("localhost:80"), "k"))
                .withMessageContaining("Maybe http://localhost:80 is meant");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings().withDeadline(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> settings().withAttemptsMax(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new IdempotencyKey("a\"b"));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
