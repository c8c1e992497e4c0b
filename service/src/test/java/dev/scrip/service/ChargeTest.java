package dev.scrip.service;

import static dev.scrip.service.TestServer.charge;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChargeTest {

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

    @Test
    void aChargeAnswersWhatItTookFromWhereAndWhatIsLeft() {
        server.open("cust_8813", "starter");
        var charged = server.charge("cust_8813", "image.analyze").is(201);

        assertThat(charged.body())
                .matches(
                        "\\{\"id\":\"ch_\\w{10}\",\"object\":\"charge\",\"allowed\":true,"
                                + "\"account\":\"cust_8813\",\"operation\":\"image.analyze\","
                                + "\"quantity\":1,\"price\":\\{\"credits\":100,\"base\":100,"
                                + "\"adjustments\":\\[],\"price_table\":\"pb_1\",\"list_value\":"
                                + "\\{\"amount\":\"0.100000\",\"currency\":\"USD\"}},"
                                + "\"drawn_from\":\\[\\{\"grant\":\"gr_\\w{10}\",\"credits\":100,"
                                + "\"expires_at\":\"2026-12-22T12:00:00Z\"}],"
                                + "\"meta\":\\{\"credits_consumed\":100,"
                                + "\"credits_remaining\":49900,"
                                + "\"credits_reset_at\":\"2026-12-22T12:00:00Z\"}}");
        assertThat(charged.header("Credits-Consumed")).isEqualTo("100");
        assertThat(charged.header("Credits-Remaining")).isEqualTo("49900");
        assertThat(charged.header("Credits-Reset")).isEqualTo("2026-12-22T12:00:00Z");
        assertThat(charged.header("RateLimit-Policy"))
                .matches("\"credits\";q=50000;scrip-unit=\"credits\";pk=:[A-Za-z0-9+/]{12}:");
        assertThat(charged.header("RateLimit"))
                .matches("\"credits\";r=49900;t=2592000;pk=:[A-Za-z0-9+/]{12}:");
        assertThat(charged.header("Idempotent-Replayed")).isEmpty();

        var entry = server.get(charged.header("Location"), server.admin()).is(200);
        assertThat(entry.body()).isEqualTo(charged.body());
        var _ =
                server.get("/v1/charges/ch_0000000001", server.admin())
                        .refuses(404, "unknown_entry");
        var _ =
                server.get("/v1/charges/ch_00000000ZZ", server.admin())
                        .refuses(404, "unknown_entry");
        var _ =
                server.get(charged.header("Location"), server.admin("test"))
                        .refuses(404, "unknown_entry");
    }

    @Test
    void theHashInTheHeadersTellsAccountsApartAndNamesNone() {
        server.open("acme-secret", "starter");
        server.open("acme-other", "starter");
        var one = server.charge("acme-secret", "image.upload").header("RateLimit");
        var other = server.charge("acme-other", "image.upload").header("RateLimit");

        assertThat(one).isNotEqualTo(other).doesNotContain("acme");
    }

    @Test
    void fractionsOfACreditAreExactInTheBodyAndFlooredInTheRateLimit() {
        server.open("fractions", "free");
        var charged = server.charge("fractions", "page.cached").is(201);

        assertThat(charged.body()).contains("\"credits_remaining\":999.5");
        assertThat(charged.header("Credits-Remaining")).isEqualTo("999.5");
        assertThat(charged.header("RateLimit")).startsWith("\"credits\";r=999;");
    }

    @Test
    void aQuantityMultipliesThePrice() {
        server.open("quantity", "free");
        var charged =
                server.post(
                        "/v1/charges",
                        server.admin(),
                        charge("quantity", "page.cached", ",\"quantity\":0.5"));

        assertThat(charged.is(201).body()).contains("\"credits\":0.25,\"base\":0.25");
    }

    @Test
    void aFreeCallIsRecordedAndTakesNothing() {
        server.open("freeloader", "free");
        var charged = server.charge("freeloader", "page.status").is(201);

        assertThat(charged.json().get("drawn_from")).isEmpty();
        assertThat(charged.header("Credits-Consumed")).isEqualTo("0");
        assertThat(charged.header("Credits-Remaining")).isEqualTo("1000");
    }

    @Test
    void aMeasuredCallCostsWhatItUsed() {
        server.open("measured", "starter");
        var _ =
                server.post("/v1/charges", server.admin("test"), charge("none", "image.upload", ""))
                        .refuses(404, "unknown_account");
        var _ =
                server.post(
                                "/v1/accounts",
                                server.admin("test"),
                                "{\"account\":\"measured\",\"plan\":\"starter\"}")
                        .is(201);
        var use =
                ",\"use\":{\"compute_ms\":2000,\"memory_mb\":0,\"bandwidth_kb\":1000.5,"
                        + "\"third_party\":{\"model.token\":300}},\"attributes\":{\"region\":\"eu\","
                        + "\"beta\":true,\"tier\":2},\"api_key\":\"key_17\"";
        var _ =
                server.post(
                                "/v1/charges",
                                server.admin("test"),
                                charge("measured", "image.upload", use))
                        .is(201);

        // 2 s × 0.004 + 0.0010005 GB × 0.05 + 300 × 0.00001
        assertThat(server.get("/v1/margins", server.admin("test")).text("/cost/amount"))
                .isEqualTo("0.011050025");
    }

    @Test
    void aRetryGetsTheSameBodyAndIsMarked() {
        server.open("retry", "starter");
        var body = charge("retry", "image.analyze", "");
        var first = server.post("/v1/charges", server.admin(), "same", body).is(201);
        server.clock.advance(Duration.ofSeconds(90));
        var again = server.post("/v1/charges", server.admin(), "same", body).is(201);

        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(server.charge("retry", "image.analyze").header("Credits-Remaining"))
                .isEqualTo("49800");
    }

    @Test
    void aRetryGetsItsAnswerThoughThePriceBookHasChanged(@TempDir Path folder) throws IOException {
        try (var server = new TestServer(folder)) {
            server.open("patient", "starter");
            var charge = charge("patient", "image.analyze", "");
            var open = "{\"account\":\"planned\",\"plan\":\"starter\"}";
            var grant =
                    "{\"credits\":5,\"category\":\"paid\",\"expires_at\":\"2026-11-22T13:00:00Z\"}";
            var charged = server.post("/v1/charges", server.admin(), "c", charge).is(201);
            var opened = server.post("/v1/accounts", server.admin(), "o", open).is(201);
            var granted =
                    server.post("/v1/accounts/patient/grants", server.admin(), "g", grant).is(201);

            server.clock.advance(Duration.ofHours(2));
            var pricing = TestServer.pricingFile(server.folder);
            Files.writeString(
                    pricing,
                    Files.readString(pricing)
                            .replace("image.analyze", "image.look")
                            .replace("starter", "beginner"));
            server.restartWith(pricing);

            var again = server.post("/v1/charges", server.admin(), "c", charge).is(201);
            assertThat(again.body()).isEqualTo(charged.body());
            assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
            assertThat(server.post("/v1/accounts", server.admin(), "o", open).is(201).body())
                    .isEqualTo(opened.body());
            assertThat(
                            server.post("/v1/accounts/patient/grants", server.admin(), "g", grant)
                                    .is(201)
                                    .body())
                    .isEqualTo(granted.body());
            var _ =
                    server.post("/v1/charges", server.admin(), "fresh", charge)
                            .refuses(422, "unknown_operation");
            var _ =
                    server.post(
                                    "/v1/charges",
                                    server.admin(),
                                    "c",
                                    charge("patient", "nothing", ""))
                            .refuses(422, "idempotency_key_reused");
        }
    }

    @Test
    void aRetryMayBeWrittenInAnotherWay() {
        server.open("spelling", "starter");
        var first =
                server.post(
                        "/v1/charges",
                        server.admin(),
                        "\"quoted key\"",
                        """
                        {"account":"spelling","operation":"image.upload","quantity":2,
                         "use":{"compute_ms":10,"third_party":{}},"attributes":{"a":"1","b":2}}
                        """);
        var again =
                server.post(
                        "/v1/charges",
                        server.admin(),
                        "quoted key",
                        """
                        { "attributes": {"b":2, "a":"\\u0031"}, "quantity": 2.000,
                          "use": {"third_party":{}, "compute_ms": 10.0},
                          "operation": "image.upload", "account": "spelling" }
                        """);

        assertThat(again.is(201).body()).isEqualTo(first.is(201).body());
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
    }

    @Test
    void anotherRequestUnderTheSameKeyIsRefusedWhateverDiffers() {
        server.open("reuse", "starter");
        var admin = server.admin();
        var _ =
                server.post("/v1/charges", admin, "reused", charge("reuse", "image.upload", ""))
                        .is(201);
        for (var other :
                new String[] {
                    charge("reuse", "image.analyze", ""),
                    charge("reuse", "image.upload", ",\"quantity\":2"),
                    charge("reuse", "image.upload", ",\"attributes\":{\"a\":1}"),
                    charge("reuse", "image.upload", ",\"use\":{\"compute_ms\":1}"),
                    charge("reuse", "image.upload", ",\"api_key\":\"key_1\""),
                }) {
            var _ =
                    server.post("/v1/charges", admin, "reused", other)
                            .refuses(422, "idempotency_key_reused");
        }
        var _ =
                server.post(
                                "/v1/accounts/reuse/grants",
                                admin,
                                "reused",
                                "{\"credits\":1,\"category\":\"paid\"}")
                        .refuses(422, "idempotency_key_reused");
    }

    @Test
    void theSameKeyOfAnotherAccountIsAnotherKey() {
        server.open("keys-a", "starter");
        server.open("keys-b", "starter");
        var a = charge("keys-a", "image.upload", "");
        var b = charge("keys-b", "image.upload", "");

        assertThat(server.post("/v1/charges", server.admin(), "shared", a).is(201).body())
                .contains("keys-a");
        assertThat(server.post("/v1/charges", server.admin(), "shared", b).is(201).body())
                .contains("keys-b");
    }

    @Test
    void tooFewCreditsAreRefusedWithWhatIsMissingAndTakeNothing() {
        server.open("poor", "free");
        var refused = server.charge("poor", "video.process").refuses(402, "insufficient_credits");

        assertThat(refused.text("/detail"))
                .startsWith("video.process costs 2500 credits; 1000 remain.");
        assertThat(refused.text("/type")).isEqualTo("urn:scrip:problem:insufficient-credits");
        assertThat(refused.json().get("violated-policies").get(0).asString()).isEqualTo("credits");
        assertThat(refused.json().get("credits_required").asInt()).isEqualTo(2500);
        assertThat(refused.json().get("credits_remaining").asInt()).isEqualTo(1000);
        assertThat(refused.json().get("retryable").asBoolean()).isFalse();
        assertThat(refused.text("/actions/0/rel")).isEqualTo("top_up");
        assertThat(refused.header("Credits-Required")).isEqualTo("2500");
        assertThat(refused.header("Credits-Remaining")).isEqualTo("1000");
        assertThat(refused.header("Credits-Reset")).isNotEmpty();
        assertThat(refused.header("RateLimit-Policy")).startsWith("\"credits\";q=1000;");
        assertThat(refused.header("RateLimit")).startsWith("\"credits\";r=1000;");
        assertThat(refused.header("Link")).isEqualTo("</?account=poor>; rel=\"payment\"");
        assertThat(refused.header("Retry-After")).isEmpty();
        assertThat(server.get("/v1/accounts/poor", server.admin()).body())
                .contains("\"available\":1000");
    }

    @Test
    void aRefusalIsNotRememberedSoTheSameKeyMayWorkLater() {
        server.open("later", "free");
        var body = charge("later", "video.process", "");
        var _ =
                server.post("/v1/charges", server.admin(), "later", body)
                        .refuses(402, "insufficient_credits");
        var _ =
                server.post(
                                "/v1/accounts/later/grants",
                                server.admin(),
                                "{\"credits\":5000,\"category\":\"paid\"}")
                        .is(201);

        assertThat(
                        server.post("/v1/charges", server.admin(), "later", body)
                                .is(201)
                                .header("Idempotent-Replayed"))
                .isEmpty();
    }

    @Test
    void anUnknownOperationNamesTheNearest() {
        server.open("typo", "free");
        var refused =
                server.charge("typo", "image.analyse")
                        .refuses(422, "unknown_operation", "/operation");

        assertThat(refused.json().get("nearest").get(0).asString()).isEqualTo("image.analyze");
        assertThat(refused.text("/detail")).contains("image.analyze");
    }

    @Test
    void aThirdPartyUnitWithoutARateIsRefusedAndNotTakenForFree() {
        server.open("unit", "free");
        var refused =
                server.post(
                                "/v1/charges",
                                server.admin(),
                                charge(
                                        "unit",
                                        "image.upload",
                                        ",\"use\":{\"third_party\":{\"model/toke~n\":1}}"))
                        .refuses(422, "unknown_unit", "/use/third_party/model~1toke~0n");

        assertThat(refused.text("/detail")).contains("model.token");
    }

    @Test
    void theLargestQuantityIsAMatterOfCreditsAlone() {
        server.open("huge", "free");
        var body = charge("huge", "video.process", ",\"quantity\":1000000000");

        assertThat(
                        server.post("/v1/charges", server.admin(), body)
                                .refuses(402, "insufficient_credits")
                                .header("Credits-Required"))
                .isEqualTo("2500000000000");
    }

    @Test
    void anEstimateSaysWhatItWouldCostAndChangesNothing() {
        server.open("asker", "free");
        var allowed =
                server.post("/v1/estimates", server.admin(), charge("asker", "image.analyze", ""))
                        .is(200);
        var refused =
                server.post("/v1/estimates", server.admin(), charge("asker", "video.process", ""))
                        .is(200);

        assertThat(allowed.json().get("allowed").asBoolean()).isTrue();
        assertThat(allowed.json().get("reason").isNull()).isTrue();
        assertThat(allowed.header("Credits-Required")).isEqualTo("100");
        assertThat(refused.json().get("allowed").asBoolean()).isFalse();
        assertThat(refused.text("/reason")).isEqualTo("insufficient_credits");
        assertThat(server.get("/v1/accounts/asker", server.admin()).body())
                .contains("\"available\":1000");
        var _ =
                server.post("/v1/estimates", server.admin(), charge("nobody", "image.upload", ""))
                        .refuses(404, "unknown_account");
        var _ =
                server.post("/v1/estimates", server.admin(), charge("asker", "nothing", ""))
                        .refuses(422, "unknown_operation");
    }

    @Test
    void anEstimateNeedsNoIdempotencyKey() {
        server.open("keyless", "free");
        var request =
                server.request("/v1/estimates")
                        .header("Authorization", "Bearer " + server.admin())
                        .header("Content-Type", "application/json; charset=UTF-8")
                        .POST(BodyPublishers.ofString(charge("keyless", "image.upload", "")))
                        .build();
        var _ = server.send(request).is(200);
    }
}
