package dev.scrip.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Accounts that draw on the grants of another one.
final class PoolTest {

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

    private static String child(String account, String pool) {
        return "{\"account\":\"" + account + "\",\"pool\":\"" + pool + "\"}";
    }

    private static Exchange open(String body) {
        return server.post("/v1/accounts", server.admin(), body);
    }

    private static Exchange read(String account) {
        return server.get("/v1/accounts/" + account, server.admin()).is(200);
    }

    @Test
    void aChildSpendsTheCreditsOfItsPool() {
        server.open("firm", "starter");
        var opened = open(child("firm:shop", "firm")).is(201);

        assertThat(opened.text("/pool")).isEqualTo("firm");
        assertThat(opened.text("/plan")).isEqualTo("starter");
        assertThat(opened.json().at("/included_credits").asInt()).isZero();
        var charged = server.charge("firm:shop", "image.analyze").is(201);
        assertThat(charged.text("/account")).isEqualTo("firm");
        assertThat(charged.text("/child")).isEqualTo("firm:shop");
        assertThat(charged.json().has("api_key")).isFalse();
        assertThat(read("firm").json().at("/credits/available").asInt()).isEqualTo(49_900);
        assertThat(read("firm").json().at("/children").toString()).isEqualTo("[\"firm:shop\"]");
        assertThat(read("firm").json().at("/pool").isNull()).isTrue();
        assertThat(read("firm:shop").text("/pool")).isEqualTo("firm");
        assertThat(read("firm:shop").json().at("/credits/available").asInt()).isEqualTo(49_900);
        assertThat(read("firm:shop").json().at("/children").isEmpty()).isTrue();
        var entry =
                server.get("/v1/accounts/firm/entries/" + charged.text("/id"), server.admin())
                        .is(200);
        assertThat(entry.text("/child")).isEqualTo("firm:shop");
        assertThat(
                        server.get("/v1/accounts/firm:shop/entries", server.admin())
                                .is(200)
                                .text("/data/1/pool"))
                .isEqualTo("firm");
    }

    @Test
    void aChargeSaysWhichKeyMadeTheCall() {
        server.open("keyed", "free");
        var charged =
                server.post(
                                "/v1/charges",
                                server.admin(),
                                TestServer.charge("keyed", "image.upload", ",\"api_key\":\"k1\""))
                        .is(201);

        assertThat(charged.text("/api_key")).isEqualTo("k1");
        assertThat(charged.json().has("child")).isFalse();
        assertThat(server.get("/v1/charges/" + charged.text("/id"), server.admin()).is(200).body())
                .isEqualTo(charged.body());
    }

    @Test
    void aChildsHoldIsCapturedAsItsOwn() {
        server.open("held", "free");
        var _ = open(child("held:a", "held")).is(201);
        var held =
                server.post(
                                "/v1/holds",
                                server.admin(),
                                TestServer.charge(
                                        "held:a", "video.process", ",\"max_credits\":100"))
                        .is(201);

        assertThat(held.text("/account")).isEqualTo("held");
        assertThat(held.text("/child")).isEqualTo("held:a");
        assertThat(read("held:a").text("/holds/0/id")).isEqualTo(held.text("/id"));
        assertThat(read("held:a").json().at("/holds/0/lease").asBoolean()).isFalse();
        assertThat(
                        server.post(held.text("/capture_url"), server.admin(), "{\"credits\":60}")
                                .is(200)
                                .text("/child"))
                .isEqualTo("held:a");
    }

    @Test
    void aChildsLeaseIsReportedAsItsOwnAndGoesBackToThePool() {
        server.open("lender", "starter");
        var _ = open(child("lender:a", "lender")).is(201);
        var lease =
                server.post(
                                "/v1/leases",
                                server.admin(),
                                "{\"account\":\"lender:a\",\"credits\":500,\"expires_in\":60}")
                        .is(201);

        assertThat(read("lender:a").text("/holds/0/id")).isEqualTo(lease.text("/id"));
        assertThat(read("lender").json().at("/credits/available").asInt()).isEqualTo(49_500);
        var _ =
                server.post(
                                lease.text("/report_url"),
                                server.admin(),
                                "{\"usage\":[{\"operation\":\"image.analyze\",\"quantity\":2}]}")
                        .is(200);
        var used = server.get("/v1/accounts/lender:a/usage", server.admin()).is(200);
        assertThat(used.json().at("/operations/0/credits").asInt()).isEqualTo(200);
        server.clock.advance(Duration.ofMinutes(2));
        assertThat(read("lender:a").json().at("/holds").isEmpty()).isTrue();
        assertThat(read("lender").json().at("/credits/available").asInt()).isEqualTo(49_800);
    }

