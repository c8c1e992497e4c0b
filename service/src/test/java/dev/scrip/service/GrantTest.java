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

/// Grants that pay for some operations only, and bonuses on top of purchases.
final class GrantTest {

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

    private static Exchange grant(String account, String body) {
        return server.post("/v1/accounts/" + account + "/grants", server.admin(), body);
    }

    private static Exchange read(String account) {
        return server.get("/v1/accounts/" + account, server.admin()).is(200);
    }

    @Test
    void aRestrictedGrantPaysForItsOperationsOnly() {
        server.open("restricted", "payg");
        var granted =
                grant(
                                "restricted",
                                """
                                {"credits":100,"category":"paid","operations":["page.*","image.upload"]}
                                """)
                        .is(201);

        assertThat(granted.json().get("operations").toString())
                .isEqualTo("[\"page.*\",\"image.upload\"]");
        assertThat(read("restricted").text("/grants/0/operations/1")).isEqualTo("image.upload");
        assertThat(
                        server.get(granted.header("Location"), server.admin())
                                .is(200)
                                .text("/operations/0"))
                .isEqualTo("page.*");
        var _ = server.charge("restricted", "image.upload").is(201);
        var _ = server.charge("restricted", "page.cached").is(201);
        var refused =
                server.charge("restricted", "image.leaky").refuses(402, "insufficient_credits");
        assertThat(refused.json().at("/credits_remaining").asInt()).isZero();
    }

    @Test
    void aBonusIsAPromotionalGrantOnTopOfAPurchase() {
        server.open("bought", "payg");
        var granted =
                grant(
                                "bought",
                                """
                                {"credits":1000,"category":"paid",
                                 "bonus":{"credits":100,"expires_at":"2026-12-31T00:00:00Z",
                                          "priority":10,"operations":["image.*"]}}
                                """)
                        .is(201);
        var account = read("bought").json();

        assertThat(account.at("/credits/available").asInt()).isEqualTo(1_100);
        assertThat(account.at("/grants/0/category").asString()).isEqualTo("promotional");
        assertThat(account.at("/grants/0/priority").asInt()).isEqualTo(10);
        assertThat(account.at("/grants/0/operations/0").asString()).isEqualTo("image.*");
        assertThat(account.at("/grants/0/expires_at").asString()).isEqualTo("2026-12-31T00:00:00Z");
        var entry =
                server.get("/v1/accounts/bought/entries?limit=1", server.admin()).is(200).json();
        assertThat(entry.at("/data/0/origin").asString()).isEqualTo("bonus");
        assertThat(entry.at("/data/0/bonus_of").asString()).isEqualTo(granted.text("/id"));
    }

    @Test
    void aRetriedPurchaseHasOneBonusAlsoWhenTheBonusWouldHaveExpired() {
        server.open("bonus-once", "payg");
        var path = "/v1/accounts/bonus-once/grants";
        var body =
                """
                {"credits":10,"category":"paid",
                 "bonus":{"credits":1,"expires_at":"2026-11-23T00:00:00Z"}}
                """;
        var first = server.post(path, server.admin(), "g", body).is(201);
        server.clock.advance(Duration.ofHours(20));
        var again = server.post(path, server.admin(), "g", body).is(201);

        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(read("bonus-once").json().at("/credits/available").asInt()).isEqualTo(10);
        var _ =
                server.post(path, server.admin(), "g", "{\"credits\":10,\"category\":\"paid\"}")
                        .refuses(422, "idempotency_key_reused");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'operations':[]|400|missing_field|/operations",
                "'operations':null|400|missing_field|/operations",
                "'operations':'image.*'|400|wrong_type|/operations",
                "'operations':['image.*',3]|400|wrong_type|/operations/1",
                "'operations':['']|400|missing_field|/operations/0",
                "'operations':['image.upload','imag.upload']|422|unknown_operation|/operations/1",
                "'operations':['image.*','video.*','image.*']|400|invalid_value|/operations/2",
                "'bonus':{}|400|missing_field|/bonus/credits",
                "'bonus':null|400|missing_field|/bonus",
                "'bonus':{'credits':0}|422|amount_not_positive|/bonus/credits",
                "'bonus':{'credits':1,'category':'paid'}|400|unknown_field|/bonus/category",
                "'bonus':{'credits':1,'priority':101}|422|amount_out_of_range|/bonus/priority",
                "'bonus':{'credits':1,'expires_at':'2026-11-22T00:00:00Z'}|422|invalid_expiry|/bonus/expires_at",
                "'bonus':{'credits':1,'operations':['video.*','vido.*']}|422|unknown_operation|/bonus/operations/1",
                "'bonus':{'credits':1000000000000},'credits':1|400|duplicate_key|/credits",
            })
    void aBadGrantIsRefused(String members, int status, String code, String pointer) {
        var name = "bad";
        if (server.get("/v1/accounts/" + name, server.admin()).status() == 404) {
            server.open(name, "payg");
        }
        var body = "{'credits':1,'category':'paid'," + members + "}";
        var _ = grant(name, body.replace('\'', '"')).refuses(status, code, pointer);

        assertThat(read(name).body()).contains("\"grants\":[]");
    }

    @Test
    void aBonusIsForPurchasesOnly() {
        server.open("gift", "payg");
        var _ =
                grant(
                                "gift",
                                """
                                {"credits":1,"category":"promotional","bonus":{"credits":1}}
                                """)
                        .refuses(422, "conflicting_fields", "/bonus");
    }
}
