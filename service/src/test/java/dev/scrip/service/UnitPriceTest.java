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

final class UnitPriceTest {

    private static final String EMBED =
            """
            operations:
              text.embed:
                title: Embed text
                unit_cost: 0.0004
                credits: 5
                unit: {name: token, per: 1000, included: 100}
            """;

    @TempDir private static Path folder;
    private static TestServer server;

    @BeforeAll
    static void start() throws IOException {
        server = new TestServer(folder);
        server.clock.advance(Duration.ofSeconds(1));
        var pricing = TestServer.pricingFile(folder);
        var text = Files.readString(pricing).replace("operations:\n", EMBED);
        server.restartWith(Files.writeString(pricing, text));
        server.open("acme", "starter");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Exchange post(String path, int tokens) {
        var body = charge("acme", "text.embed", ",\"quantity\":" + tokens);
        return server.post(path, server.admin(), body).is(201);
    }

    private static String page() {
        var signIn =
                server.request("/sign-in")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("key=" + server.key("live", "read")))
                        .build();
        var cookie = server.send(signIn).is(303).header("Set-Cookie").replaceFirst(";.*", "");
        return server.send(server.request("/").header("Cookie", cookie).GET().build())
                .is(200)
                .body();
    }

    @Test
    void aChargeIsInRawUnitsAndIsExplained() {
        var charged = post("/v1/charges", 1_234);
        assertThat(charged.text("/price/credits")).isEqualTo("5.67");
        var explained =
                server.get("/v1/charges/" + charged.text("/id") + "/explain", server.admin())
                        .is(200);
        assertThat(explained.text("/price/by")).isEqualTo("quantity");
        assertThat(explained.text("/price/quantity")).isEqualTo("1234");
        assertThat(explained.text("/price/unit/description"))
                .isEqualTo("per 1,000 tokens, first 100 included");
        // 1,234 tokens cost us, not the 1,134 that were paid for.
        assertThat(explained.text("/price/cost/amount")).isEqualTo("0.0004936");
    }

    @Test
    void aChargeOfWhatIsIncludedIsFree() {
        assertThat(post("/v1/charges", 100).text("/price/credits")).isEqualTo("0");
        assertThat(post("/v1/charges", 101).text("/price/credits")).isEqualTo("0.005");
    }

    @Test
    void aQuoteSaysTheUnitAndBindsThePrice() {
        var quote = post("/v1/quotes", 2_100);
        assertThat(quote.text("/credits")).isEqualTo("10");
        assertThat(quote.text("/unit/name")).isEqualTo("token");
        var bound = ",\"quantity\":2100,\"quote\":\"" + quote.text("/quote") + "\"";
        assertThat(
                        server.post(
                                        "/v1/charges",
                                        server.admin(),
                                        charge("acme", "text.embed", bound))
                                .is(201)
                                .text("/price/credits"))
                .isEqualTo("10");
    }

    @Test
    void anEstimateSaysTheUnit() {
        var estimate =
                server.post(
                                "/v1/estimates",
                                server.admin(),
                                charge("acme", "text.embed", ",\"quantity\":2100"))
                        .is(200);
        assertThat(estimate.text("/unit/name")).isEqualTo("token");
        assertThat(estimate.text("/price/credits")).isEqualTo("10");
    }

    @Test
    void thePriceListSaysTheUnit() {
        var book = server.get("/v1/price-book", server.admin()).is(200).json();
        for (var operation : book.at("/operations")) {
            assertThat(operation.has("unit"))
                    .isEqualTo(operation.at("/operation").asString().equals("text.embed"));
        }
        assertThat(page()).contains("5 per 1,000 tokens, first 100 included");
    }
}
