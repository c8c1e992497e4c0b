package dev.scrip.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BackfillTest {

    @TempDir private Path folder;
    private TestServer server;

    @BeforeEach
    void start() {
        server = new TestServer(folder);
        server.open("acme", "starter");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String event(String account, String id, String operation, Instant time) {
        return "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"/export\",\"type\":\"%s\","
                        .formatted(id, operation)
                + "\"subject\":\"%s\",\"time\":\"%s\"}".formatted(account, time);
    }

    private static String event(String id) {
        return event("acme", id, "image.analyze", TestServer.START);
    }

    private Exchange send(String key, String... events) {
        return sendTo("/v1/backfills", key, events);
    }

    private Exchange sendTo(String path, String key, String... events) {
        return server.post(path, server.admin(), key, "[" + String.join(",", events) + "]");
    }

    private Exchange revert(String id) {
        return server.post(
                "/v1/backfills/" + id + "/revert", server.admin(), "{\"reason\":\"wrong\"}");
    }

    private String available(String account) {
        return server.get("/v1/accounts/" + account, server.admin()).text("/credits/available");
    }

    @Test
    void aPreviewSaysWhatWouldHappenAndThePricesAreThoseOfTheTime() throws IOException {
        server.open("poor", "free");
        server.clock.advance(Duration.ofHours(1));
        var pricing = TestServer.pricingFile(server.folder);
        Files.writeString(
                pricing,
                Files.readString(pricing)
                        .replace("credits: 100, unit_cost", "credits: 250, unit_cost"));
        server.restartWith(pricing);
        var later = server.clock.instant();
        server.clock.advance(Duration.ofHours(30));
        var events =
                new String[] {
                    event("1"),
                    event("acme", "2", "image.analyze", later),
                    event("poor", "3", "image.analyze", later),
                    event("poor", "4", "video.process", later),
                    event("poor", "5", "image.analyze", later),
                    event("acme", "6", "image.analyse", later),
                    event("acme", "7", "image.upload", TestServer.START.minusSeconds(1)),
                    event("acme", "8", "image.upload", server.clock.instant()),
                    event("nobody", "9", "image.upload", later),
                    event("1")
                };
        var preview = sendTo("/v1/backfills?dry_run=true", "b", events).is(200);

        assertThat(preview.json().get("events"))
                .extracting(item ->
                        item.get("code") == null
                                ? item.get("outcome").asString()
                                : item.get("code").asString())
                .containsExactly(
                        "would_charge",
                        "would_charge",
                        "would_charge",
                        "insufficient_credits",
                        "would_charge",
                        "unknown_operation",
                        "not_priceable",
                        "event_too_recent",
                        "unknown_account",
                        "duplicate");
        assertThat(preview.text("/events/0/credits")).isEqualTo("100");
        assertThat(preview.text("/events/1/credits")).isEqualTo("250");
        assertThat(preview.text("/totals/0/credits")).isEqualTo("350");
        assertThat(preview.text("/totals/1/credits")).isEqualTo("500");
        assertThat(preview.text("/would_charge")).isEqualTo("4");
        assertThat(available("acme")).isEqualTo("50000");
        var _ =
                server.get("/v1/backfills/" + preview.text("/id"), server.admin())
                        .refuses(404, "unknown_backfill");

        var charged = send("b", events).is(200);
        assertThat(charged.json().get("totals")).isEqualTo(preview.json().get("totals"));
        assertThat(charged.text("/charged")).isEqualTo("4");
        assertThat(available("acme")).isEqualTo("49650");
        assertThat(available("poor")).isEqualTo("500");
        var state = server.get("/v1/backfills/" + charged.text("/id"), server.admin()).is(200);
        assertThat(state.text("/status")).isEqualTo("charged");
        assertThat(state.text("/credits_charged")).isEqualTo("850");
        assertThat(server.get("/metrics", server.admin()).body())
                .containsPattern(
                        "scrip_charges_total\\{operation=\"image.analyze\",outcome=\"charged\","
                                + "workspace=\"live\"} 4.0");
    }

    @Test
    void anEventIsChargedOnceHoweverLateAndByWhicheverBackfill() throws IOException {
        server.clock.advance(Duration.ofHours(30));
        var first = send("one", event("a"), event("a"), event("b")).is(200);
        assertThat(first.text("/charged")).isEqualTo("2");
        assertThat(first.text("/duplicates")).isEqualTo("1");
        // Long after the ledger has forgotten the requests, and with read models built anew.
        server.clock.advance(Duration.ofDays(3));
        server.close();
        try (var files = Files.list(folder.resolve("data"))) {
            for (var file : files.toList()) {
                if (file.getFileName().toString().startsWith("views.db")) {
                    Files.delete(file);
                }
            }
        }
        server.restart();

        var again = send("one", event("a"), event("b"), event("c")).is(200);
        assertThat(again.text("/id")).isEqualTo(first.text("/id"));
        assertThat(again.text("/charged")).isEqualTo("3");
        assertThat(again.text("/events/0/charge")).isEqualTo(first.text("/events/0/charge"));
        var other = send("two", event("a"), event("b"), event("c"), event("d")).is(200);
        assertThat(other.text("/duplicates")).isEqualTo("3");
        assertThat(other.text("/events/0/backfill")).isEqualTo(first.text("/id"));
        assertThat(other.text("/charged")).isEqualTo("1");
        assertThat(available("acme")).isEqualTo("49600");
    }

    @Test
    void whatEventsHaveChargedIsKnownWhileItIsRemembered() {
        server.clock.advance(Duration.ofHours(22));
        var _ = sendTo("/v1/events", "-", event("e")).is(200);
        server.clock.advance(Duration.ofHours(2));
        var sent = send("late", event("e"), event("acme", "e", "image.upload", TestServer.START));

        assertThat(sent.is(200).text("/events/0/outcome")).isEqualTo("duplicate");
        assertThat(sent.text("/events/0/charge")).startsWith("ch_");
        assertThat(sent.text("/events/1/outcome")).isEqualTo("duplicate");
        assertThat(
                        send("other", event("acme", "e", "image.upload", TestServer.START))
                                .text("/events/0/code"))
                .isEqualTo("event_conflict");
        assertThat(available("acme")).isEqualTo("49900");
    }

    @Test
    void aRevertTakesAllBackOnceAndItsEventsMayBeChargedAnew() {
        server.clock.advance(Duration.ofHours(30));
        var sent = send("wrong", event("a"), event("b"), event("c")).is(200);
        var id = sent.text("/id");
        var byHand = "/v1/charges/" + sent.text("/events/0/charge") + "/reverse";
        var _ = server.post(byHand, server.admin(), "{\"credits\":40,\"reason\":\"x\"}").is(200);
        assertThat(server.get("/v1/backfills/" + id, server.admin()).text("/credits_taken_back"))
                .isEqualTo("40");

        var reverted = revert(id).is(200);
        assertThat(reverted.text("/status")).isEqualTo("reverted");
        assertThat(reverted.text("/credits_taken_back")).isEqualTo("300");
        assertThat(available("acme")).isEqualTo("50000");
        server.clock.advance(Duration.ofDays(2));
        server.restart();
        assertThat(revert(id).is(200).body()).isEqualTo(reverted.body());
        assertThat(available("acme")).isEqualTo("50000");

        var _ = send("wrong", event("a")).refuses(409, "backfill_reverted");
        assertThat(send("right", event("a"), event("b")).is(200).text("/charged")).isEqualTo("2");
        assertThat(send("third", event("a")).is(200).text("/duplicates")).isEqualTo("1");
        assertThat(available("acme")).isEqualTo("49800");
        var _ =
                server.get("/v1/backfills/" + id, server.admin("test"))
                        .refuses(404, "unknown_backfill");
    }

    @Test
    void thousandsInOneRequest() {
        server.clock.advance(Duration.ofHours(30));
        var events =
                IntStream.range(0, 5_000)
                        .mapToObj(i -> event("acme", "m" + i, "image.upload", TestServer.START))
                        .collect(Collectors.joining(","));

        assertThat(sendTo("/v1/backfills?dry_run=true", "m", events).text("/would_charge"))
                .isEqualTo("5000");
        var id = send("m", events).is(200).text("/id");
        assertThat(available("acme")).isEqualTo("45000");
        assertThat(revert(id).is(200).text("/credits_taken_back")).isEqualTo("5000");
    }
}
