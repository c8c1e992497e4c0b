package dev.scrip.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the billing side sees of top-ups, and says of them.
final class TopUpTest {

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
        return server.post(path, server.admin(), body.replace('\'', '"'));
    }

    /// Opens an account that asks for credits, and gives the id under which it does.
    private static String ask(String account) {
        server.open(account, "free");
        var _ =
                post(
                                "/v1/accounts/" + account + "/top-up-rule",
                                "{'rule':{'threshold':1001,'target':2000,'monthly_cap':10000,"
                                        + "'cool_off_seconds':60}}")
                        .is(200);
        return read(account).text("/top_up/open");
    }

    private static Exchange read(String account) {
        return server.get("/v1/accounts/" + account, server.admin()).is(200);
    }

    private static Exchange list(String query) {
        return server.get("/v1/top-ups" + query, server.admin());
    }

    @Test
    void aTopUpIsOpenUntilItIsPaid() {
        var id = ask("buyer");
        var listed = list("?status=open&limit=1000").is(200).json().get("data");
        var found = new ArrayList<String>();
        listed.forEach(topUp -> {
            if (topUp.get("id").asString().equals(id)) {
                found.add(topUp.toString());
            }
        });
        assertThat(found)
                .singleElement()
                .asString()
                .contains("\"account\":\"buyer\",\"credits\":1000,\"requested_at\":\"2026-");

        var paid =
                post(
                                "/v1/top-ups/" + id + "/confirm",
                                "{'price':{'amount':'0.80','currency':'USD'},'expires_in_days':30}")
                        .is(201);
        assertThat(paid.text("/origin")).isEqualTo("top_up");
        assertThat(paid.text("/top_up")).isEqualTo(id);
        assertThat(paid.text("/credits")).isEqualTo("1000");
        assertThat(paid.text("/category")).isEqualTo("paid");
        assertThat(paid.text("/cost_basis/amount")).isEqualTo("0.000800");
        assertThat(Duration.between(server.clock.instant(), time(paid, "/expires_at")))
                .isEqualTo(Duration.ofDays(30));
        assertThat(read("buyer").json().at("/credits/available").asInt()).isEqualTo(2_000);
        assertThat(read("buyer").json().at("/top_up/open").isNull()).isTrue();
        assertThat(list("?limit=1000").body()).doesNotContain(id);
        var _ = post("/v1/top-ups/" + id + "/confirm", "{}").refuses(409, "top_up_not_open");
        var _ =
                post("/v1/top-ups/" + id + "/fail", "{'reason':'x'}")
                        .refuses(409, "top_up_not_open");
    }

    private static Instant time(Exchange exchange, String pointer) {
        return Instant.parse(exchange.text(pointer));
    }

    @Test
    void withoutAPriceItCountsAsBoughtAtListPriceForEver() {
        var paid = post("/v1/top-ups/" + ask("list-price") + "/confirm", "{}").is(201);

        assertThat(paid.text("/cost_basis/amount")).isEqualTo("0.001000");
        assertThat(paid.json().at("/expires_at").isNull()).isTrue();
    }

    @Test
    void aFailedTopUpIsAskedForAgainAfterTheCoolOff() {
        var id = ask("declined");
        var failed = post("/v1/top-ups/" + id + "/fail", "{'reason':'card declined'}").is(200);

        assertThat(failed.text("/type")).isEqualTo("top_up_failure");
        assertThat(failed.text("/top_up")).isEqualTo(id);
        assertThat(failed.text("/reason")).isEqualTo("card declined");
        assertThat(read("declined").json().at("/top_up/open").isNull()).isTrue();
        assertThat(list("?limit=1000").body()).doesNotContain(id);
        server.clock.advance(Duration.ofSeconds(60));
        assertThat(read("declined").text("/top_up/open")).startsWith("tu_").isNotEqualTo(id);
    }

    @Test
    void aRetryGrantsOnce() {
        var id = ask("retried");
        var path = "/v1/top-ups/" + id + "/confirm";
        var first = server.post(path, server.admin(), "paid", "{}").is(201);
        var again = server.post(path, server.admin(), "paid", "{ }").is(201);

        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(read("retried").json().at("/credits/available").asInt()).isEqualTo(2_000);
        var _ =
                server.post(path, server.admin(), "paid", "{\"expires_in_days\":1}")
                        .refuses(422, "idempotency_key_reused");
    }

    @Test
    void aClosedAccountsTopUpIsNotListedAndCanOnlyFail() {
        var id = ask("closing");
        assertThat(list("?limit=1000").body()).contains(id);
        var _ = post("/v1/accounts/closing/status", "{'status':'closed','reason':'left'}").is(200);

        assertThat(list("?limit=1000").body()).doesNotContain(id);
        var refused = post("/v1/top-ups/" + id + "/confirm", "{}").refuses(409, "account_closed");
        assertThat(refused.text("/detail")).contains("POST /v1/top-ups/" + id + "/fail");
        var failed = post("/v1/top-ups/" + id + "/fail", "{'reason':'paid back'}").is(200);
        assertThat(failed.text("/top_up")).isEqualTo(id);
        assertThat(read("closing").json().at("/top_up/open").isNull()).isTrue();
        var _ = post("/v1/top-ups/" + id + "/confirm", "{}").refuses(409, "account_closed");
    }

    @Test
    void theListComesInPages() {
        var asked = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            asked.add(ask("page-" + i));
        }
        var seen = new ArrayList<String>();
        var cursor = "";
        do {
            var page = list("?limit=2" + cursor).is(200).json();
            page.get("data").forEach(topUp -> seen.add(topUp.get("id").asString()));
            assertThat(page.get("data").size()).isLessThanOrEqualTo(2);
            var next = page.get("next_cursor");
            cursor = next.isNull() ? "" : "&cursor=" + next.asString();
        } while (!cursor.isEmpty());

        assertThat(seen).containsSubsequence(asked).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({
        "?status=paid, invalid_value",
        "?limit=0, invalid_limit",
        "?limit=1001, invalid_limit",
        "?cursor=x, invalid_cursor",
        "?state=open, unknown_parameter",
    })
    void aBadQueryIsRefused(String query, String code) {
        var _ = list(query).refuses(400, code);
    }

    @Test
    void aCursorOfEntriesIsNoneOfThisList() {
        server.open("entries", "free");
        var cursor =
                server.get("/v1/accounts/entries/entries?limit=1", server.admin())
                        .text("/next_cursor");
        var _ = list("?cursor=" + cursor).refuses(400, "invalid_cursor");
    }

    @Test
    void whatIsNoTopUpIsNotFound() {
        server.open("none", "free");
        var charge = server.charge("none", "image.upload").text("/id");
        for (var id : new String[] {charge, "tu_0000000001", "tu_ZZZZZZZZZZ", "nonsense"}) {
            var _ = post("/v1/top-ups/" + id + "/confirm", "{}").refuses(404, "unknown_top_up");
            var _ =
                    post("/v1/top-ups/" + id + "/fail", "{'reason':'x'}")
                            .refuses(404, "unknown_top_up");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "confirm|{'price':{'amount':'1','currency':'EUR'}}|422|currency_mismatch|/price/currency",
                "confirm|{'price':{'amount':'1','currency':'USD'},'cost_basis':{'amount':'1','currency':'USD'}}|422|conflicting_fields|/price",
                "confirm|{'cost_basis':{'amount':'2000000','currency':'USD'}}|422|amount_out_of_range|/cost_basis/amount",
                "confirm|{'price':{'amount':'2000000000','currency':'USD'}}|422|amount_out_of_range|/price/amount",
                "confirm|{'expires_in_days':0}|422|amount_not_positive|/expires_in_days",
                "confirm|{'expires_in_days':36501}|422|amount_out_of_range|/expires_in_days",
                "confirm|{'expires_in_days':1.5}|422|amount_precision|/expires_in_days",
                "confirm|{'credits':5}|400|unknown_field|/credits",
                "fail|{}|400|missing_field|/reason",
                "fail|{'reason':7}|400|wrong_type|/reason",
            })
    void aBadWordIsRefusedAndLeavesItOpen(
            String what, String body, int status, String code, String pointer) {
        if (server.get("/v1/accounts/bad", server.admin()).status() == 404) {
            var _ = ask("bad");
        }
        var id = read("bad").text("/top_up/open");
        var _ = post("/v1/top-ups/" + id + "/" + what, body).refuses(status, code, pointer);

        assertThat(read("bad").text("/top_up/open")).isEqualTo(id);
    }
}
