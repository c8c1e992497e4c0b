package dev.scrip.service;

import static org.assertj.core.api.Assertions.assertThat;

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

/// Limits, alerts and the rule by which credits are bought.
final class SettingTest {

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

    private static Exchange set(String account, String what, String body) {
        return server.post("/v1/accounts/" + account + "/" + what, server.admin(), body);
    }

    private static Exchange limits(String account, String limits) {
        return set(account, "limits", "{\"limits\":[" + limits.replace('\'', '"') + "]}");
    }

    private static Exchange read(String account) {
        return server.get("/v1/accounts/" + account, server.admin()).is(200);
    }

    @Test
    void aRateLimitRefusesTheCallTooMuchUntilItsTimeIsOver() {
        server.open("rated", "starter");
        var set = limits("rated", "{'id':'rpm','calls':2,'per_seconds':60}").is(200);

        assertThat(set.text("/type")).isEqualTo("limits_set");
        assertThat(set.text("/limits/0/id")).isEqualTo("rpm");
        assertThat(read("rated").json().at("/limits/0/calls_left").asInt()).isEqualTo(2);
        var _ = server.charge("rated", "image.upload").is(201);
        var _ = server.charge("rated", "image.upload").is(201);
        assertThat(read("rated").json().at("/limits/0/calls_left").asInt()).isZero();
        var refused = server.charge("rated", "image.upload").refuses(429, "rate_limited");
        assertThat(refused.header("Retry-After")).isEqualTo("30");
        assertThat(withoutKeys(refused.header("RateLimit-Policy")))
                .isEqualTo("\"credits\";q=50000;scrip-unit=\"credits\", \"rpm\";q=2;w=60");
        assertThat(withoutKeys(refused.header("RateLimit")))
                .startsWith("\"credits\";r=49998;t=")
                .endsWith(", \"rpm\";r=0;t=30");
        assertThat(refused.header("Credits-Required")).isEqualTo("1");
        assertThat(refused.header("Credits-Remaining")).isEqualTo("49998");
        assertThat(refused.header("Credits-Reset")).isEqualTo("2026-12-22T12:00:00Z");
        assertThat(refused.text("/credits_required")).isEqualTo("1");
        assertThat(refused.text("/credits_remaining")).isEqualTo("49998");
        assertThat(refused.text("/credits_reset_at")).isEqualTo("2026-12-22T12:00:00Z");
        server.clock.advance(Duration.ofSeconds(30));
        var _ = server.charge("rated", "image.upload").is(201);
        assertThat(read("rated").json().at("/credits/available").asInt()).isEqualTo(49_997);
    }

    @Test
    void aChargeNamesEveryRateLimitItIsAboutOfAChildAndOfItsPool() {
        server.open("shared", "starter");
        var _ =
                server.post(
                                "/v1/accounts",
                                server.admin(),
                                "{\"account\":\"sharing\",\"pool\":\"shared\"}")
                        .is(201);
        var _ =
                limits(
                                "shared",
                                "{'id':'rpm','calls':6,'per_seconds':60},"
                                        + "{'id':'pages','operation':'page.*','calls':1,'per_seconds':60}")
                        .is(200);
        var _ = limits("sharing", "{'id':'rps','calls':2,'per_seconds':10}").is(200);

        var charged = server.charge("sharing", "image.upload").is(201);
        assertThat(withoutKeys(charged.header("RateLimit-Policy")))
                .isEqualTo(
                        "\"credits\";q=50000;scrip-unit=\"credits\", \"rps\";q=2;w=10,"
                                + " \"rpm\";q=6;w=60");
        assertThat(withoutKeys(charged.header("RateLimit")))
                .startsWith("\"credits\";r=49999;")
                .endsWith(", \"rps\";r=1;t=5, \"rpm\";r=5;t=10");
        var _ = server.charge("sharing", "image.upload").is(201);
        var refused = server.charge("sharing", "image.upload").refuses(429, "rate_limited");
        assertThat(refused.text("/violated-policies/0")).isEqualTo("rps");
        assertThat(withoutKeys(refused.header("RateLimit-Policy")))
                .isEqualTo(
                        "\"credits\";q=50000;scrip-unit=\"credits\", \"rps\";q=2;w=10,"
                                + " \"rpm\";q=6;w=60");
        assertThat(withoutKeys(refused.header("RateLimit")))
                .startsWith("\"credits\";r=49998;")
                .endsWith(", \"rps\";r=0;t=5, \"rpm\";r=4;t=10");
    }

