package dev.scrip.service;

import static dev.scrip.service.TestServer.charge;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class QuoteTest {

    private static final String RULES =
            """

            adjustments:
              busy: {load: {above: 0.9, until: 0.8, factor: 1.5}}
            """;

    @TempDir private static Path folder;
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = DynamicPriceTest.serverWith(folder, RULES);
        server.open("acme", "starter");
        server.open("bolt", "starter");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Exchange quote(String more) {
        return server.post("/v1/quotes", server.admin(), charge("acme", "image.analyze", more))
                .is(201);
    }

    private static String with(Exchange quote, String more) {
        return ",\"quote\":\"" + quote.text("/quote") + "\"" + more;
    }

    private static Exchange pay(String account, String more) {
        return server.post("/v1/charges", server.admin(), charge(account, "image.analyze", more));
    }

    @Test
    void aQuotedPriceHoldsThoughTheLoadRises() {
        var quote = quote(",\"quantity\":2");
        assertThat(quote.text("/credits")).isEqualTo("200");
        assertThat(quote.text("/expires_at"))
                .isEqualTo(server.clock.instant().plusSeconds(60).toString());
        assertThat(quote.header("Credits-Required")).isEqualTo("200");
        var _ = server.put("/v1/load", server.admin(), "{\"load\":1}").is(200);

        assertThat(pay("acme", ",\"quantity\":2").is(201).text("/price/credits")).isEqualTo("300");
        var charged = pay("acme", with(quote, ",\"quantity\":2")).is(201);
        assertThat(charged.text("/price/credits")).isEqualTo("200");
        assertThat(charged.text("/price/adjustments/0/id")).isEmpty();

        var dear = quote("");
        assertThat(dear.text("/adjustments/0/id")).isEqualTo("busy");
        var _ = server.put("/v1/load", server.admin(), "{\"load\":0}").is(200);
        var paid = pay("acme", with(dear, "")).is(201);
        assertThat(paid.text("/price/credits")).isEqualTo("150");
        assertThat(paid.text("/price/adjustments/0/kind")).isEqualTo("load");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bolt | image.analyze | 2 | account",
                "acme | image.upload | 2 | operation",
                "acme | image.analyze | 1 | quantity"
            })
    void aQuoteIsForNoOtherCall(
            String account, String operation, String quantity, String different) {
        var quote = quote(",\"quantity\":2");
        var body = charge(account, operation, with(quote, ",\"quantity\":" + quantity));
        for (var path : new String[] {"/v1/charges", "/v1/holds"}) {
            var refused =
                    server.post(path, server.admin(), body)
                            .refuses(422, "quote_mismatch", "/quote");
            assertThat(refused.text("/detail")).contains("for another " + different);
        }
    }

    @Test
    void aQuoteOfAnotherWorkspaceSaysNothing() {
        var _ =
                server.post(
                                "/v1/accounts",
                                server.admin("test"),
                                "{\"account\":\"acme\",\"plan\":\"starter\"}")
                        .is(201);
        var quote = quote("");
        var refused =
                server.post(
                                "/v1/charges",
                                server.admin("test"),
                                charge("acme", "image.analyze", with(quote, "")))
                        .refuses(422, "quote_mismatch", "/quote");
        assertThat(refused.body()).doesNotContain("live");
    }

    @Test
    void aQuoteThatWasTamperedWithIsNone() {
        var text = quote("").text("/quote");
        var point = text.indexOf('.');
        for (var bad :
                new String[] {
                    "q_",
                    "x",
                    text.substring(0, point),
                    text.substring(0, text.length() - 2) + "AA",
                    "q_" + "AAAA" + text.substring(6),
                    text + "?",
                    "q_" + "A".repeat(10_000) + ".A"
                }) {
            var _ =
                    pay("acme", ",\"quote\":\"" + bad + "\"")
                            .refuses(bad.length() > 8_192 ? 400 : 422, code(bad), "/quote");
        }
    }

    private static String code(String bad) {
        return bad.length() > 8_192 ? "invalid_value" : "invalid_quote";
    }

    @Test
    void aQuoteHoldsUntilItExpiresAndARetryIsAnsweredStill() {
        var quote = quote(",\"expires_in\":900");
        var body = charge("acme", "image.analyze", with(quote, ""));
        server.clock.advance(Duration.ofSeconds(899));
        var paid = server.post("/v1/charges", server.admin(), "quoted", body).is(201);
        server.clock.advance(Duration.ofSeconds(1));
        var refused = pay("acme", with(quote, "")).refuses(409, "quote_expired", "/quote");
        assertThat(refused.text("/detail")).contains("Ask for another one");
        var again = server.post("/v1/charges", server.admin(), "quoted", body).is(201);
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(again.body()).isEqualTo(paid.body());
    }

    private static Exchange batch(String mode, String key, String... more) {
        var charges =
                Stream.of(more)
                        .map(one -> charge("acme", "image.analyze", one))
                        .collect(Collectors.joining(","));
        return server.post(
                "/v1/charges/batch",
                server.admin(),
                key,
                "{\"mode\":\"" + mode + "\",\"charges\":[" + charges + "]}");
    }

    private static String available() {
        return server.get("/v1/accounts/acme", server.admin()).text("/credits/available");
    }

    @ParameterizedTest
    @ValueSource(strings = {"all", "each"})
    void aBatchHasTheQuotedPrices(String mode) {
        var quote = quote(",\"quantity\":2");
        var _ = server.put("/v1/load", server.admin(), "{\"load\":1}").is(200);
        var taken = batch(mode, "quoted-" + mode, with(quote, ",\"quantity\":2"), "");
        assertThat(taken.text("/totals/credits_consumed")).isEqualTo("350");

        // Charged before it expired, so a retry has its answer.
        server.clock.advance(Duration.ofSeconds(61));
        var left = available();
        var again = batch(mode, "quoted-" + mode, with(quote, ",\"quantity\":2"), "");
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(again.text("/totals/credits_consumed")).isEqualTo("350");
        assertThat(available()).isEqualTo(left);
        var _ = server.put("/v1/load", server.admin(), "{\"load\":0}").is(200);
    }

    @Test
    void aQuoteThatDoesNotHoldRefusesItsChargeInABatch() {
        var late = quote("");
        server.clock.advance(Duration.ofSeconds(61));
        var other = quote(",\"quantity\":2");
        var before = available();
        var expired =
                batch("all", "late", "", with(late, ""))
                        .refuses(409, "quote_expired", "/charges/1/quote");
        assertThat(expired.text("/part")).isEqualTo("1");
        var _ =
                batch("all", "other", with(other, ""))
                        .refuses(422, "quote_mismatch", "/charges/0/quote");
        assertThat(available()).isEqualTo(before);

        var each = batch("each", "mixed", with(late, ""), "", with(other, "")).is(200);
        assertThat(each.text("/charges/0/code")).isEqualTo("quote_expired");
        assertThat(each.text("/charges/0/pointer")).isEqualTo("/charges/0/quote");
        assertThat(each.text("/charges/1/outcome")).isEqualTo("charged");
        assertThat(each.text("/charges/2/code")).isEqualTo("quote_mismatch");
        assertThat(each.text("/totals/credits_consumed")).isEqualTo("100");
    }

    @Test
    void aRestartKnowsTheQuotesOfBefore() {
        var quote = quote(",\"expires_in\":60");
        server.restart();
        assertThat(pay("acme", with(quote, "")).is(201).text("/price/credits")).isEqualTo("100");
    }

    @Test
    void aHoldAndItsCapturesHaveTheQuotedPrice() {
        var _ = server.put("/v1/load", server.admin(), "{\"load\":1}").is(200);
        var quote = quote("");
        var _ = server.put("/v1/load", server.admin(), "{\"load\":0}").is(200);
        var hold =
                server.post(
                                "/v1/holds",
                                server.admin(),
                                charge("acme", "image.analyze", with(quote, "")))
                        .is(201);
        assertThat(hold.text("/held_credits")).isEqualTo("150");
        var captured =
                server.post(
                                "/v1/holds/" + hold.text("/id") + "/capture",
                                server.admin(),
                                "{\"quantity\":0.5}")
                        .is(200);
        assertThat(captured.text("/price/credits")).isEqualTo("75");
        var _ =
                server.post(
                                "/v1/holds",
                                server.admin(),
                                charge("acme", "image.analyze", with(quote, ",\"max_credits\":9")))
                        .refuses(422, "conflicting_fields", "/quote");
    }

    @Test
    void aBadQuestionIsExplained() {
        var _ =
                server.post("/v1/quotes", server.admin(), charge("nobody", "image.analyze", ""))
                        .refuses(404, "unknown_account");
        var _ =
                server.post("/v1/quotes", server.admin(), charge("acme", "image.analize", ""))
                        .refuses(422, "unknown_operation", "/operation");
        var _ =
                server.post(
                                "/v1/quotes",
                                server.admin(),
                                charge("acme", "image.analyze", ",\"expires_in\":901"))
                        .refuses(422, "amount_out_of_range", "/expires_in");
        var quote = quote("");
        var _ =
                server.post(
                                "/v1/estimates",
                                server.admin(),
                                charge("acme", "image.analyze", with(quote, "")))
                        .refuses(400, "invalid_value", "/quote");
    }

    @Test
    void aNewPriceBookLeavesWhatWasQuoted(@TempDir Path own) {
        try (var before = DynamicPriceTest.serverWith(own, RULES)) {
            before.open("acme", "starter");
            var quote =
                    before.post("/v1/quotes", before.admin(), charge("acme", "image.analyze", ""))
                            .is(201);
            before.clock.advance(Duration.ofSeconds(1));
            before.restartWith(TestServer.pricingFile(own, "credits: 100,", "credits: 250,"));

            assertThat(before.charge("acme", "image.analyze").is(201).text("/price/credits"))
                    .isEqualTo("250");
            var paid =
                    before.post(
                                    "/v1/charges",
                                    before.admin(),
                                    charge("acme", "image.analyze", with(quote, "")))
                            .is(201);
            assertThat(paid.text("/price/credits")).isEqualTo("100");
            assertThat(paid.text("/price/price_table")).isEqualTo("pb_2");
        }
    }
}
