package dev.scrip.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
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

final class EventTest {

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

    private static Exchange send(String type, String body) {
        return server.send(
                server.request("/v1/events")
                        .header("Authorization", "Bearer " + server.admin())
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofString(body))
                        .build());
    }

    private static Exchange send(String body) {
        return send("application/cloudevents-batch+json", body);
    }

    private static String event(String account, String id, String more) {
        return "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"/gateway\",\"type\":"
                        .formatted(id)
                + "\"image.analyze\",\"subject\":\"%s\"%s}".formatted(account, more);
    }

    private static String available(String account) {
        return server.get("/v1/accounts/" + account, server.admin()).text("/credits/available");
    }

    @Test
    void oneEventOrManyInEachMediaType() {
        server.open("types", "starter");
        var traced = ",\"traceparent\":\"00-ab\",\"datacontenttype\":\"application/json\"";
        var one = send("application/cloudevents+json", event("types", "1", traced)).is(200);
        assertThat(one.text("/charged")).isEqualTo("1");
        assertThat(one.text("/events/0/credits")).isEqualTo("100");
        var _ = send("application/json", "[" + event("types", "2", "") + "]").is(200);
        var _ = send("application/cloudevents-batch+json; charset=utf-8", "[]").is(200);

        assertThat(available("types")).isEqualTo("49800");
        var _ = send("text/plain", "[]").refuses(415, "unsupported_media_type");
    }

    @Test
    void anEventCountsOnceHoweverOftenItIsSent() {
        server.open("once", "starter");
        var events = "[" + event("once", "a", "") + "," + event("once", "a", "") + "]";
        var first = send(events).is(200);
        assertThat(first.text("/charged")).isEqualTo("1");
        assertThat(first.text("/duplicates")).isEqualTo("1");
        assertThat(send(events).is(200).text("/duplicates")).isEqualTo("2");
        var other = send("[" + event("once", "a", ",\"data\":{\"quantity\":2}") + "]").is(200);

        assertThat(other.text("/events/0/code")).isEqualTo("event_conflict");
        assertThat(available("once")).isEqualTo("49900");
    }

    @Test
    void aFaultInOneEventLeavesTheOthersAlone() {
        server.open("mixed", "free");
        var sent =
                "["
                        + event("mixed", "1", "")
                        + ", 7, {\"specversion\":\"1.0\"}, "
                        + event("nobody", "2", "")
                        + ","
                        + event("mixed", "3", ",\"data\":{\"quantity\":-1}")
                        + ","
                        + event("mixed", "4", ",\"data\":{\"quantity\":100}")
                        + ","
                        + event("mixed", "5", ",\"time\":\"2026-11-20T00:00:00Z\"")
                        + ","
                        + event("mixed", "6", ",\"time\":\"2027-01-01T00:00:00Z\"")
                        + ","
                        + event("mixed", "7", "").replace("image.analyze", "image.analyse")
                        + ","
                        + event("mixed", "8", "")
                        + "]";
        var outcomes = send(sent).is(200);

        assertThat(outcomes.json().get("events"))
                .extracting(item ->
                        item.get("code") == null
                                ? item.get("outcome").asString()
                                : item.get("code").asString())
                .containsExactly(
                        "charged",
                        "wrong_type",
                        "missing_field",
                        "unknown_account",
                        "amount_not_positive",
                        "insufficient_credits",
                        "event_too_old",
                        "event_in_future",
                        "unknown_operation",
                        "charged");
        assertThat(outcomes.text("/received")).isEqualTo("10");
        assertThat(outcomes.text("/refused")).isEqualTo("8");
        assertThat(available("mixed")).isEqualTo("800");
    }

    @Test
    void aLateEventHasThePriceOfItsTime(@TempDir Path other) throws IOException {
        try (var server = new TestServer(other)) {
            server.open("late", "starter");
            var before = server.clock.instant();
            server.clock.advance(Duration.ofHours(1));
            var pricing = TestServer.pricingFile(server.folder);
            Files.writeString(
                    pricing,
                    Files.readString(pricing)
                            .replace("credits: 100, unit_cost", "credits: 250, unit_cost"));
            server.restartWith(pricing);
            var sent =
                    "["
                            + event("late", "then", ",\"time\":\"" + before + "\"")
                            + ","
                            + event("late", "now", "")
                            + ","
                            + event("late", "early", ",\"time\":\"2026-11-22T11:00:00Z\"")
                            + "]";
            var outcomes = server.post("/v1/events", server.admin(), sent).is(200);

            assertThat(outcomes.text("/events/0/credits")).isEqualTo("100");
            assertThat(outcomes.text("/events/1/credits")).isEqualTo("250");
            assertThat(outcomes.text("/events/2/code")).isEqualTo("not_priceable");
            var read =
                    server.get(
                            "/v1/accounts/late/entries/" + outcomes.text("/events/0/charge"),
                            server.admin());
            assertThat(read.is(200).text("/used_at")).isEqualTo(before.toString());
        }
    }

    @Test
    void thousandsInOneRequest() {
        server.open("bulk", "starter");
        var events =
                IntStream.range(0, 5_000)
                        .mapToObj(i ->
                                event("bulk", "b" + i, "").replace("image.analyze", "image.upload"))
                        .collect(Collectors.joining(",", "[", "]"));

        assertThat(send(events).is(200).text("/charged")).isEqualTo("5000");
        assertThat(available("bulk")).isEqualTo("45000");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"[{]|invalid_json", "[|invalid_json", "''|empty_body", "[] []|invalid_json"})
    void whatIsNotJsonIsRefusedWhole(String body, String code) {
        var _ = send(body).refuses(400, code);
    }
}