    /// They count as calls, and say so as charges do.
    @Test
    void holdsAndLeasesNameTheRateLimitsTheyAreAbout() {
        server.open("holding", "starter");
        var _ = limits("holding", "{'id':'rpm','calls':3,'per_seconds':60}").is(200);
        var body = TestServer.charge("holding", "video.process", ",\"max_credits\":100");

        var held = server.post("/v1/holds", server.admin(), "same-hold", body).is(201);

        assertThat(withoutKeys(held.header("RateLimit-Policy")))
                .isEqualTo("\"credits\";q=50000;scrip-unit=\"credits\", \"rpm\";q=3;w=60");
        assertThat(withoutKeys(held.header("RateLimit")))
                .startsWith("\"credits\";r=49900;")
                .endsWith(", \"rpm\";r=2;t=20");
        var again = server.post("/v1/holds", server.admin(), "same-hold", body).is(201);
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(again.header("RateLimit")).doesNotContain("rpm");
        var lease = "{\"account\":\"holding\",\"credits\":50,\"expires_in\":60}";
        assertThat(
                        withoutKeys(
                                server.post("/v1/leases", server.admin(), lease)
                                        .is(201)
                                        .header("RateLimit")))
                .endsWith(", \"rpm\";r=1;t=20");
        var _ = server.post("/v1/holds", server.admin(), body).is(201);
        var refused = server.post("/v1/holds", server.admin(), body).refuses(429, "rate_limited");
        assertThat(refused.text("/credits_required")).isEqualTo("100");
        assertThat(refused.text("/credits_remaining")).isEqualTo("49750");
    }

    private static String withoutKeys(String header) {
        return header.replaceAll(";pk=:[^:]+:", "");
    }

    @Test
    void aCapRefusesWhatGoesBeyondItAndShowsWhatIsLeft() {
        server.open("capped", "starter");
        var _ =
                limits(
                                "capped",
                                "{'id':'images','operation':'image.*','credits':150,'per':'day'},"
                                        + "{'id':'bot','api_key':'k1','credits':0,'per':'month'}")
                        .is(200);
        var _ = server.charge("capped", "image.analyze").is(201);
        var refused = server.charge("capped", "image.analyze").refuses(402, "spend_cap_reached");

        assertThat(refused.json().at("/cap_credits").asInt()).isEqualTo(150);
        assertThat(refused.text("/credits_required")).isEqualTo("100");
        assertThat(refused.text("/credits_remaining")).isEqualTo("49900");
        assertThat(refused.header("Credits-Remaining")).isEqualTo("49900");
        assertThat(refused.header("RateLimit")).startsWith("\"credits\";r=49900;");
        assertThat(refused.text("/violated-policies/0")).isEqualTo("images");
        var _ = server.charge("capped", "page.cached").is(201);
        var keyed = TestServer.charge("capped", "page.cached", ",\"api_key\":\"k1\"");
        assertThat(
                        server.post("/v1/charges", server.admin(), keyed)
                                .refuses(402, "spend_cap_reached")
                                .text("/violated-policies/0"))
                .isEqualTo("bot");
        var account = read("capped").json();
        assertThat(account.at("/limits/0/used").asInt()).isEqualTo(100);
        assertThat(account.at("/limits/0/remaining").asInt()).isEqualTo(50);
        assertThat(account.at("/limits/0/resets_at").asString()).isEqualTo("2026-11-23T00:00:00Z");
        var _ = limits("capped", "").is(200);
        var _ = server.charge("capped", "image.analyze").is(201);
        assertThat(read("capped").json().at("/limits").isEmpty()).isTrue();
    }

