package dev.scrip.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AccountTest {

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

    @Test
    void anOpenedAccountHasItsPlansCreditsAtOnce() {
        var opened =
                server.post(
                                "/v1/accounts",
                                server.admin(),
                                """
                                {"account":"new:one","plan":"starter","zone":"Europe/Berlin"}
                                """)
                        .is(201);

        assertThat(opened.header("Location")).isEqualTo("/v1/accounts/new:one");
        assertThat(opened.text("/zone")).isEqualTo("Europe/Berlin");
        var account = server.get("/v1/accounts/new%3Aone", server.admin()).is(200);
        assertThat(account.text("/plan")).isEqualTo("starter");
        assertThat(account.json().at("/credits/available").asInt()).isEqualTo(50_000);
        assertThat(account.text("/grants/0/category")).isEqualTo("plan");
        assertThat(account.header("Credits-Remaining")).isEqualTo("50000");
    }

    @Test
    void openingTwiceIsRefusedButARetryIsNot() {
        var body = "{\"account\":\"twice\",\"plan\":\"free\"}";
        var first = server.post("/v1/accounts", server.admin(), "open-twice", body).is(201);
        server.clock.advance(Duration.ofMinutes(1));
        var again = server.post("/v1/accounts", server.admin(), "open-twice", body).is(201);

        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        var _ = server.post("/v1/accounts", server.admin(), body).refuses(409, "account_exists");
        var _ =
                server.post(
                                "/v1/accounts",
                                server.admin(),
                                "open-twice",
                                "{\"account\":\"twice\",\"plan\":\"starter\"}")
                        .refuses(422, "idempotency_key_reused");
    }

    @Test
    void anUnknownPlanNamesTheOneThatIsMeant() {
        var refused =
                server.post(
                                "/v1/accounts",
                                server.admin(),
                                "{\"account\":\"a\",\"plan\":\"startr\"}")
                        .refuses(422, "unknown_plan", "/plan");

        assertThat(refused.text("/detail")).contains("Maybe \"starter\" is meant");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Mars/X", "europe/berlin", "+25:00", "GMT+99", "CEST!"})
    void anUnknownZoneIsRefused(String zone) {
        var _ =
                server.post(
                                "/v1/accounts",
                                server.admin(),
                                "{\"account\":\"z\",\"plan\":\"free\",\"zone\":\"" + zone + "\"}")
                        .refuses(400, "unknown_zone", "/zone");
    }

    @Test
    void boughtCreditsCountAtListPriceUnlessItIsSaidWhatTheyCost() {
        server.open("granted", "payg");
        var plain = grant("granted", "{\"credits\":1000,\"category\":\"paid\"}").is(201);
        var priced =
                grant(
                                "granted",
                                """
                                {"credits":3,"category":"paid",
                                 "price":{"amount":"0.01","currency":"USD"}}
                                """)
                        .is(201);
        var based =
                grant(
                                "granted",
                                """
                                {"credits":0.5,"category":"plan","priority":7,
                                 "cost_basis":{"amount":"0.0005","currency":"USD"}}
                                """)
                        .is(201);
        var free = grant("granted", "{\"credits\":1,\"category\":\"promotional\"}").is(201);

        assertThat(plain.text("/cost_basis/amount")).isEqualTo("0.001000");
        assertThat(priced.text("/cost_basis/amount")).isEqualTo("0.003333333");
        assertThat(based.text("/cost_basis/amount")).isEqualTo("0.000500");
        assertThat(based.json().get("priority").asInt()).isEqualTo(7);
        assertThat(free.text("/cost_basis/amount")).isEqualTo("0.000000");
        assertThat(free.body()).contains("\"credits_remaining\":1004.5");
        assertThat(server.get(priced.header("Location"), server.admin()).is(200).text("/type"))
                .isEqualTo("grant");
    }

    @Test
    void aRetriedGrantDepositsOnce() {
        server.open("grant-once", "payg");
        var body = "{\"credits\":10,\"category\":\"paid\"}";
        var path = "/v1/accounts/grant-once/grants";
        var first = server.post(path, server.admin(), "g", body).is(201);
        server.clock.advance(Duration.ofMinutes(1));
        var again =
                server.post(
                        path,
                        server.admin(),
                        "g",
                        "{\"category\":\"paid\",\"credits\":10.0,\"expires_at\":null}");

        assertThat(again.is(201).body()).isEqualTo(first.body());
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(server.get("/v1/accounts/grant-once", server.admin()).body())
                .contains("\"available\":10,");
    }

    @Test
    void aGrantForLaterIsShownAndNotCounted() {
        server.open("later-grant", "payg");
        var _ =
                grant(
                                "later-grant",
                                """
                                {"credits":5,"category":"paid",
                                 "effective_at":"2027-01-01T01:00:00+01:00",
                                 "expires_at":"2027-02-01T00:00:00.5Z"}
                                """)
                        .is(201);
        var account = server.get("/v1/accounts/later-grant", server.admin()).is(200);

        assertThat(account.json().at("/credits/available").asInt()).isZero();
        assertThat(account.text("/grants/0/effective_at")).isEqualTo("2027-01-01T00:00:00Z");
        assertThat(account.text("/grants/0/expires_at")).isEqualTo("2027-02-01T00:00:00.500Z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'credits':0,'category':'paid'}|422|amount_not_positive|/credits",
                "{'credits':-5,'category':'paid'}|422|amount_not_positive|/credits",
                "{'credits':-0,'category':'paid'}|422|amount_not_positive|/credits",
                "{'credits':0.0000001,'category':'paid'}|422|amount_precision|/credits",
                "{'credits':9223372036854775808,'category':'paid'}|422|amount_out_of_range|/credits",
                "{'credits':1000000000001,'category':'paid'}|422|amount_out_of_range|/credits",
                "{'credits':1e309,'category':'paid'}|400|amount_format|/credits",
                "{'credits':1e3,'category':'paid'}|400|amount_format|/credits",
                "{'credits':1e1000000000,'category':'paid'}|400|amount_format|/credits",
                "{'credits':'10','category':'paid'}|400|wrong_type|/credits",
                "{'credits':true,'category':'paid'}|400|wrong_type|/credits",
                "{'credits':[5],'category':'paid'}|400|wrong_type|/credits",
                "{'credits':{'v':5},'category':'paid'}|400|wrong_type|/credits",
                "{'credits':null,'category':'paid'}|400|missing_field|/credits",
                "{'category':'paid'}|400|missing_field|/credits",
                "{'credits':5}|400|missing_field|/category",
                "{'credits':5,'category':''}|400|missing_field|/category",
                "{'credits':5,'category':'gift'}|400|invalid_value|/category",
                "{'credits':5,'category':'payed'}|400|invalid_value|/category",
                "{'credits':NaN,'category':'paid'}|400|invalid_json|",
                "{'credits':Infinity,'category':'paid'}|400|invalid_json|",
                "{'credits':0x10,'category':'paid'}|400|invalid_json|",
                "{'credits':01,'category':'paid'}|400|invalid_json|",
                "{'credits':1,'credits':2,'category':'paid'}|400|duplicate_key|/credits",
                "{'credits':1,'category':'paid','balance':9}|400|unknown_field|/balance",
                "{'credits':1,'category':'paid','seq':9}|400|unknown_field|/seq",
                "{'credits':1,'category':'paid','priority':101}|422|amount_out_of_range|/priority",
                "{'credits':1,'category':'paid','priority':-1}|422|amount_not_positive|/priority",
                "{'credits':1,'category':'paid','priority':1.5}|422|amount_precision|/priority",
                "{'credits':1,'category':'paid','expires_at':'2026-11-22T11:59:59Z'}|422|invalid_expiry|/expires_at",
                "{'credits':1,'category':'paid','expires_at':'2226-11-22T11:59:59Z'}|422|invalid_expiry|/expires_at",
                "{'credits':1,'category':'paid','effective_at':'2027-02-01T00:00:00Z','expires_at':'2027-01-01T00:00:00Z'}|422|invalid_expiry|/expires_at",
                "{'credits':1,'category':'paid','expires_at':'2026-02-30T00:00:00Z'}|400|invalid_time|/expires_at",
                "{'credits':1,'category':'paid','expires_at':'2027-01-01T00:00:00'}|400|invalid_time|/expires_at",
                "{'credits':1,'category':'paid','expires_at':'2027-01-01T24:00:00Z'}|400|invalid_time|/expires_at",
                "{'credits':1,'category':'paid','expires_at':'2027-01-01T00:00:61Z'}|400|invalid_time|/expires_at",
                "{'credits':1,'category':'paid','expires_at':'2027-01-01T00:00:00+25:00'}|400|invalid_time|/expires_at",
                "{'credits':1,'category':'paid','expires_at':'-0001-01-01T00:00:00Z'}|400|invalid_time|/expires_at",
                "{'credits':1,'category':'paid','expires_at':'99999-01-01T00:00:00Z'}|400|invalid_time|/expires_at",
                "{'credits':1,'category':'paid','expires_at':'2027-01-01'}|400|invalid_time|/expires_at",
                "{'credits':1,'category':'paid','expires_at':1798761600}|400|wrong_type|/expires_at",
                "{'credits':1,'category':'paid','price':{'amount':'1','currency':'EUR'}}|422|currency_mismatch|/price/currency",
                "{'credits':1,'category':'paid','price':{'amount':'1','currency':'usd'}}|422|currency_mismatch|/price/currency",
                "{'credits':1,'category':'paid','price':{'amount':1,'currency':'USD'}}|400|wrong_type|/price/amount",
                "{'credits':1,'category':'paid','price':{'amount':'1,5','currency':'USD'}}|400|amount_format|/price/amount",
                "{'credits':1,'category':'paid','price':{'amount':'-1','currency':'USD'}}|422|amount_not_positive|/price/amount",
                "{'credits':1,'category':'paid','price':{'amount':'1.','currency':'USD'}}|400|amount_format|/price/amount",
                "{'credits':1,'category':'paid','price':{'amount':'007','currency':'USD'}}|400|amount_format|/price/amount",
                "{'credits':1,'category':'paid','price':{'amount':'\uFF11\uFF10','currency':'USD'}}|400|amount_format|/price/amount",
                "{'credits':1,'category':'paid','price':{'amount':'\u0661','currency':'USD'}}|400|amount_format|/price/amount",
                "{'credits':1,'category':'paid','price':{'amount':'1'}}|400|missing_field|/price/currency",
                "{'credits':1,'category':'paid','price':{'currency':'USD'}}|400|missing_field|/price/amount",
                "{'credits':1,'category':'paid','price':'1'}|400|wrong_type|/price",
                "{'credits':0.000001,'category':'paid','price':{'amount':'9000000000','currency':'USD'}}|422|amount_out_of_range|/price/amount",
                "{'credits':1,'category':'paid','price':{'amount':'1','currency':'USD'},'cost_basis':{'amount':'1','currency':'USD'}}|422|conflicting_fields|/price",
            })
    void aBadGrantIsRefusedAndChangesNothing(String body, int status, String code, String pointer) {
        // A payload for the spreadsheet above in single quotes, as JSON in double ones.
        var name = "bad-grant";
        if (server.get("/v1/accounts/" + name, server.admin()).status() == 404) {
            server.open(name, "payg");
        }
        var _ =
                grant(name, body.replace('\'', '"'))
                        .refuses(status, code, pointer == null ? "" : pointer);

        assertThat(server.get("/v1/accounts/" + name, server.admin()).body())
                .contains("\"grants\":[]");
    }

    @Test
    void twoGrantsThatTogetherCannotBeCountedAreRefused() {
        server.open("overflow", "payg");
        var body = "{\"credits\":1000000000000,\"category\":\"paid\"}";
        Exchange last = grant("overflow", body).is(201);
        for (int i = 0; i < 9 && last.status() == 201; i++) {
            last = grant("overflow", body);
        }
        var _ = last.refuses(422, "balance_overflow", "/credits");
    }

    @Test
    void entriesCanBePagedFromTheNewestToTheOldest() {
        server.open("paged", "starter");
        var ids = new ArrayList<String>();
        for (int i = 0; i < 7; i++) {
            ids.addFirst(server.charge("paged", "image.upload").text("/id"));
        }
        var seen = new ArrayList<String>();
        var path = "/v1/accounts/paged/entries?limit=3";
        var page = server.get(path, server.admin()).is(200);
        int pages = 1;
        while (true) {
            page.json().get("data").forEach(entry -> seen.add(entry.get("id").asString()));
            var cursor = page.json().get("next_cursor");
            if (cursor.isNull()) {
                break;
            }
            page = server.get(path + "&cursor=" + cursor.asString(), server.admin()).is(200);
            pages++;
        }

        assertThat(pages).isEqualTo(3);
        assertThat(seen).hasSize(9).startsWith(ids.toArray(new String[0]));
        assertThat(seen.get(7)).startsWith("gr_");
        assertThat(seen.get(8)).startsWith("op_");
    }

    @Test
    void aCursorWorksForItsAccountOnlyAndUnchanged() {
        server.open("cursor-a", "starter");
        server.open("cursor-b", "starter");
        var page = server.get("/v1/accounts/cursor-a/entries?limit=1", server.admin());
        var cursor = page.text("/next_cursor");

        var _ =
                server.get("/v1/accounts/cursor-a/entries?cursor=" + cursor, server.admin())
                        .is(200);
        for (var wrong :
                new String[] {
                    "/v1/accounts/cursor-b/entries?cursor=" + cursor,
                    "/v1/accounts/cursor-a/entries?cursor=" + cursor + "A",
                    "/v1/accounts/cursor-a/entries?cursor=B" + cursor.substring(1),
                    "/v1/accounts/cursor-a/entries?cursor=",
                    "/v1/accounts/cursor-a/entries?cursor=%21",
                    "/v1/accounts/cursor-a/entries?cursor=17",
                }) {
            var _ = server.get(wrong, server.admin()).refuses(400, "invalid_cursor");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1001", "1e9", "abc", "", "99999999999999999999", "+5"})
    void aLimitOutOfRangeIsRefused(String limit) {
        server.post("/v1/accounts", server.admin(), "{\"account\":\"limits\",\"plan\":\"free\"}");
        var _ =
                server.get("/v1/accounts/limits/entries?limit=" + limit, server.admin())
                        .refuses(400, "invalid_limit");
    }

    @Test
    void anUnknownParameterNamesTheOneThatIsMeant() {
        server.open("parameters", "free");
        var path = "/v1/accounts/parameters/entries?limt=5";
        assertThat(
                        server.get(path, server.admin())
                                .refuses(400, "unknown_parameter")
                                .text("/detail"))
                .contains("Maybe \"limit\" is meant");
        var _ =
                server.get("/v1/accounts/parameters/entries?limit=5&limit=6", server.admin())
                        .refuses(400, "unknown_parameter");
        var _ =
                server.get("/v1/accounts/parameters?x", server.admin())
                        .refuses(400, "unknown_parameter");
    }

    @Test
    void usageIsSharedOutByOperation() {
        server.open("user", "starter");
        for (int i = 0; i < 3; i++) {
            var _ = server.charge("user", "image.analyze").is(201);
        }
        var _ = server.charge("user", "image.upload").is(201);
        var usage = server.get("/v1/accounts/user/usage", server.admin()).is(200).json();

        assertThat(usage.get("calls").asInt()).isEqualTo(4);
        assertThat(usage.get("credits").asInt()).isEqualTo(301);
        assertThat(usage.at("/operations/0/operation").asString()).isEqualTo("image.analyze");
        assertThat(usage.at("/operations/0/share").decimalValue()).isEqualByComparingTo("0.9967");
        assertThat(usage.at("/operations/1/calls").asInt()).isEqualTo(1);
        assertThat(usage.toString()).doesNotContain("cost").doesNotContain("yield");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "a%2Fb", "a;b", "a b", "é", "..", "."})
    void aMalformedAccountIdIsRefused(String id) {
        var _ =
                server.post(
                                "/v1/accounts",
                                server.admin(),
                                "{\"account\":\"" + id + "\",\"plan\":\"free\"}")
                        .refuses(400, "invalid_id", "/account");
        var _ =
                server.post(
                                "/v1/accounts",
                                server.admin(),
                                "{\"account\":\"" + "x".repeat(129) + "\",\"plan\":\"free\"}")
                        .refuses(400, "invalid_id", "/account");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%2Fb", "a%3Bb", "%2e%2e", "a%20b", "%E2%80%8F", "a%00"})
    void aMalformedAccountIdInAPathIsRefused(String id) {
        var _ = server.get("/v1/accounts/" + id, server.admin()).refuses(400, "invalid_id");
    }

    @Test
    void anEntryThatIsNotThereIsNotFound() {
        server.open("entries", "free");
        server.open("others", "free");
        var others = server.charge("others", "image.upload").text("/id");
        for (var id : new String[] {others, "ch_0000000001", "gr_ZZZZZZZZZZ", "nonsense", "ch_"}) {
            var _ =
                    server.get("/v1/accounts/entries/entries/" + id, server.admin())
                            .refuses(404, "unknown_entry");
        }
    }
}