    @Test
    void aBackfillOfAChildIsChargedToThePoolAndTakenBack() {
        server.open("late", "starter");
        var _ = open(child("late:a", "late")).is(201);
        var usedAt = server.clock.instant();
        server.clock.advance(Duration.ofHours(30));
        var events =
                """
                [{"specversion":"1.0","id":"1","source":"s","type":"image.analyze",
                  "subject":"late:a","time":"%s"}]
                """
                        .formatted(usedAt);
        var charged = server.post("/v1/backfills", server.admin(), events).is(200);

        assertThat(charged.text("/charged")).isEqualTo("1");
        assertThat(read("late").json().at("/credits/available").asInt()).isEqualTo(49_900);
        var entry = server.get("/v1/accounts/late:a/entries", server.admin()).is(200);
        assertThat(entry.text("/data/0/used_at")).isEqualTo(usedAt.toString());
        assertThat(entry.text("/data/0/child")).isEqualTo("late:a");
        var again = server.post("/v1/backfills", server.admin(), events).is(200);
        assertThat(again.text("/events/0/outcome")).isEqualTo("duplicate");
        var _ =
                server.post(
                                "/v1/backfills/" + charged.text("/id") + "/revert",
                                server.admin(),
                                "{\"reason\":\"wrong\"}")
                        .is(200);
        assertThat(read("late").json().at("/credits/available").asInt()).isEqualTo(50_000);
    }

    @Test
    void openingAChildTwiceIsRefusedButARetryIsNot() {
        server.open("once", "free");
        var body = child("once:a", "once");
        var first = server.post("/v1/accounts", server.admin(), "open-child", body).is(201);
        var again = server.post("/v1/accounts", server.admin(), "open-child", body).is(201);

        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        var _ = open(body).refuses(409, "account_exists");
        var _ =
                server.post(
                                "/v1/accounts",
                                server.admin(),
                                "open-child",
                                "{\"account\":\"once:a\",\"plan\":\"free\"}")
                        .refuses(422, "idempotency_key_reused");
    }

    @Test
    void onlyAnAccountOfItsOwnInTheSameWorkspaceIsAPool() {
        server.open("head", "free");
        var _ = open(child("head:a", "head")).is(201);
        var _ = open(child("head:a:b", "head:a")).refuses(422, "not_a_pool", "/pool");
        var _ = open(child("x", "nobody")).refuses(422, "not_a_pool", "/pool");
        var _ =
                server.post("/v1/accounts", server.admin("test"), child("x", "head"))
                        .refuses(422, "not_a_pool", "/pool");
        var _ = open(child("self", "self")).refuses(422, "not_a_pool", "/pool");
    }

    @Test
    void whatConcernsCreditsIsAskedOfThePool() {
        server.open("owner", "free");
        var _ = open(child("owner:a", "owner")).is(201);
        var refused =
                server.post(
                                "/v1/accounts/owner:a/grants",
                                server.admin(),
                                "{\"credits\":1,\"category\":\"paid\"}")
                        .refuses(409, "draws_on_pool");

        assertThat(refused.text("/detail")).contains("\"owner\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'account':'c','pool':'p','plan':'free'}|422|conflicting_fields|/plan",
                "{'account':'c','pool':'p','zone':'UTC'}|422|conflicting_fields|/zone",
                "{'account':'c','pool':''}|400|missing_field|/pool",
                "{'account':'c','pool':null}|400|missing_field|/pool",
                "{'account':'c','pool':'a/b'}|400|invalid_id|/pool",
                "{'account':'c','pool':7}|400|wrong_type|/pool",
                "{'account':'c'}|400|missing_field|/plan",
            })
    void aBadPoolIsRefused(String body, int status, String code, String pointer) {
        var _ = open(body.replace('\'', '"')).refuses(status, code, pointer);
    }
}