    @Test
    void aRetrySetsLimitsOnceAndAnotherRequestUnderItsKeyIsRefused() {
        server.open("again", "free");
        var path = "/v1/accounts/again/limits";
        var first =
                server.post(
                                path,
                                server.admin(),
                                "set",
                                """
                                {"limits":[{"id":"a","credits":5,"per":"day"}]}
                                """)
                        .is(200);
        server.clock.advance(Duration.ofMinutes(1));
        var again =
                server.post(
                                path,
                                server.admin(),
                                "set",
                                """
                                {"limits": [{"per":"day", "credits":5.0, "id":"a"}]}
                                """)
                        .is(200);

        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        var _ =
                server.post(path, server.admin(), "set", "{\"limits\":[]}")
                        .refuses(422, "idempotency_key_reused");
    }

    @Test
    void wholeFiguresMayBeWrittenWithAPointAndABadOneIsCalledByItsField() {
        server.open("pointed", "free");
        var set = limits("pointed", "{'id':'rpm','calls':1000.0,'per_seconds':60.00}").is(200);
        assertThat(set.json().at("/limits/0/calls").asInt()).isEqualTo(1_000);
        var refused =
                set(
                                "pointed",
                                "top-up-rule",
                                "{\"rule\":{\"threshold\":-1,\"target\":9,\"monthly_cap\":9,"
                                        + "\"cool_off_seconds\":0}}")
                        .refuses(422, "amount_not_positive", "/rule/threshold");
        assertThat(refused.text("/detail"))
                .startsWith("The threshold (credits) must be a plain decimal greater than 0")
                .endsWith("but was -1.");
    }

    @Test
    void aChildHasLimitsAndItsPoolTheAlerts() {
        server.open("pool", "free");
        var _ =
                server.post(
                                "/v1/accounts",
                                server.admin(),
                                "{\"account\":\"pool:a\",\"pool\":\"pool\"}")
                        .is(201);
        var _ = limits("pool:a", "{'id':'day','credits':1,'per':'day'}").is(200);
        var _ = server.charge("pool:a", "image.upload").is(201);
        var _ = server.charge("pool:a", "image.upload").refuses(402, "spend_cap_reached");
        var _ = server.charge("pool", "image.upload").is(201);
        var _ = set("pool:a", "alerts", "{\"alerts\":[]}").refuses(409, "draws_on_pool");
        var _ = set("pool:a", "top-up-rule", "{\"rule\":null}").refuses(409, "draws_on_pool");
    }

    @Test
    void anAlertFiresOnceAndRearmsWhenTheAccountRecovers() {
        server.open("watched", "free");
        var set =
                set(
                                "watched",
                                "alerts",
                                """
                                {"alerts":[{"id":"half","used_percent":50},
                                           {"id":"low","remaining_credits":100},
                                           {"id":"soon","forecast_percent":1000}]}
                                """)
                        .is(200);
        assertThat(set.text("/alerts/1/remaining_credits")).isEqualTo("100");
        assertThat(fired("watched")).isEqualTo("half=false low=false soon=false");

        for (int i = 0; i < 5; i++) {
            var _ = server.charge("watched", "image.analyze").is(201);
        }
        assertThat(fired("watched")).isEqualTo("half=true low=false soon=false");
        var _ = set("watched", "grants", "{\"credits\":9000,\"category\":\"promotional\"}").is(201);
        assertThat(fired("watched")).isEqualTo("half=false low=false soon=false");
        var entries = server.get("/v1/accounts/watched/entries", server.admin()).is(200).json();
        var types =
                IntStream.range(0, entries.get("data").size())
                        .mapToObj(i -> entries.at("/data/" + i + "/type").asString())
                        .filter(type -> type.startsWith("alert_"))
                        .toList();
        assertThat(types).containsExactly("alert_rearmed", "alert_fired");
    }

