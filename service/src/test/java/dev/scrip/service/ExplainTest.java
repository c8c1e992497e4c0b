package dev.scrip.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExplainTest {

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

    private static Exchange post(String path, String body) {
        return server.post(path, server.admin(), body);
    }

    private static Exchange grant(String account, String more) {
        return post("/v1/accounts/" + account + "/grants", "{\"credits\":500" + more + "}").is(201);
    }

    /// Does all that makes an entry by itself or by request.
    private static void live(String account) {
        server.open(account, "free");
        var path = "/v1/accounts/" + account;
        var _ = grant(account, ",\"category\":\"promotional\",\"priority\":1");
        var voided = grant(account, ",\"category\":\"paid\"").text("/id");
        var _ = post(path + "/grants/" + voided + "/void", "{\"reason\":\"x\"}").is(200);
        var _ =
                grant(
                        account,
                        ",\"category\":\"promotional\",\"expires_at\":\""
                                + server.clock.instant().plusSeconds(600)
                                + "\"");
        var charge = server.charge(account, "image.analyze").is(201).text("/id");
        var _ = post("/v1/charges/" + charge + "/reverse", "{\"reason\":\"x\"}").is(200);
        var hold =
                post(
                                "/v1/holds",
                                TestServer.charge(account, "video.process", ",\"max_credits\":900"))
                        .is(201);
        var _ = post("/v1/holds/" + hold.text("/id") + "/extend", "{\"expires_in\":3600}").is(200);
        var _ = post(hold.text("/capture_url"), "{\"credits\":100,\"more\":\"follows\"}").is(200);
        server.clock.advance(Duration.ofMinutes(20));
        // What it held of the grant that lapsed meanwhile does not come back.
        var _ = post(hold.text("/capture_url"), "{\"quantity\":0.004}").is(200);
        var released =
                post("/v1/holds", TestServer.charge(account, "image.analyze", ",\"expires_in\":60"))
                        .is(201);
        server.clock.advance(Duration.ofMinutes(2));
        assertThat(released.text("/object")).isEqualTo("hold");
        var _ = post(path + "/overage", "{\"mode\":\"unlimited\"}").is(200);
        var _ = server.charge(account, "video.process").is(201);
        var _ = grant(account, ",\"category\":\"paid\"");
        var _ = post(path + "/status", "{\"status\":\"frozen\",\"reason\":\"x\"}").is(200);
        server.clock.advance(Duration.ofDays(32));
    }

    /// Each entry of an account says what changed its balance, and leaves nothing over.
    ///
    /// @return the types of its entries
    private static Set<String> addUp(String account) {
        var path = "/v1/accounts/" + account + "/entries";
        var entries = server.get(path + "?limit=1000", server.admin());
        var kinds = new TreeSet<String>();
        for (var entry : entries.is(200).json().get("data")) {
            var explained =
                    server.get(path + "/" + entry.get("id").asString() + "/explain", server.admin())
                            .is(200);
            var balance = explained.json().get("balance");
            var sum = new BigDecimal(balance.get("before").asString());
            for (var change : balance.get("changes")) {
                assertThat(change.get("cause").asString())
                        .as(explained.body())
                        .isNotIn("meanwhile", "unexplained");
                sum = sum.add(new BigDecimal(change.get("credits").asString()));
            }
            assertThat(sum)
                    .as(explained.body())
                    .isEqualByComparingTo(balance.get("after").asString());
            assertThat(explained.json().get("entry")).isEqualTo(entry);
            for (var link : explained.json().get("links")) {
                var _ = server.get(link.get("href").asString(), server.admin()).is(200);
            }
            kinds.add(entry.get("type").asString());
        }
        return kinds;
    }

    /// Sets all that can be set, and does what follows from it.
    private static void run(String account) {
        server.open(account, "free");
        var path = "/v1/accounts/" + account;
        var _ =
                post(
                                path + "/limits",
                                "{\"limits\":[{\"id\":\"a\",\"calls\":9,\"per_seconds\":1}]}")
                        .is(200);
        var _ =
                post(path + "/alerts", "{\"alerts\":[{\"id\":\"a\",\"remaining_credits\":950}]}")
                        .is(200);
        var _ = server.charge(account, "image.analyze").is(201);
        var _ = post(path + "/adjust", "{\"credits\":70,\"reason\":\"x\"}").is(201);
        var _ = post(path + "/adjust", "{\"credits\":-30,\"reason\":\"x\"}").is(200);
        var _ =
                post(
                                path + "/top-up-rule",
                                """
                                {"rule":{"threshold":960,"target":2000,"monthly_cap":9000,
                                 "cool_off_seconds":0}}
                                """)
                        .is(200);
        var _ = post(topUp(path) + "/fail", "{\"reason\":\"declined\"}").is(200);
        server.clock.advance(Duration.ofMinutes(1));
        var _ = post(topUp(path) + "/confirm", "{}").is(201);
        var _ = post(path + "/top-up-rule", "{\"rule\":null}").is(200);
        var _ =
                post(path + "/overage", "{\"mode\":\"unlimited\",\"payment\":\"invoiced\"}")
                        .is(200);
        var _ = server.charge(account, "video.process").is(201);
        var _ = post(path + "/receivable/pay", "{\"reason\":\"invoice 7\"}").is(200);
        late(account);
        var _ = post(path + "/plan", "{\"plan\":\"payg\",\"when\":\"period_end\"}").is(200);
        var _ = post(path + "/plan", "{\"plan\":\"starter\",\"when\":\"now\"}").is(200);
        var _ = post(path + "/plan", "{\"plan\":\"free\",\"when\":\"period_end\"}").is(200);
        server.clock.advance(Duration.ofDays(32));
    }

    private static String topUp(String path) {
        return "/v1/top-ups/" + server.get(path, server.admin()).is(200).text("/top_up/open");
    }

    /// Charges a call of when there was a grant that has lapsed since.
    private static void late(String account) {
        var usedAt = server.clock.instant();
        var _ =
                grant(
                        account,
                        ",\"category\":\"promotional\",\"expires_at\":\""
                                + usedAt.plusSeconds(60)
                                + "\"");
        server.clock.advance(Duration.ofMinutes(2));
        var event =
                """
                [{"specversion":"1.0","id":"1","source":"s","type":"image.analyze",
                  "subject":"%s","time":"%s"}]
                """
                        .formatted(account, usedAt);
        assertThat(post("/v1/events", event).is(200).text("/charged")).isEqualTo("1");
    }

    @Test
    void everyEntryOfWhatIsSetAddsUp() {
        run("settings");

        assertThat(addUp("settings"))
                .containsExactlyInAnyOrder(
                        "account_opened",
                        "adjustment",
                        "alert_fired",
                        "alert_rearmed",
                        "alerts_set",
                        "charge",
                        "expiry",
                        "grant",
                        "limits_set",
                        "overage_set",
                        "plan_change",
                        "plan_change_scheduled",
                        "receivable_payment",
                        "top_up_failure",
                        "top_up_request",
                        "top_up_rule_set");
    }

    @Test
    void everyEntryAddsUp() {
        live("all-kinds");

        assertThat(addUp("all-kinds"))
                .containsExactlyInAnyOrder(
                        "account_opened",
                        "capture",
                        "charge",
                        "expiry",
                        "grant",
                        "hold",
                        "hold_extension",
                        "overage_set",
                        "period_started",
                        "release",
                        "reversal",
                        "settlement",
                        "status_change",
                        "void");
    }

    @Test
    void aChargeSaysWhyItCostWhatItDidAndFromWhere() {
        server.open("why", "starter");
        var id =
                post("/v1/charges", TestServer.charge("why", "page.cached", ",\"quantity\":1.003"))
                        .is(201)
                        .text("/id");
        var path = "/v1/charges/" + id + "/explain";
        var explained = server.get(path, server.admin()).is(200);

        assertThat(explained.text("/price/credits_each")).isEqualTo("0.5");
        assertThat(explained.text("/price/base")).isEqualTo("0.5015");
        assertThat(explained.text("/price/rounding/change")).isEqualTo("0.0005");
        assertThat(explained.text("/price/credits")).isEqualTo("0.502");
        assertThat(explained.text("/price/by")).isEqualTo("quantity");
        assertThat(explained.text("/price/price_book/version")).isEqualTo("pb_1");
        assertThat(explained.text("/price/price_book/effective_from")).isNotEmpty();
        assertThat(explained.text("/price/cost/amount")).isEqualTo("0.0001003");
        assertThat(explained.text("/burned/0/category")).isEqualTo("plan");
        assertThat(explained.text("/burned/0/origin")).isEqualTo("plan");
        // 29 dollars for 50,000 credits.
        assertThat(explained.text("/burned/0/cost_basis/amount")).isEqualTo("0.000580");
        assertThat(explained.text("/yield/amount")).isEqualTo("0.00029116");
        assertThat(explained.text("/balance/before")).isEqualTo("50000");
        assertThat(explained.text("/balance/after")).isEqualTo("49999.498");

        var customers = server.get(path, server.key("live", "read")).is(200);
        assertThat(customers.json().at("/price/cost").isMissingNode()).isTrue();
        var _ = server.get(path, server.admin("test")).refuses(404, "unknown_entry");
        var _ =
                server.get("/v1/charges/gr_0000000002/explain", server.admin())
                        .refuses(404, "unknown_entry");
    }

    /// What its pool has is not its own, and what it is set moves nothing.
    @Test
    void aChildsEntriesAddUp() {
        server.open("explained", "starter");
        var _ = post("/v1/accounts", "{\"account\":\"e:1\",\"pool\":\"explained\"}").is(201);
        var _ = server.charge("explained", "image.analyze").is(201);
        var _ = post("/v1/accounts/e:1/status", "{\"status\":\"frozen\",\"reason\":\"x\"}").is(200);

        assertThat(addUp("e:1")).containsExactlyInAnyOrder("account_opened", "status_change");
        var entries = server.get("/v1/accounts/e:1/entries", server.admin()).is(200);
        var explained =
                server.get(
                                "/v1/accounts/e:1/entries/"
                                        + entries.text("/data/0/id")
                                        + "/explain",
                                server.admin())
                        .is(200);
        assertThat(explained.text("/balance/before")).isEqualTo("49900");
        assertThat(explained.text("/balance/after")).isEqualTo("49900");
    }

    @Test
    void creditsThatTookEffectMeanwhileAreNamed() {
        server.open("later", "free");
        var later =
                grant(
                                "later",
                                ",\"category\":\"paid\",\"effective_at\":\""
                                        + server.clock.instant().plusSeconds(60)
                                        + "\"")
                        .text("/id");
        server.clock.advance(Duration.ofMinutes(2));
        var id = server.charge("later", "image.analyze").is(201).text("/id");
        var explained = server.get("/v1/charges/" + id + "/explain", server.admin()).is(200);

        assertThat(explained.text("/balance/before")).isEqualTo("1000");
        assertThat(explained.text("/balance/changes/1/cause")).isEqualTo("meanwhile");
        assertThat(explained.text("/balance/changes/1/credits")).isEqualTo("500");
        assertThat(explained.text("/balance/changes/1/grant")).isEqualTo(later);
        assertThat(explained.text("/balance/after")).isEqualTo("1400");
    }
}
