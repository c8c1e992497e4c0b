package dev.scrip.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PriceBookTest {

    @TempDir private Path folder;
    private TestServer server;

    @BeforeEach
    void start() {
        server = new TestServer(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void whatIsPublishedIsChargedFromThenOnAndKept() {
        server.open("acme", "starter");
        server.clock.advance(Duration.ofHours(1));
        assertThat(server.charge("acme", "image.analyze").is(201).text("/price/credits"))
                .isEqualTo("100");
        var published = publish(dearer(), "pb_1", ",\"reason\":\"it \\\"costs\\\" more\"").is(201);
        assertThat(published.text("/version")).isEqualTo("pb_2");
        assertThat(published.text("/effective_from")).isEqualTo("2026-11-22T13:00:00Z");
        assertThat(published.text("/in_force")).isEqualTo("true");
        assertThat(published.header("Location")).isEqualTo("/v1/price-books/pb_2");
        assertThat(server.charge("acme", "image.analyze").is(201).text("/price/credits"))
                .isEqualTo("250");

        server.restart();
        var history = history();
        assertThat(history.text("/data/0/version")).isEqualTo("pb_2");
        assertThat(history.text("/data/0/reason")).isEqualTo("it \"costs\" more");
        assertThat(history.text("/data/0/published_at")).isEqualTo("2026-11-22T13:00:00Z");
        assertThat(server.admin()).contains("_" + history.text("/data/0/published_by") + "_");
        assertThat(history.json().at("/data/0/override_reason").isNull()).isTrue();
        assertThat(history.text("/data/1/version")).isEqualTo("pb_1");
        assertThat(history.text("/data/1/in_force")).isEqualTo("false");
        assertThat(history.json().at("/data/1/published_by").isNull()).isTrue();
    }

    @Test
    void aVersionToComeTakesEffectAtItsInstantAndNotBefore() {
        server.open("acme", "starter");
        var at = TestServer.START.plus(Duration.ofDays(3));
        var published = publish(dearer(), "pb_1", effective(at)).is(201);
        assertThat(published.text("/in_force")).isEqualTo("false");

        server.clock.advance(Duration.ofDays(3).minusNanos(1_000));
        assertThat(server.charge("acme", "image.analyze").is(201).text("/price/price_table"))
                .isEqualTo("pb_1");
        server.restart();
        assertThat(server.charge("acme", "image.analyze").is(201).text("/price/price_table"))
                .isEqualTo("pb_1");
        server.clock.advance(Duration.ofNanos(1_000));
        assertThat(server.charge("acme", "image.analyze").is(201).text("/price/price_table"))
                .isEqualTo("pb_2");
        assertThat(history().text("/data/0/in_force")).isEqualTo("true");
    }

    @Test
    void whatOthersPublishedMeanwhileIsNotOverwritten() {
        server.clock.advance(Duration.ofHours(1));
        var _ = publish(dearer(), "pb_1", "").is(201);
        server.clock.advance(Duration.ofHours(1));

        var refused = publish(document("pb_1"), "pb_1", "").refuses(409, "price_book_changed");
        assertThat(refused.text("/detail")).contains("The last price book is pb_2, not \"pb_1\"");
        assertThat(refused.text("/pointer")).isEqualTo("/based_on");
        assertThat(history().json().get("data")).hasSize(2);

        var back = publish(document("pb_1"), "pb_2", "").is(201);
        assertThat(back.text("/version")).isEqualTo("pb_3");
        assertThat(document("pb_3"))
                .isEqualTo(
                        document("pb_1")
                                .replace("\"pb_1\"", "\"pb_3\"")
                                .replace("2026-11-22T12:00:00Z", "2026-11-22T14:00:00Z"));
    }

    @Test
    void theSameRequestPublishesOnceAlsoAfterARestart() {
        server.clock.advance(Duration.ofHours(1));
        var first = publish(dearer(), "pb_1", ",\"reason\":\"why\"").is(201);
        server.clock.advance(Duration.ofHours(1));
        server.restart();

        var again = publish(dearer(), "pb_1", ",\"reason\":\"why\"").is(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(history().json().get("data")).hasSize(2);
        var _ =
                publish(dearer(), "pb_1", ",\"reason\":\"another\"")
                        .refuses(409, "price_book_changed");
    }

    @Test
    void itTakesEffectNeitherInThePastNorBeforeTheLast() {
        server.clock.advance(Duration.ofHours(1));
        var past = server.clock.instant().minusMillis(1);
        assertThat(
                        publish(dearer(), "pb_1", effective(past))
                                .refuses(422, "invalid_effective_from")
                                .text("/detail"))
                .contains("before now, 2026-11-22T13:00:00Z");
        var _ = publish(dearer(), "pb_1", effective(past.plus(Duration.ofDays(9)))).is(201);
        assertThat(history().json().get("data")).hasSize(2);
    }

    /// By one that takes effect at the same time or before, whatever others are to come.
    @Test
    void whatIsToComeIsCalledOffByWhatIsPublishedLater() {
        server.open("acme", "starter");
        var later = TestServer.START.plus(Duration.ofDays(3));
        var _ = publish(dearer(), "pb_1", effective(later)).is(201);
        var _ = publish(document("pb_1"), "pb_2", effective(later)).is(201);
        assertThat(history().text("/data/1/called_off")).isEqualTo("true");
        assertThat(history().text("/data/0/called_off")).isEqualTo("false");
        var sooner = later.minus(Duration.ofDays(1));
        var _ = publish(dearer(), "pb_3", effective(sooner)).is(201);

        // In the order in which they were published, not in that of their dates.
        server.restart();
        assertThat(history().text("/data/0/version")).isEqualTo("pb_4");
        for (var calledOff : new String[] {"/data/1", "/data/2"}) {
            assertThat(history().text(calledOff + "/called_off")).isEqualTo("true");
        }
        assertThat(history().text("/data/3/in_force")).isEqualTo("true");
        server.clock.advance(Duration.ofDays(2));
        assertThat(server.charge("acme", "image.analyze").is(201).text("/price/price_table"))
                .isEqualTo("pb_4");
        server.clock.advance(Duration.ofDays(2));
        assertThat(server.charge("acme", "image.analyze").is(201).text("/price/price_table"))
                .isEqualTo("pb_4");
    }

    /// As it may when another server takes over: what was charged stays priced by what was in
    /// force.
    @Test
    void aClockThatWentBackCallsOffNothingThatWasInForce() {
        server.clock.advance(Duration.ofHours(1));
        var _ = publish(dearer(), "pb_1", "").is(201);
        server.clock.advance(Duration.ofMinutes(-30));
        var published = publish(document("pb_1"), "pb_2", "").is(201);
        assertThat(published.text("/effective_from")).isEqualTo("2026-11-22T13:00:00.000001Z");
        assertThat(history().text("/data/1/called_off")).isEqualTo("false");
    }

    @Test
    void aCreditForNothingIsRefusedAsInAPricingFile() {
        server.clock.advance(Duration.ofHours(1));
        var free = document("pb_1").replace("credit_price: 0.001\n", "credit_price: 0\n");
        assertThat(publish(free, "pb_1", "").refuses(422, "invalid_price_book").text("/detail"))
                .contains("credit_price: 0 is no price", "such as 0.001");
        assertThat(history().json().get("data")).hasSize(1);
    }

    @Test
    void whatADocumentWouldChangeIsSaidAndNothingPublished() {
        var changes = compare(dearer(), "").is(200);

        assertThat(changes.text("/since")).isEqualTo("pb_1");
        assertThat(changes.json().get("version").isNull()).isTrue();
        assertThat(changes.text("/same")).isEqualTo("false");
        assertThat(changes.text("/operations/0/operation")).isEqualTo("image.analyze");
        assertThat(changes.text("/operations/0/change")).isEqualTo("changed");
        assertThat(changes.text("/operations/0/credits/old")).isEqualTo("100");
        assertThat(changes.text("/operations/0/credits/new")).isEqualTo("250");
        assertThat(changes.text("/operations/0/price/new")).isEqualTo("0.25");
        assertThat(changes.text("/operations/0/price_change")).isEqualTo("1.5");
        assertThat(changes.text("/operations/0/margin/old")).isEqualTo("0.85");
        assertThat(changes.text("/operations/1/change")).isEqualTo("same");
        assertThat(changes.text("/plans/0/change")).isEqualTo("same");
        assertThat(history().json().get("data")).hasSize(1);

        assertThat(compare(document("pb_1"), "").is(200).text("/same")).isEqualTo("true");
        var _ = compare(dearer(), ",\"since\":\"pb_9\"").refuses(404, "unknown_price_book");
        var _ =
                compare(dearer().replace("credits: 250", "credits: -1"), "")
                        .refuses(422, "invalid_price_book");
        var _ =
                server.post("/v1/price-books/changes", server.admin(), "{}")
                        .refuses(400, "missing_field");
    }

    @Test
    void publishedPriceBooksAreCompared() {
        server.clock.advance(Duration.ofHours(1));
        var _ = publish(dearer(), "pb_1", "").is(201);
        server.clock.advance(Duration.ofHours(1));
        var _ = publish(document("pb_1"), "pb_2", "").is(201);

        var step = changes("pb_2").is(200);
        assertThat(step.text("/since")).isEqualTo("pb_1");
        assertThat(step.text("/version")).isEqualTo("pb_2");
        assertThat(step.text("/operations/0/price_change")).isEqualTo("1.5");
        assertThat(changes("pb_3").is(200).text("/operations/0/price_change")).isEqualTo("-0.6");
        assertThat(changes("pb_3?since=pb_1").is(200).text("/same")).isEqualTo("true");

        assertThat(changes("pb_1").refuses(404, "unknown_price_book").text("/detail"))
                .contains("pb_1 is the first price book", "?since=pb_3");
        var _ = changes("pb_9").refuses(404, "unknown_price_book");
        var _ = changes("pb_2?since=pb_9").refuses(404, "unknown_price_book");
    }

    @Test
    void aBadDocumentIsRefusedWithFieldAndValue() {
        server.clock.advance(Duration.ofHours(1));
        var wrong =
                document("pb_1")
                        .replace("credits: 100\n", "credits: 1e2\n")
                        .replace("margin_floor", "margin_flor");
        var refused = publish(wrong, "pb_1", "").refuses(422, "invalid_price_book");
        assertThat(refused.text("/pointer")).isEqualTo("/document");
        assertThat(refused.text("/detail"))
                .contains("image.analyze.credits: \"1e2\" is none", "margin_flor");
        assertThat(
                        publish(document("pb_1").replace("\"USD\"", "\"EUR\""), "pb_1", "")
                                .refuses(422, "currency_mismatch")
                                .text("/detail"))
                .contains("in EUR, but pb_1 is in USD");
        var strange =
                Map.of(
                        "credits: 100\n", "credits: 9999999999999\n",
                        "unit_cost: 0.015\n", "unit_cost: 9999999999999\n",
                        "margin_floor: 0.5", "margin_floor: 1.5",
                        "\"image.analyze\":", "\"*\":",
                        "\"starter\":", "\"Starter\":",
                        "\"USD\"", "\"usd\"");
        strange.forEach((right, other) -> {
            assertThat(document("pb_1")).contains(right);
            var _ =
                    publish(document("pb_1").replace(right, other), "pb_1", "")
                            .refuses(422, "invalid_price_book");
        });
        var _ = publish("format: nothing", "pb_1", "").refuses(422, "invalid_price_book");
        var _ =
                server.post("/v1/price-books", server.admin(), "{\"based_on\":\"pb_1\"}")
                        .refuses(400, "missing_field");
        var _ =
                server.get("/v1/price-books/pb_9", server.admin())
                        .refuses(404, "unknown_price_book");
        assertThat(history().json().get("data")).hasSize(1);
    }

    @Test
    void anotherWorkspaceReadsThemAndPublishesNone() {
        server.clock.advance(Duration.ofHours(1));
        var body = body(dearer(), "pb_1", "");
        assertThat(
                        server.post("/v1/price-books", server.admin("test"), body)
                                .refuses(403, "missing_scope")
                                .text("/detail"))
                .contains("for all workspaces", "the first one, live, not of test");
        assertThat(server.get("/v1/price-books", server.admin("test")).is(200).body())
                .isEqualTo(history().body());
        assertThat(history().json().get("data")).hasSize(1);
    }

    @Test
    void aStartDoesNotTakeBackWhatWasPublishedOverHttp() throws IOException {
        var file = folder.resolve("pricing.yaml");
        server.clock.advance(Duration.ofHours(1));
        var _ = publish(dearer(), "pb_1", "").is(201);
        server.clock.advance(Duration.ofHours(1));

        for (var change : new String[] {"Image upload", "Another title"}) {
            Files.writeString(file, Files.readString(file).replace("Image upload", change));
            server.restartWith(file);
            assertThat(server.server().priceBookVersion()).isEqualTo("pb_2");
            assertThat(server.server().pricingNotPublished())
                    .contains("pricing.yaml was not published", "pb_2", "scrip apply");
        }
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("Another title", "Image upload")
                        .replace("credits: 100,", "credits: 250,"));
        server.restartWith(file);
        assertThat(server.server().pricingNotPublished()).isNull();
        assertThat(history().json().get("data")).hasSize(2);
    }

    private Exchange history() {
        return server.get("/v1/price-books", server.admin()).is(200);
    }

    private String document(String version) {
        return server.get("/v1/price-books/" + version, server.admin()).is(200).text("/document");
    }

    private String dearer() {
        return document("pb_1").replace("credits: 100\n", "credits: 250\n");
    }

    private Exchange compare(String document, String more) {
        return server.post(
                "/v1/price-books/changes",
                server.admin(),
                "{\"document\":%s%s}".formatted(OpenApi.JSON.writeValueAsString(document), more));
    }

    private Exchange changes(String version) {
        var cut = version.replaceFirst("(\\?|$)", "/changes$1");
        return server.get("/v1/price-books/" + cut, server.admin());
    }

    private Exchange publish(String document, String basedOn, String more) {
        return server.post("/v1/price-books", server.admin(), body(document, basedOn, more));
    }

    private static String body(String document, String basedOn, String more) {
        return "{\"document\":%s,\"based_on\":\"%s\"%s}"
                .formatted(OpenApi.JSON.writeValueAsString(document), basedOn, more);
    }

    private static String effective(Instant instant) {
        return ",\"effective_from\":\"" + instant + "\"";
    }
}