    private static String fired(String account) {
        var alerts = read(account).json().get("alerts");
        return IntStream.range(0, alerts.size())
                .mapToObj(alerts::get)
                .map(alert -> alert.get("id").asString() + "=" + alert.get("fired"))
                .collect(Collectors.joining(" "));
    }

    @Test
    void belowItsThresholdAnAccountAsksForCredits() {
        server.open("auto", "free");
        var set =
                set(
                                "auto",
                                "top-up-rule",
                                """
                                {"rule":{"threshold":950,"target":2000,"monthly_cap":5000,
                                         "cool_off_seconds":60}}
                                """)
                        .is(200);
        assertThat(set.text("/rule/target")).isEqualTo("2000");
        assertThat(read("auto").json().at("/top_up/open").isNull()).isTrue();
        var _ = server.charge("auto", "image.analyze").is(201);

        assertThat(read("auto").text("/top_up/open")).startsWith("tu_");
        assertThat(read("auto").json().at("/top_up/rule/monthly_cap").asInt()).isEqualTo(5_000);
        var _ = set("auto", "top-up-rule", "{\"rule\":null}").is(200);
        assertThat(read("auto").json().at("/top_up/rule").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "limits|{'limits':null}|400|missing_field|/limits",
                "limits|{}|400|missing_field|/limits",
                "limits|{'limits':{}}|400|wrong_type|/limits",
                "limits|{'limits':[7]}|400|wrong_type|/limits/0",
                "limits|{'limits':[{'credits':1,'per':'day'}]}|400|missing_field|/limits/0/id",
                "limits|{'limits':[{'id':'a b','credits':1,'per':'day'}]}|400|invalid_id|/limits/0/id",
                "limits|{'limits':[{'id':'','credits':1,'per':'day'}]}|400|missing_field|/limits/0/id",
                "limits|{'limits':[{'id':'a'}]}|400|missing_field|/limits/0",
                "limits|{'limits':[{'id':'a','calls':1,'per':'day'}]}|422|conflicting_fields|/limits/0",
                "limits|{'limits':[{'id':'a','calls':1}]}|400|missing_field|/limits/0/per_seconds",
                "limits|{'limits':[{'id':'a','per_seconds':1}]}|400|missing_field|/limits/0/calls",
                "limits|{'limits':[{'id':'a','credits':1}]}|400|missing_field|/limits/0/per",
                "limits|{'limits':[{'id':'a','per':'day'}]}|400|missing_field|/limits/0/credits",
                "limits|{'limits':[{'id':'a','credits':1,'per':'hour'}]}|400|invalid_value|/limits/0/per",
                "limits|{'limits':[{'id':'a','credits':-1,'per':'day'}]}|422|amount_not_positive|/limits/0/credits",
                "limits|{'limits':[{'id':'a','calls':0,'per_seconds':1}]}|422|amount_not_positive|/limits/0/calls",
                "limits|{'limits':[{'id':'a','calls':1000001,'per_seconds':1}]}|422|amount_out_of_range|/limits/0/calls",
                "limits|{'limits':[{'id':'a','calls':1.5,'per_seconds':1}]}|422|amount_precision|/limits/0/calls",
                "limits|{'limits':[{'id':'a','calls':1,'per_seconds':86401}]}|422|amount_out_of_range|/limits/0/per_seconds",
                "limits|{'limits':[{'id':'a','calls':1,'per_seconds':1,'burst':2}]}|400|unknown_field|/limits/0/burst",
                "limits|{'limits':[{'id':'a','credits':1,'per':'day'},{'id':'a','credits':2,'per':'day'}]}|400|invalid_value|/limits/1/id",
                "limits|{'limits':[{'id':'a','credits':1,'per':'day','operation':'image.uplod'}]}|422|unknown_operation|/limits/0/operation",
                "limits|{'limits':[{'id':'a','credits':1,'per':'day','operation':'imag.*'}]}|422|unknown_operation|/limits/0/operation",
                "limits|{'limits':[{'id':'a','credits':1,'per':'day','operation':'*'}]}|422|unknown_operation|/limits/0/operation",
                "limits|{'limits':[{'id':'a','credits':1,'per':'day','api_key':''}]}|400|missing_field|/limits/0/api_key",
                "limits|{'limits':[{'id':'a','credits':1,'per':'day'}|400|invalid_json|",
                "alerts|{'alerts':[{'id':'a'}]}|400|missing_field|/alerts/0",
                "alerts|{'alerts':[{'id':'a','used_percent':1,'forecast_percent':1}]}|422|conflicting_fields|/alerts/0",
                "alerts|{'alerts':[{'id':'a','used_percent':0}]}|422|amount_not_positive|/alerts/0/used_percent",
                "alerts|{'alerts':[{'id':'a','forecast_percent':1001}]}|422|amount_out_of_range|/alerts/0/forecast_percent",
                "alerts|{'alerts':[{'id':'a','remaining_credits':0}]}|422|amount_not_positive|/alerts/0/remaining_credits",
                "alerts|{'alerts':[{'id':'a','used_percent':1},{'id':'a','used_percent':2}]}|400|invalid_value|/alerts/1/id",
                "alerts|{'alerts':'none'}|400|wrong_type|/alerts",
                "top-up-rule|{}|400|missing_field|/rule",
                "top-up-rule|{'rule':[]}|400|wrong_type|/rule",
                "top-up-rule|{'rule':{'threshold':1,'target':2,'monthly_cap':3}}|400|missing_field|/rule/cool_off_seconds",
                "top-up-rule|{'rule':{'threshold':2,'target':2,'monthly_cap':3,'cool_off_seconds':0}}|422|amount_not_positive|/rule/target",
                "top-up-rule|{'rule':{'threshold':0,'target':2,'monthly_cap':3,'cool_off_seconds':0}}|422|amount_not_positive|/rule/threshold",
                "top-up-rule|{'rule':{'threshold':1,'target':2,'monthly_cap':0,'cool_off_seconds':0}}|422|amount_not_positive|/rule/monthly_cap",
                "top-up-rule|{'rule':{'threshold':1,'target':5,'monthly_cap':3,'cool_off_seconds':0}}|422|amount_not_positive|/rule/monthly_cap",
                "top-up-rule|{'rule':{'threshold':1,'target':2,'monthly_cap':3,'cool_off_seconds':31536001}}|422|amount_out_of_range|/rule/cool_off_seconds",
            })
    void aBadSettingIsRefusedAndChangesNothing(
            String what, String body, int status, String code, String pointer) {
        var name = "bad-settings";
        if (server.get("/v1/accounts/" + name, server.admin()).status() == 404) {
            server.open(name, "free");
        }
        var _ =
                set(name, what, body.replace('\'', '"'))
                        .refuses(status, code, pointer == null ? "" : pointer);

        assertThat(read(name).body())
                .contains("\"limits\":[],\"alerts\":[],\"top_up\":{\"rule\":null");
    }

    @Test
    void fiftyLimitsAreTakenAndOneMoreIsNot() {
        server.open("many", "free");
        var fifty =
                IntStream.range(0, 50)
                        .mapToObj(i -> "{'id':'l" + i + "','credits':1,'per':'week'}")
                        .collect(Collectors.joining(","));
        var _ = limits("many", fifty).is(200);
        var _ =
                limits("many", fifty + ",{'id':'more','credits':1,'per':'week'}")
                        .refuses(400, "invalid_value", "/limits/50");
    }

    @Test
    void anUnknownOperationNamesTheOneThatIsMeant() {
        server.open("typo", "free");
        assertThat(
                        limits("typo", "{'id':'a','credits':1,'per':'day','operation':'imag.*'}")
                                .refuses(422, "unknown_operation")
                                .text("/nearest/0"))
                .isEqualTo("image.*");
    }
}
