package dev.scrip.service;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BadInputTest {

    @TempDir private static Path folder;
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = new TestServer(folder);
        server.open("a", "starter");
    }

    @AfterAll
    static void stop() {
        assertThat(server.get("/v1/accounts/a", server.admin()).body())
                .as("nothing that was refused changed anything")
                .contains("\"available\":50000,");
        server.close();
    }

    private static Exchange charge(byte[] body, String... headers) {
        var request =
                server.request("/v1/charges")
                        .header("Authorization", "Bearer " + server.admin())
                        .header("Idempotency-Key", "bad-input")
                        .headers(headers)
                        .POST(BodyPublishers.ofByteArray(body))
                        .build();
        return server.send(request);
    }

    private static Exchange charge(String body) {
        return charge(body.getBytes(UTF_8), "Content-Type", "application/json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{}|400|missing_field|/account",
                "{'account':'a'}|400|missing_field|/operation",
                "{'account':'','operation':'image.upload'}|400|missing_field|/account",
                "{'account':null,'operation':'image.upload'}|400|missing_field|/account",
                "{'account':7,'operation':'image.upload'}|400|wrong_type|/account",
                "{'account':'a','operation':['image.upload']}|400|wrong_type|/operation",
                "{'account':'a','operation':'image.upload','quantity':0}|422|amount_not_positive|/quantity",
                "{'account':'a','operation':'image.upload','quantity':-1}|422|amount_not_positive|/quantity",
                "{'account':'a','operation':'image.upload','quantity':-0.0}|422|amount_not_positive|/quantity",
                "{'account':'a','operation':'image.upload','quantity':'1'}|400|wrong_type|/quantity",
                "{'account':'a','operation':'image.upload','quantity':1.0000001}|422|amount_precision|/quantity",
                "{'account':'a','operation':'image.upload','quantity':1000000001}|422|amount_out_of_range|/quantity",
                "{'account':'a','operation':'image.upload','quantity':12345678901234567890}|422|amount_out_of_range|/quantity",
                "{'account':'a','operation':'image.upload','quantity':1e0}|400|amount_format|/quantity",
                "{'account':'a','operation':'image.upload','quantity':null}|400|missing_field|/quantity",
                "{'account':'a','operation':'image.upload','quantty':1}|400|unknown_field|/quantty",
                "{'account':'a','operation':'image.upload','price':1}|400|unknown_field|/price",
                "{'account':'a','operation':'image.upload','tenant_id':'test'}|400|unknown_field|/tenant_id",
                "{'account':'a','account':'b','operation':'image.upload'}|400|duplicate_key|/account",
                "{'account':'a','operation':'image.upload','use':[]}|400|wrong_type|/use",
                "{'account':'a','operation':'image.upload','use':{'cpu':1}}|400|unknown_field|/use/cpu",
                "{'account':'a','operation':'image.upload','use':{'compute_ms':-1}}|422|amount_not_positive|/use/compute_ms",
                "{'account':'a','operation':'image.upload','use':{'compute_ms':1,'compute_ms':1}}|400|duplicate_key|/use/compute_ms",
                "{'account':'a','operation':'image.upload','use':{'third_party':{'model.token':'1'}}}|400|wrong_type|/use/third_party/model.token",
                "{'account':'a','operation':'image.upload','use':{'third_party':{'model.token':1,'model.token':1}}}|400|duplicate_key|/use/third_party/model.token",
                "{'account':'a','operation':'image.upload','attributes':{'x':{}}}|400|wrong_type|/attributes/x",
                "{'account':'a','operation':'image.upload','attributes':{'x':null}}|400|missing_field|/attributes/x",
                "{'account':'a','operation':'image.upload','attributes':{'x':1,'x':1}}|400|duplicate_key|/attributes/x",
                "{'account':'a','operation':'image.upload','attributes':{'':1}}|400|invalid_value|/attributes/",
                "{'account':'a','operation':'image.upload','attributes':'x'}|400|wrong_type|/attributes",
                "{'account':'a','operation':'image.upload','api_key':17}|400|wrong_type|/api_key",
                "{'account':'a\\u0000','operation':'image.upload'}|400|invalid_text|/account",
                "{'account':'a','operation':'\\ud800'}|400|invalid_text|/operation",
                "{'account':'a','operation':'image.upload','attributes':{'x':'\\udfff'}}|400|invalid_text|/attributes/x",
                "[]|400|wrong_type|",
                "'text'|400|wrong_type|",
                "7|400|wrong_type|",
                "null|400|wrong_type|",
                "{'account':'a','operation':'image.upload'}{}|400|invalid_json|",
                "{'account':'a','operation':'image.upload'},|400|invalid_json|",
                "{'account':|400|invalid_json|",
                "{'account':'a','operation':'image.upload'|400|invalid_json|",
                "{'account':'a',}|400|invalid_json|",
                "{account:'a'}|400|invalid_json|",
                "{'account':'a' /* note */}|400|invalid_json|",
                "{'account':tru}|400|invalid_json|",
                "nonsense|400|invalid_json|",
                "{'account':'a','operation':'no.such'}|422|unknown_operation|/operation",
                "{'account':'nobody','operation':'image.upload'}|404|unknown_account|",
            })
    void aBadChargeIsRefusedWhereItIsBad(String body, int status, String code, String pointer) {
        var _ =
                charge(body.replace('\'', '"'))
                        .refuses(status, code, pointer == null ? "" : pointer);
    }

    @Test
    void singleQuotesAreNoJson() {
        var _ = charge("{'account':'a'}").refuses(400, "invalid_json");
    }

    @Test
    void anErrorInTheJsonIsLocated() {
        assertThat(charge("{\"account\":\"a\",\n \"operation\":?}").text("/detail"))
                .isEqualTo("The body is not valid JSON at line 2, column 15.");
    }

    @Test
    void whatWasSentIsShownButCut() {
        var detail =
                charge(
                                "{\"account\":\"a\",\"operation\":\"image.upload\",\"quantity\":\""
                                        + "9".repeat(10_000)
                                        + "\"}")
                        .refuses(400, "wrong_type", "/quantity")
                        .text("/detail");

        assertThat(detail).contains("the string \"9999").hasSizeLessThan(200);
    }

    @Test
    void nobodyCanTurnTheTextOfAnError() {
        var detail =
                charge("{\"account\":\"a\",\"\\u202Eevil\":1}")
                        .refuses(400, "unknown_field")
                        .text("/detail");

        assertThat(detail).doesNotContain("\u202E");
    }

    @Test
    void deepNestingIsRefusedAsSuch() {
        var _ = charge("[".repeat(100_000)).refuses(400, "nesting_too_deep");
        var _ =
                charge("{\"account\":" + "{\"x\":".repeat(40) + "1" + "}".repeat(41))
                        .refuses(400, "nesting_too_deep");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "1e1000000000", "1e-1000000000"})
    void figuresThatExplodeAreRefusedAtOnce(String figure) {
        var body = "{\"account\":\"a\",\"operation\":\"image.upload\",\"quantity\":" + figure + "}";
        long start = System.nanoTime();
        var _ = charge(body).refuses(400, "amount_format", "/quantity");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void aMillionDigitsAreRefusedAtOnce() {
        var body =
                "{\"account\":\"a\",\"operation\":\"image.upload\",\"quantity\":"
                        + "9".repeat(1_000_000)
                        + "}";
        long start = System.nanoTime();
        var _ = charge(body).refuses(400, "amount_format", "/quantity");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void tooManyAttributesAreRefused() {
        var attributes = new StringBuilder();
        for (int i = 0; i <= 50; i++) {
            attributes.append(i == 0 ? "" : ",").append("\"a").append(i).append("\":1");
        }
        var _ =
                charge(
                                "{\"account\":\"a\",\"operation\":\"image.upload\",\"attributes\":{"
                                        + attributes
                                        + "}}")
                        .refuses(400, "invalid_value", "/attributes/a50");
    }

    @Test
    void aBodyThatIsNotUtf8IsRefused() {
        var json = "{\"account\":\"é\"}";
        var type = new String[] {"Content-Type", "application/json"};
        var _ = charge(json.getBytes(UTF_16), type).refuses(415, "unsupported_charset");
        var _ = charge("{\"a\":1}".getBytes(UTF_16LE), type).refuses(415, "unsupported_charset");
        var _ = charge(json.getBytes(ISO_8859_1), type).refuses(400, "invalid_text");
        // An overlong form of the slash.
        var _ =
                charge(new byte[] {'{', '"', (byte) 0xC0, (byte) 0xAF, '"', '}'}, type)
                        .refuses(400, "invalid_text");
        // A surrogate half, written as if it were a character.
        var _ =
                charge(new byte[] {'{', '"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"', '}'}, type)
                        .refuses(400, "invalid_text");
        var _ = charge("{\"account\":\"\0\"}".getBytes(UTF_8), type).refuses(400, "invalid_text");
        var _ = charge(("\uFEFF" + json).getBytes(UTF_8), type).refuses(400, "invalid_json");
    }

    @Test
    void anEmptyBodyIsRefused() {
        var _ = charge("").refuses(400, "empty_body");
        var _ = charge("  \n ").refuses(400, "invalid_json");
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain, unsupported_media_type",
        "application/x-www-form-urlencoded, unsupported_media_type",
        "application/jsonp, unsupported_media_type",
        "application/json; charset=utf-16, unsupported_charset",
        "application/json; charset=iso-8859-1, unsupported_charset",
    })
    void aBodyOfAnotherTypeIsRefused(String type, String code) {
        var _ = charge("{}".getBytes(UTF_8), "Content-Type", type).refuses(415, code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON",
                "application/json;charset=UTF-8",
                "application/json; charset=\"utf-8\""
            })
    void jsonMayBeNamedInSeveralWays(String type) {
        var _ = charge("{}".getBytes(UTF_8), "Content-Type", type).refuses(400, "missing_field");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br", "deflate", "x"})
    void aCompressedBodyIsRefused(String encoding) {
        var _ =
                charge(
                                "{}".getBytes(UTF_8),
                                "Content-Type",
                                "application/json",
                                "Content-Encoding",
                                encoding)
                        .refuses(415, "unsupported_encoding");
    }

    @Test
    void aMissingIdempotencyKeyIsRefusedOnEveryRouteThatChangesSomething() {
        for (var path :
                new String[] {
                    "/v1/charges", "/v1/accounts", "/v1/accounts/a/grants", "/v1/api-keys"
                }) {
            var request =
                    server.request(path)
                            .header("Authorization", "Bearer " + server.admin())
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString("{}"))
                            .build();
            var _ = server.send(request).refuses(400, "idempotency_key_missing");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\"open", "\"a\"b\"", "\"a\\\""})
    void anInvalidIdempotencyKeyIsRefused(String key) {
        var _ =
                server.post("/v1/charges", server.admin(), key, "{}")
                        .refuses(400, "idempotency_key_invalid");
    }

    @Test
    void anIdempotencyKeyMayHave255CharactersAndNoMore() {
        var _ =
                server.post("/v1/charges", server.admin(), "k".repeat(256), "{}")
                        .refuses(400, "idempotency_key_invalid");
        var _ =
                server.post("/v1/charges", server.admin(), "k".repeat(255), "{}")
                        .refuses(400, "missing_field");
    }

    @Test
    void twoIdempotencyKeysAreRefused() {
        var _ =
                charge(
                                "{}".getBytes(UTF_8),
                                "Content-Type",
                                "application/json",
                                "Idempotency-Key",
                                "another")
                        .refuses(400, "idempotency_key_invalid");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "api_key=abc",
                "key=abc",
                "token=abc",
                "access_token=abc",
                "x=sk_live_0123456789ab_0123456789abcdefghij0123456789abcdefghij012345678",
                "limit=5&API=sk_live_0123456789ab_0123456789abcdefghij0123456789"
            })
    void aKeyInTheUrlIsRefusedBeforeAnythingElse(String query) {
        var plain = server.request("/v1/price-book?" + query).GET().build();
        var _ = server.send(plain).refuses(400, "key_in_url");
        var _ = server.get("/v1/price-book?" + query, server.admin()).refuses(400, "key_in_url");
    }

    @Test
    void aKeyInThePathIsRefusedAndWhatOnlyLooksLikeOneIsNot() {
        server.open("task_1", "free");
        var _ =
                server.get("/v1/accounts/" + server.admin(), server.admin())
                        .refuses(400, "key_in_url");
        var _ = server.get("/v1/accounts/task_1", server.admin()).is(200);
        var _ = server.send(server.request("/?account=task_1").GET().build()).is(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0d", "367d", "9000h", "7", "d", "7w", "-1d", "1.5d", "", "99999d"})
    void aBadWindowIsRefused(String window) {
        var _ =
                server.get("/v1/margins?window=" + window, server.admin())
                        .refuses(400, "invalid_window");
    }

    @Test
    void anUnknownPathIsNotFoundAndAWrongMethodNotAllowed() {
        for (var path :
                new String[] {
                    "/v1", "/v1/", "/v1/charges/", "/v2/charges", "/v1/accounts/a/", "//"
                }) {
            var _ = server.get(path, server.admin()).refuses(404, "not_found");
        }
        for (var method :
                new String[] {"PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "FROBNICATE"}) {
            var request =
                    server.request("/v1/api-keys")
                            .header("Authorization", "Bearer " + server.admin())
                            .method(method, HttpRequest.BodyPublishers.noBody())
                            .build();
            if (!method.equals("TRACE")) {
                assertThat(server.send(request).refuses(405, "method_not_allowed").header("Allow"))
                        .isEqualTo("GET, HEAD, POST");
            }
        }
        var _ = server.get("/v1/charges", server.admin()).refuses(405, "method_not_allowed");
    }

    @Test
    void aHeadRequestGetsTheHeadersAlone() {
        var request =
                server.request("/v1/price-book")
                        .header("Authorization", "Bearer " + server.admin())
                        .method("HEAD", BodyPublishers.noBody())
                        .build();
        var head = server.send(request).is(200);

        assertThat(head.body()).isEmpty();
        assertThat(head.header("Content-Length"))
                .isEqualTo(
                        Integer.toString(
                                server.get("/v1/price-book", server.admin())
                                        .body()
                                        .getBytes(UTF_8)
                                        .length));
    }
}
