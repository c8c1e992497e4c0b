package dev.scrip.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HoldTest {

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

    private static Exchange hold(String account, String more) {
        return server.post(
                "/v1/holds", server.admin(), TestServer.charge(account, "video.process", more));
    }

    private static Exchange post(String path, String body) {
        return server.post(path, server.admin(), body);
    }

    private static String available(String account) {
        return server.get("/v1/accounts/" + account, server.admin())
                .is(200)
                .text("/credits/available");
    }

    @Test
    void aLongJobHoldsWhatItMayCostAndPaysWhatItDid() {
        server.open("job", "starter");
        var held = hold("job", ",\"max_credits\":2500,\"expires_in\":300").is(201);

        assertThat(held.body())
                .matches(
                        "\\{\"id\":\"ho_\\w{10}\",\"object\":\"hold\",\"status\":\"held\","
                                + "\"allowed\":true,\"account\":\"job\","
                                + "\"operation\":\"video.process\",\"held_credits\":2500,"
                                + "\"expires_at\":\"[^\"]+\","
                                + "\"capture_url\":\"/v1/holds/ho_\\w{10}/capture\",.*"
                                + "\"meta\":\\{\"credits_held\":2500,"
                                + "\"credits_remaining\":47500,"
                                + "\"credits_reset_at\":\"[^\"]+\"}}");
        assertThat(held.header("Credits-Held")).isEqualTo("2500");
        assertThat(held.header("Credits-Remaining")).isEqualTo("47500");
        var account = server.get("/v1/accounts/job", server.admin()).is(200);
        assertThat(account.text("/credits/held")).isEqualTo("2500");
        assertThat(account.text("/credits/used")).isEqualTo("0");
        assertThat(account.text("/holds/0/id")).isEqualTo(held.text("/id"));

        var captured = post(held.text("/capture_url"), "{\"credits\":1840}").is(200);
        assertThat(captured.text("/status")).isEqualTo("captured");
        assertThat(captured.text("/credits_released")).isEqualTo("660");
        assertThat(captured.header("Credits-Consumed")).isEqualTo("1840");
        assertThat(captured.header("Credits-Remaining")).isEqualTo("48160");
        assertThat(available("job")).isEqualTo("48160");
        var _ = post(held.text("/capture_url"), "{\"credits\":1}").refuses(409, "hold_not_open");
        assertThat(server.get("/v1/margins", server.admin()).is(200).body())
                .contains("video.process");
        assertThat(server.get("/v1/accounts/job/entries", server.admin()).is(200).body())
                .contains("\"type\":\"hold\"")
                .contains("\"type\":\"capture\"")
                .contains("\"type\":\"release\"");
    }

    @Test
    void aRetriedCaptureTakesNothingMore() {
        server.open("again", "starter");
        var url = hold("again", "").is(201).text("/capture_url");
        var body = "{\"quantity\":0.5,\"more\":\"follows\"}";
        var first = server.post(url, server.admin(), "capture", body).is(200);
        var second = server.post(url, server.admin(), "capture", body).is(200);

        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(first.text("/credits_consumed")).isEqualTo("1250");
        assertThat(first.text("/credits_held")).isEqualTo("1250");
        assertThat(available("again")).isEqualTo("47500");
    }

    @Test
    void moreThanIsHeldNeedsLeave() {
        server.open("more", "starter");
        var url = hold("more", ",\"max_credits\":100").is(201).text("/capture_url");

        var _ = post(url, "{\"credits\":150}").refuses(409, "capture_exceeds_hold", "/credits");
        var _ = post(url, "{\"credits\":150,\"overage\":\"allow\"}").is(200);
        assertThat(available("more")).isEqualTo("49850");
    }

    @Test
    void aHoldEndsByItselfUnlessItIsExtended() {
        server.open("late", "starter");
        var shortOne = hold("late", ",\"max_credits\":100,\"expires_in\":60").is(201);
        var longOne = hold("late", ",\"max_credits\":10,\"expires_in\":60").is(201);
        var _ =
                post("/v1/holds/" + longOne.text("/id") + "/extend", "{\"expires_in\":600}")
                        .is(200);
        server.clock.advance(Duration.ofSeconds(61));

        assertThat(available("late")).isEqualTo("49990");
        var _ =
                post(shortOne.text("/capture_url"), "{\"credits\":1}")
                        .refuses(409, "hold_not_open");
        var release = "/v1/holds/" + longOne.text("/id") + "/release";
        assertThat(post(release, "").is(200).text("/reason")).isEqualTo("asked");
        assertThat(available("late")).isEqualTo("50000");
    }

    @Test
    void aChargeIsTakenBackToItsGrantsInPartsAndNoFurther() {
        server.open("back", "starter");
        var charge = server.charge("back", "image.analyze").is(201).text("/id");
        var path = "/v1/charges/" + charge + "/reverse";

        var part = post(path, "{\"credits\":40,\"reason\":\"the job failed\"}").is(200);
        assertThat(part.text("/charge")).isEqualTo(charge);
        assertThat(available("back")).isEqualTo("49940");
        var _ =
                post(path, "{\"credits\":61,\"reason\":\"x\"}")
                        .refuses(422, "reversal_exceeds_charge", "/credits");
        assertThat(post(path, "{\"reason\":\"the rest\"}").is(200).text("/credits"))
                .isEqualTo("60");
        assertThat(available("back")).isEqualTo("50000");
        assertThat(server.get("/v1/accounts/back/usage", server.admin()).text("/credits"))
                .isEqualTo("0");
    }

    @Test
    void aGrantCanBeVoidedAndAnAccountFrozenAndClosed() {
        server.open("ill", "free");
        var grant =
                post("/v1/accounts/ill/grants", "{\"credits\":500,\"category\":\"paid\"}")
                        .is(201)
                        .text("/id");
        var voided = "/v1/accounts/ill/grants/" + grant + "/void";
        assertThat(post(voided, "{\"reason\":\"chargeback\"}").is(200).text("/credits"))
                .isEqualTo("500");
        var _ = post(voided, "{\"reason\":\"chargeback\"}").refuses(409, "nothing_to_void");
        assertThat(available("ill")).isEqualTo("1000");

        var _ = status("frozen").is(200);
        var _ = server.charge("ill", "image.upload").refuses(409, "account_frozen");
        var _ = hold("ill", ",\"max_credits\":1").refuses(409, "account_frozen");
        var _ = status("open").is(200);
        var _ = server.charge("ill", "image.upload").is(201);
        var _ = status("closed").is(200);
        var _ = server.charge("ill", "image.upload").refuses(409, "account_closed");
        var _ = status("open").refuses(409, "account_closed");
        assertThat(server.get("/v1/accounts/ill", server.admin()).text("/status"))
                .isEqualTo("closed");
    }

    private static Exchange status(String status) {
        return post(
                "/v1/accounts/ill/status",
                "{\"status\":\"" + status + "\",\"reason\":\"because\"}");
    }

    @Test
    void anAccountMayOweUpToItsLimitAndPaysFirstWhatItOwes() {
        server.open("owing", "free");
        var path = "/v1/accounts/owing/overage";
        var _ = server.charge("owing", "video.process").refuses(402, "insufficient_credits");
        var set = post(path, "{\"mode\":\"limited\",\"credits\":1500}").is(200);
        assertThat(set.text("/overage/mode")).isEqualTo("limited");

        var charged = server.charge("owing", "video.process").is(201);
        assertThat(charged.text("/overage_credits")).isEqualTo("1500");
        assertThat(charged.header("Credits-Remaining")).isEqualTo("0");
        var _ = server.charge("owing", "image.upload").refuses(402, "insufficient_credits");
        var account = server.get("/v1/accounts/owing", server.admin()).is(200);
        assertThat(account.text("/credits/receivable")).isEqualTo("1500");
        assertThat(account.text("/overage/credits")).isEqualTo("1500");

        var _ =
                post("/v1/accounts/owing/grants", "{\"credits\":2000,\"category\":\"paid\"}")
                        .is(201);
        assertThat(available("owing")).isEqualTo("500");
        assertThat(server.get("/v1/accounts/owing/entries", server.admin()).is(200).body())
                .contains("\"type\":\"settlement\"", "\"type\":\"overage_set\"");
        var _ = post(path, "{\"mode\":\"limited\"}").refuses(400, "missing_field", "/credits");
        var _ =
                post(path, "{\"mode\":\"refuse\",\"credits\":1}")
                        .refuses(422, "conflicting_fields", "/credits");
        assertThat(post(path, "{\"mode\":\"unlimited\"}").is(200).text("/overage/mode"))
                .isEqualTo("unlimited");
    }

    @Test
    void holdsSurviveARestart() {
        server.open("kept", "starter");
        var url = hold("kept", ",\"max_credits\":100").is(201).text("/capture_url");
        server.restart();

        assertThat(available("kept")).isEqualTo("49900");
        var _ = post(url, "{\"credits\":30}").is(200);
        assertThat(available("kept")).isEqualTo("49970");
    }

    @Test
    void aCaptureIsPricedAsWhenItsCreditsWereSetAside(@TempDir Path other) throws IOException {
        try (var server = new TestServer(other)) {
            server.open("job", "starter");
            var held =
                    server.post(
                                    "/v1/holds",
                                    server.admin(),
                                    TestServer.charge("job", "video.process", ""))
                            .is(201);
            var pricing = TestServer.pricingFile(server.folder);
            Files.writeString(
                    pricing,
                    Files.readString(pricing)
                            .replace("credits: 2500", "credits: 5000")
                            .replace("model.token", "other.token"));
            server.clock.advance(Duration.ofMinutes(1));
            server.restartWith(pricing);
            var body = "{\"quantity\":0.5,\"use\":{\"third_party\":{\"model.token\":300}}}";

            var captured = server.post(held.text("/capture_url"), server.admin(), body).is(200);
            assertThat(captured.text("/credits_consumed")).isEqualTo("1250");
            assertThat(captured.text("/price/price_table")).isEqualTo("pb_1");
        }
    }

    @Test
    void thereAreNoEstimatesOfAnUnknownOperation() {
        var path = "/v1/operations/%s/estimates";
        var _ = server.get(path.formatted("video.process"), server.admin()).is(200);
        var refused =
                server.get(path.formatted("video.proces"), server.admin())
                        .refuses(404, "unknown_operation");
        assertThat(refused.text("/detail"))
                .isEqualTo(
                        "The price book has no operation \"video.proces\". Maybe"
                                + " \"video.process\" is meant.");
        assertThat(refused.text("/nearest/0")).isEqualTo("video.process");
    }

    @Test
    void aHoldCanGoByWhatEarlierCapturesCameTo(@TempDir Path other) {
        try (var server = new TestServer(other)) {
            server.open("learner", "starter");
            var path = "/v1/operations/video.process/estimates";
            var byP95 = TestServer.charge("learner", "video.process", ",\"estimate\":\"p95\"");
            for (int i = 1; i <= 40; i++) {
                var held =
                        server.post(
                                        "/v1/holds",
                                        server.admin(),
                                        TestServer.charge("learner", "video.process", ""))
                                .is(201);
                var body = "{\"credits\":" + 10 * i + "}";
                var _ = server.post(held.text("/capture_url"), server.admin(), body).is(200);
                if (i == 19) {
                    var _ =
                            server.post("/v1/holds", server.admin(), "early", byP95)
                                    .refuses(422, "too_few_captures", "/estimate");
                }
            }
            var lease =
                    server.post(
                                    "/v1/leases",
                                    server.admin(),
                                    "{\"account\":\"learner\",\"credits\":9000,\"expires_in\":60}")
                            .is(201);
            var report =
                    "{\"usage\":[{\"operation\":\"video.process\",\"quantity\":2}],\"final\":true}";
            var _ = server.post(lease.text("/report_url"), server.admin(), report).is(200);

            var learnt = server.get(path, server.admin()).is(200);
            assertThat(learnt.text("/count")).isEqualTo("40");
            assertThat(new BigDecimal(learnt.text("/p50")))
                    .isBetween(new BigDecimal("198"), new BigDecimal("202"));
            assertThat(new BigDecimal(learnt.text("/p95")))
                    .isBetween(new BigDecimal("376.2"), new BigDecimal("383.8"));
            assertThat(new BigDecimal(learnt.text("/p99")))
                    .isBetween(new BigDecimal("396"), new BigDecimal("404"));
            var held = server.post("/v1/holds", server.admin(), "early", byP95).is(201);
            assertThat(held.text("/held_credits")).isEqualTo(learnt.text("/p95"));
            assertThat(server.get(path, server.admin("test")).text("/count")).isEqualTo("0");
            var both =
                    TestServer.charge(
                            "learner", "video.process", ",\"estimate\":\"p95\",\"quantity\":1");
            var _ =
                    server.post("/v1/holds", server.admin(), both)
                            .refuses(422, "conflicting_fields", "/estimate");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|400|missing_field|/credits",
                "{\"credits\":1,\"quantity\":1}|422|conflicting_fields|/credits",
                "{\"credits\":0}|422|amount_not_positive|/credits",
                "{\"credits\":1.0000001}|422|amount_precision|/credits",
                "{\"credits\":\"1\"}|400|wrong_type|/credits",
                "{\"credits\":1,\"more\":\"maybe\"}|400|invalid_value|/more",
                "{\"credits\":1,\"use\":{\"third_party\":{\"x\":1}}}|422|unknown_unit|/use/third_party/x",
                "{\"credit\":1}|400|unknown_field|/credit"
            })
    void aBadCaptureIsRefusedAndTakesNothing(String body, int status, String code, String pointer) {
        var name = "bad-" + Integer.toHexString(body.hashCode());
        server.open(name, "starter");
        var url = hold(name, ",\"max_credits\":100").is(201).text("/capture_url");

        var _ = post(url, body).refuses(status, code, pointer);
        assertThat(server.get("/v1/accounts/" + name, server.admin()).text("/credits/held"))
                .isEqualTo("100");
    }
}
