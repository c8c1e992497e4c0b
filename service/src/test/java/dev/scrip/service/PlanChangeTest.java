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

final class PlanChangeTest {

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

    private static Exchange change(String account, String plan, String when) {
        return server.post(
                "/v1/accounts/" + account + "/plan",
                server.admin(),
                "{\"plan\":\"%s\",\"when\":\"%s\"}".formatted(plan, when));
    }

    private static Exchange read(String account) {
        return server.get("/v1/accounts/" + account, server.admin()).is(200);
    }

    @Test
    void aChangeAtOnceSaysWhatIsLeftOfTheOldPeriod() {
        server.open("now", "starter");
        // A fifth of the credits, and six of thirty days.
        for (int i = 0; i < 4; i++) {
            var _ = server.charge("now", "video.process").is(201);
        }
        server.clock.advance(Duration.ofDays(6));
        var changed = change("now", "free", "now").is(200);

        assertThat(changed.text("/type")).isEqualTo("plan_change");
        assertThat(changed.text("/plan/id")).isEqualTo("free");
        assertThat(changed.text("/plan/interval")).isEqualTo("month");
        assertThat(changed.text("/unused_share")).isEqualTo("0.8");
        assertThat(changed.text("/unused_fee/amount")).isEqualTo("23.200000");
        assertThat(changed.text("/unused_fee/currency")).isEqualTo("USD");
        assertThat(read("now").text("/plan")).isEqualTo("free");
        assertThat(read("now").json().at("/credits/available").asInt()).isEqualTo(1_000);
        var entry =
                server.get("/v1/accounts/now/entries/" + changed.text("/id"), server.admin())
                        .is(200);
        assertThat(entry.body()).isEqualTo(changed.body());
    }

    @Test
    void aChangeAtThePeriodsEndWaitsAndCanBeTakenBack() {
        server.open("later", "free");
        var asked = change("later", "starter", "period_end").is(200);

        assertThat(asked.text("/type")).isEqualTo("plan_change_scheduled");
        assertThat(asked.text("/plan/included_credits")).isEqualTo("50000");
        assertThat(read("later").text("/plan")).isEqualTo("free");
        assertThat(read("later").text("/next_plan/id")).isEqualTo("starter");
        var back = change("later", "free", "period_end").is(200);
        assertThat(back.json().at("/plan").isNull()).isTrue();
        assertThat(read("later").json().at("/next_plan").isNull()).isTrue();
        var _ = change("later", "starter", "period_end").is(200);
        server.clock.advance(Duration.ofDays(32));
        assertThat(read("later").text("/plan")).isEqualTo("starter");
        assertThat(read("later").json().at("/next_plan").isNull()).isTrue();
        assertThat(read("later").json().at("/credits/available").asInt()).isEqualTo(50_000);
    }

    @Test
    void thePlanThatThereIsDoesNotStartAnew() {
        server.open("same", "free");
        server.clock.advance(Duration.ofDays(3));
        var before = read("same").body();

        var refused = change("same", "free", "now").refuses(409, "plan_unchanged");

        assertThat(refused.text("/pointer")).isEqualTo("/plan");
        assertThat(read("same").body()).isEqualTo(before);
    }

    @Test
    void aRetryChangesThePlanOnce() {
        server.open("once", "free");
        var path = "/v1/accounts/once/plan";
        var body = "{\"plan\":\"payg\",\"when\":\"now\"}";
        var first = server.post(path, server.admin(), "change", body).is(200);
        server.clock.advance(Duration.ofHours(1));
        var again = server.post(path, server.admin(), "change", body).is(200);

        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        var _ =
                server.post(
                                path,
                                server.admin(),
                                "change",
                                "{\"plan\":\"payg\",\"when\":\"period_end\"}")
                        .refuses(422, "idempotency_key_reused");
    }

    @Test
    void aChildKeepsThePlanOfItsPool() {
        server.open("pool", "free");
        var _ =
                server.post(
                                "/v1/accounts",
                                server.admin(),
                                "{\"account\":\"pool:a\",\"pool\":\"pool\"}")
                        .is(201);
        var _ = change("pool:a", "starter", "now").refuses(409, "draws_on_pool");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'plan':'startr','when':'now'}|422|unknown_plan|/plan",
                "{'plan':'starter'}|400|missing_field|/when",
                "{'when':'now'}|400|missing_field|/plan",
                "{'plan':'starter','when':'tomorrow'}|400|invalid_value|/when",
                "{'plan':7,'when':'now'}|400|wrong_type|/plan",
                "{'plan':'starter','when':'now','zone':'UTC'}|400|unknown_field|/zone",
            })
    void aBadChangeIsRefused(String body, int status, String code, String pointer) {
        if (server.get("/v1/accounts/bad", server.admin()).status() == 404) {
            server.open("bad", "free");
        }
        var _ =
                server.post("/v1/accounts/bad/plan", server.admin(), body.replace('\'', '"'))
                        .refuses(status, code, pointer);

        assertThat(read("bad").text("/plan")).isEqualTo("free");
    }
}
