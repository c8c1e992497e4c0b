package dev.scrip.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BatchTest {

    @TempDir private static Path folder;
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = new TestServer(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String batch(String mode, String... charges) {
        return "{\"mode\":\"" + mode + "\",\"charges\":[" + String.join(",", charges) + "]}";
    }

    private static String charge(String account, String operation) {
        return TestServer.charge(account, operation, "");
    }

    private static Exchange send(String key, String body) {
        return server.post("/v1/charges/batch", server.admin(), key, body);
    }

    private static String available(String account) {
        return server.get("/v1/accounts/" + account, server.admin()).text("/credits/available");
    }

    @Test
    void allAreTakenTogetherAndEachReadsAsItWouldAlone() {
        server.open("together", "starter");
        var body =
                batch(
                        "all",
                        charge("together", "image.analyze"),
                        TestServer.charge("together", "image.upload", ",\"quantity\":7"),
                        charge("together", "page.status"));
        var taken = send("t1", body).is(201);

        assertThat(taken.text("/totals/charges")).isEqualTo("3");
        assertThat(taken.text("/totals/credits_consumed")).isEqualTo("107");
        assertThat(taken.text("/meta/credits_remaining")).isEqualTo("49893");
        assertThat(taken.header("Credits-Consumed")).isEqualTo("107");
        assertThat(available("together")).isEqualTo("49893");
        for (var one : taken.json().get("charges")) {
            var alone =
                    server.get("/v1/charges/" + one.get("id").asString(), server.admin()).is(200);
            assertThat(alone.json()).isEqualTo(one);
        }

        var again = send("t1", body).is(201);
        assertThat(again.body()).isEqualTo(taken.body());
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(available("together")).isEqualTo("49893");
        var _ =
                send("t1", batch("all", charge("together", "image.analyze")))
                        .refuses(422, "idempotency_key_reused");
        server.restart();
        assertThat(send("t1", body).is(201).body()).isEqualTo(taken.body());
    }

    @Test
    void onePartThatCannotBePaidTakesNothing() {
        server.open("short", "free");
        var refused =
                send(
                                "s1",
                                batch(
                                        "all",
                                        charge("short", "image.analyze"),
                                        charge("short", "video.process"),
                                        charge("short", "image.upload")))
                        .refuses(402, "insufficient_credits");

        assertThat(refused.text("/part")).isEqualTo("1");
        assertThat(refused.text("/credits_remaining")).isEqualTo("900");
        assertThat(available("short")).isEqualTo("1000");
        var _ =
                server.post(
                                "/v1/accounts/short/grants",
                                server.admin(),
                                "{\"credits\":2000,\"category\":\"paid\"}")
                        .is(201);
        var _ =
                send(
                                "s1",
                                batch(
                                        "all",
                                        charge("short", "image.analyze"),
                                        charge("short", "video.process"),
                                        charge("short", "image.upload")))
                        .is(201);
        assertThat(available("short")).isEqualTo("399");
    }

    @Test
    void eachIsDecidedByItselfAndARetryTakesOnlyWhatWasRefused() {
        server.open("one", "free");
        server.open("two", "free");
        var body =
                batch(
                        "each",
                        charge("one", "image.analyze"),
                        charge("nobody", "image.analyze"),
                        "7",
                        charge("two", "video.process"),
                        charge("two", "image.analyse"),
                        charge("two", "image.upload"));
        var first = send("e1", body).is(200);

        assertThat(first.json().get("charges"))
                .extracting(item ->
                        item.get("code") == null
                                ? item.get("outcome").asString()
                                : item.get("code").asString())
                .containsExactly(
                        "charged",
                        "unknown_account",
                        "wrong_type",
                        "insufficient_credits",
                        "unknown_operation",
                        "charged");
        assertThat(first.text("/totals/refused")).isEqualTo("4");
        assertThat(first.text("/totals/credits_consumed")).isEqualTo("101");
        var _ =
                server.post(
                                "/v1/accounts/two/grants",
                                server.admin(),
                                "{\"credits\":3000,\"category\":\"paid\"}")
                        .is(201);

        var second = send("e1", body).is(200);
        assertThat(second.text("/charges/0/charge")).isEqualTo(first.text("/charges/0/charge"));
        assertThat(second.text("/charges/0/replayed")).isEqualTo("true");
        assertThat(second.text("/charges/3/outcome")).isEqualTo("charged");
        assertThat(available("one")).isEqualTo("900");
        assertThat(available("two")).isEqualTo("1499");
    }

    @Test
    void aRetryIsAnsweredThoughItsOperationsHaveLeftThePriceBook(@TempDir Path other)
            throws IOException {
        try (var server = new TestServer(other)) {
            server.open("gone", "starter");
            var all = batch("all", charge("gone", "image.upload"), charge("gone", "page.cached"));
            var each = batch("each", charge("gone", "page.cached"));
            var path = "/v1/charges/batch";
            var firstAll = server.post(path, server.admin(), "a", all).is(201);
            var firstEach = server.post(path, server.admin(), "e", each).is(200);
            var pricing = TestServer.pricingFile(server.folder);
            Files.writeString(
                    pricing, Files.readString(pricing).replace("page.cached", "page.kept"));
            server.clock.advance(Duration.ofMinutes(1));
            server.restartWith(pricing);

            assertThat(server.post(path, server.admin(), "a", all).is(201).body())
                    .isEqualTo(firstAll.body());
            assertThat(
                            server.post(path, server.admin(), "e", each)
                                    .is(200)
                                    .text("/charges/0/charge"))
                    .isEqualTo(firstEach.text("/charges/0/charge"));
            var refused =
                    server.post(path, server.admin(), "new", all)
                            .refuses(422, "unknown_operation", "/charges/1/operation");
            assertThat(refused.text("/part")).isEqualTo("1");
        }
    }

    @Test
    void aChargeThatIsNoneIsNamedByItsPlace() {
        var all =
                server.post(
                                "/v1/charges/batch",
                                server.admin(),
                                "{\"mode\":\"all\",\"charges\":[null]}")
                        .refuses(400, "wrong_type", "/charges/0");
        assertThat(all.text("/detail")).isEqualTo("/charges/0 must be an object, but was null.");
        var each =
                server.post(
                                "/v1/charges/batch",
                                server.admin(),
                                "{\"mode\":\"each\",\"charges\":[7]}")
                        .is(200);
        assertThat(each.text("/charges/0/detail"))
                .isEqualTo("/charges/0 must be an object, but was the number 7.");
    }

    @Test
    void aThousandAreTheMostAndTheKeyLeavesRoomForTheirNumbers() {
        server.open("many", "starter");
        var thousand =
                IntStream.range(0, 1_000)
                        .mapToObj(_ -> charge("many", "image.upload"))
                        .collect(Collectors.joining(","));
        var _ =
                send("k".repeat(251), batch("all", charge("many", "image.upload")))
                        .refuses(400, "idempotency_key_invalid");
        var taken = send("k".repeat(250), batch("all", thousand)).is(201);

        assertThat(taken.text("/totals/credits_consumed")).isEqualTo("1000");
        assertThat(available("many")).isEqualTo("49000");
        var _ =
                send("more", batch("each", thousand, charge("many", "image.upload")))
                        .refuses(400, "invalid_value", "/charges");
        assertThat(available("many")).isEqualTo("49000");
    }

    @Test
    void metricsCountEachOfThem() {
        server.open("counted", "starter");
        var label = "operation=\"image.leaky\",outcome=\"charged\",workspace=\"live\"";
        var _ =
                send(
                                "m1",
                                batch(
                                        "all",
                                        charge("counted", "image.leaky"),
                                        charge("counted", "image.leaky")))
                        .is(201);
        var _ = send("m2", batch("each", charge("counted", "image.leaky"))).is(200);

        assertThat(server.get("/metrics", server.admin()).body())
                .contains("scrip_charges_total{" + label + "} 3.0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|400|missing_field|/mode",
                "{'mode':'all'}|400|missing_field|/charges",
                "{'mode':'some','charges':[]}|400|invalid_value|/mode",
                "{'mode':'all','charges':[]}|400|invalid_value|/charges",
                "{'mode':'all','charges':{}}|400|wrong_type|/charges",
                "{'mode':'all','charges':[{'account':'a'}]}|400|missing_field|/charges/0/operation",
                "{'mode':'all','charges':[{'account':'a','operation':'x','quantity':0}]}|422|amount_not_positive|/charges/0/quantity",
                "{'mode':'all','charges':[{'account':'a','operation':'x'},{'account':'b','operation':'x'}]}|422|conflicting_fields|/charges/1/account",
                "{'mode':'all','charges':[{'account':'!','operation':'x'}]}|400|invalid_id|/charges/0/account",
                "{'mode':'all','charges':[{'account':'a','operation':'x'}]}|422|unknown_operation|/charges/0/operation"
            })
    void whatIsWrongIsNamedWhereItIs(String body, int status, String code, String pointer) {
        var _ =
                send("bad" + body.hashCode(), body.replace('\'', '"'))
                        .refuses(status, code, pointer);
    }
}
