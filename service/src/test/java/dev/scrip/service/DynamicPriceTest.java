package dev.scrip.service;

import static dev.scrip.service.TestServer.charge;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Prices that depend on when, under which load and by whom a call is made.
final class DynamicPriceTest {

    private static final String RULES =
            """

            adjustments:
              night: {off_peak: {zone: UTC, from: "02:00", to: "06:00", factor: 0.7}}
              busy: {load: {above: 0.9, until: 0.8, factor: 1.5}}
              committed: {commitment: [{from: 1000, factor: 0.8}]}
              volume: {operations: [page.*], volume: [{from: 1, factor: 0.5}]}
              plan_prices: {operations: [image.upload], plans: {free: {credits: 2}}}
              agreed: {operations: [image.upload], accounts: {live/acme: {factor: 0.5}}}
            adjustment_limits: {lowest_factor: 0.3}
            """;

    @TempDir private static Path folder;
    private static TestServer server;

    static TestServer serverWith(Path folder, String rules) {
        var server = new TestServer(folder);
        server.clock.advance(Duration.ofSeconds(1));
        try {
            var pricing = TestServer.pricingFile(folder);
            server.restartWith(Files.writeString(pricing, Files.readString(pricing) + rules));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return server;
    }

    @BeforeAll
    static void start() {
        server = serverWith(folder, RULES);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /// Moves the clock on to the next time it shows this.
    private static void at(String time) {
        var now = server.clock.instant().atZone(ZoneOffset.UTC).toLocalTime();
        var wait = Duration.between(now, LocalTime.parse(time));
        server.clock.advance(wait.isNegative() ? wait.plusDays(1) : wait);
    }

    private static String credits(Exchange charged) {
        return charged.is(201).text("/price/credits");
    }

    @Test
    void aCommitmentEarnsItsPriceUntilItIsOver() {
        at("12:00");
        server.open("committed", "starter");
        assertThat(credits(server.charge("committed", "image.analyze"))).isEqualTo("100");
        var until = server.clock.instant().plus(Duration.ofHours(1));
        var set =
                server.put(
                                "/v1/accounts/committed/commitment",
                                server.admin(),
                                "{\"credits_per_month\":1000,\"until\":\"" + until + "\"}")
                        .is(200);
        assertThat(set.text("/type")).isEqualTo("commitment_set");

        var charged = server.charge("committed", "image.analyze");
        assertThat(credits(charged)).isEqualTo("80");
        assertThat(charged.body())
                .contains(
                        "\"adjustments\":[{\"id\":\"committed\",\"kind\":\"commitment\","
                                + "\"factor\":0.8,\"credits_after\":80}]");
        assertThat(server.get("/v1/accounts/committed", server.admin()).body())
                .contains("\"commitment\":{\"credits_per_month\":1000,\"until\":\"" + until);
        server.restart();
        assertThat(credits(server.charge("committed", "image.analyze")))
                .as("after a restart")
                .isEqualTo("80");
        server.clock.advance(Duration.ofHours(1));
        assertThat(credits(server.charge("committed", "image.analyze"))).isEqualTo("100");
    }

    @Test
    void theNightIsCheaperAndSaysSoEverywhere() {
        at("02:00");
        server.open("owl", "starter");
        var charged = server.charge("owl", "image.analyze");
        assertThat(credits(charged)).isEqualTo("70");
        var id = charged.text("/id");
        assertThat(server.get("/v1/accounts/owl/entries/" + id, server.admin()).body())
                .contains("\"adjustments\":[{\"id\":\"night\",\"kind\":\"off_peak\"");
        var explained = server.get("/v1/charges/" + id + "/explain", server.admin()).is(200);
        assertThat(explained.text("/price/by")).isEqualTo("quantity");
        assertThat(explained.text("/price/adjustments/0/credits_after")).isEqualTo("70");
        assertThat(explained.text("/price/rounding/change")).isEqualTo("0");
        assertThat(
                        server.post(
                                        "/v1/estimates",
                                        server.admin(),
                                        charge("owl", "image.analyze", ""))
                                .is(200)
                                .text("/price/credits"))
                .isEqualTo("70");
        at("06:00");
        assertThat(credits(server.charge("owl", "image.analyze"))).isEqualTo("100");
    }

    @Test
    void aHighLoadRaisesPricesOfItsWorkspaceWhileItIsNews() {
        at("12:00");
        server.open("loaded", "starter");
        var _ =
                server.post(
                                "/v1/accounts",
                                server.admin("test"),
                                "{\"account\":\"loaded\",\"plan\":\"starter\"}")
                        .is(201);
        assertThat(load("0.9")).isEqualTo("[]");
        assertThat(credits(server.charge("loaded", "image.analyze"))).isEqualTo("100");
        assertThat(load("0.95")).isEqualTo("[\"busy\"]");
        assertThat(credits(server.charge("loaded", "image.analyze"))).isEqualTo("150");
        assertThat(
                        credits(
                                server.post(
                                        "/v1/charges",
                                        server.admin("test"),
                                        charge("loaded", "image.analyze", ""))))
                .as("another workspace")
                .isEqualTo("100");
        assertThat(server.get("/v1/load", server.admin("test")).body())
                .contains("\"load\":null,\"load_prices_on\":[]");
        assertThat(load("0.85")).as("still on until it is under 0.8").isEqualTo("[\"busy\"]");
        assertThat(load("0.79")).isEqualTo("[]");
        assertThat(load("0.91")).isEqualTo("[\"busy\"]");
        server.clock.advance(Duration.ofSeconds(119));
        assertThat(credits(server.charge("loaded", "image.analyze"))).isEqualTo("150");
        server.clock.advance(Duration.ofSeconds(1));
        assertThat(credits(server.charge("loaded", "image.analyze"))).isEqualTo("100");
        assertThat(load("0.85")).as("what was on is forgotten by then").isEqualTo("[]");
        server.clock.advance(Duration.ofNanos(1_234_567));
        assertThat(server.put("/v1/load", server.admin(), "{\"load\":0.5}").is(200).text("/at"))
                .endsWith(".001234Z");
        var _ =
                server.put("/v1/load", server.admin(), "{\"load\":1001}")
                        .refuses(422, "amount_out_of_range");
    }

    private static String load(String load) {
        return server.put("/v1/load", server.admin(), "{\"load\":" + load + "}")
                .is(200)
                .json()
                .at("/load_prices_on")
                .toString();
    }

    @Test
    void whatWasUsedInThePeriodCounts() {
        at("12:00");
        server.open("much", "starter");
        for (var expected : new String[] {"0.5", "0.5", "0.25", "0.25"}) {
            assertThat(credits(server.charge("much", "page.cached"))).isEqualTo(expected);
        }
        server.clock.advance(Duration.ofDays(31));
        assertThat(credits(server.charge("much", "page.cached")))
                .as("a new period")
                .isEqualTo("0.5");
    }

    @Test
    void plansAndAccountsHavePricesOfTheirOwn() {
        at("12:00");
        server.open("acme", "starter");
        server.open("frugal", "free");
        assertThat(credits(server.charge("acme", "image.upload"))).isEqualTo("0.5");
        assertThat(credits(server.charge("frugal", "image.upload"))).isEqualTo("2");
        var _ =
                server.post(
                                "/v1/accounts",
                                server.admin("test"),
                                "{\"account\":\"acme\",\"plan\":\"starter\"}")
                        .is(201);
        assertThat(
                        credits(
                                server.post(
                                        "/v1/charges",
                                        server.admin("test"),
                                        charge("acme", "image.upload", ""))))
                .as("the same name in another workspace")
                .isEqualTo("1");
    }

    @Test
    void aChildHasThePricesOfItsPool() {
        at("12:00");
        server.open("parent", "starter");
        var _ =
                server.post(
                                "/v1/accounts",
                                server.admin(),
                                "{\"account\":\"kid\",\"pool\":\"parent\"}")
                        .is(201);
        var _ =
                server.put(
                                "/v1/accounts/parent/commitment",
                                server.admin(),
                                "{\"credits_per_month\":1000}")
                        .is(200);
        assertThat(credits(server.charge("kid", "image.analyze"))).isEqualTo("80");
        var _ =
                server.put(
                                "/v1/accounts/kid/commitment",
                                server.admin(),
                                "{\"credits_per_month\":1000}")
                        .refuses(409, "draws_on_pool");
    }

    @Test
    void anEventHasThePriceOfWhenItHappened() {
        at("04:00");
        server.open("late", "starter");
        at("06:00");
        var night = server.clock.instant().minus(Duration.ofHours(1));
        assertThat(load("1")).isEqualTo("[\"busy\"]");
        var _ =
                server.post(
                                "/v1/events",
                                server.admin(),
                                "[{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":"
                                        + "\"image.analyze\",\"time\":\""
                                        + night
                                        + "\",\"subject\":\"late\"}]")
                        .is(200);
        assertThat(server.get("/v1/accounts/late", server.admin()).text("/credits/available"))
                .isEqualTo("49930");
        assertThat(load("0")).isEqualTo("[]");
    }

    @Test
    void aBatchIsPricedAsItsChargesAre() {
        at("03:00");
        server.open("bulk", "starter");
        var _ =
                server.post(
                                "/v1/charges/batch",
                                server.admin(),
                                "{\"mode\":\"all\",\"charges\":["
                                        + charge("bulk", "image.analyze", "")
                                        + ","
                                        + charge("bulk", "image.upload", "")
                                        + "]}")
                        .is(201);
        assertThat(server.get("/v1/accounts/bulk", server.admin()).text("/credits/available"))
                .isEqualTo("49929.3");
    }

    @Test
    void aCaptureHasTheAdjustmentsOfItsHold() {
        at("05:59");
        server.open("long", "starter");
        var hold =
                server.post("/v1/holds", server.admin(), charge("long", "image.analyze", ""))
                        .is(201);
        assertThat(hold.text("/held_credits")).isEqualTo("70");
        var named =
                server.post(
                                "/v1/holds",
                                server.admin(),
                                charge("long", "image.analyze", ",\"max_credits\":500"))
                        .is(201);
        at("06:01");
        for (var one : new Exchange[] {hold, named}) {
            var captured =
                    server.post(
                                    "/v1/holds/" + one.text("/id") + "/capture",
                                    server.admin(),
                                    "{\"quantity\":1}")
                            .is(200);
            assertThat(captured.text("/price/credits")).isEqualTo("70");
        }
    }

    @Test
    void thePriceListSaysWhatMovesPricesAndNamesNobody() {
        var book = server.get("/v1/price-book", server.admin()).is(200);
        assertThat(book.text("/adjustments/0/description"))
                .isEqualTo("30 % off from 02:00 to 06:00 (UTC).");
        assertThat(book.text("/adjustments/1/description"))
                .isEqualTo(
                        "50 % more while the load is high: from above 90 % until it is under 80 %.");
        assertThat(book.text("/adjustments/2/description"))
                .isEqualTo("20 % off with a commitment of 1,000 credits a month.");
        assertThat(book.text("/adjustments/5/description"))
                .isEqualTo(
                        "Some accounts have prices that were agreed on with them. For"
                                + " image.upload.");
        assertThat(book.text("/adjustment_limits/0"))
                .isEqualTo("Together they leave at least 30 % of a price.");
        assertThat(book.body()).doesNotContain("acme");
    }

    @Test
    void aSaleUnderCostIsRefusedWithoutSayingTheCost(@TempDir Path own) {
        var rules =
                """

                adjustments:
                  sale: {promotion: {from: 2026-01-01T00:00:00Z, to: 2027-01-01T00:00:00Z, factor: 0.5}}
                adjustment_limits: {cost_floor: refuse}
                """;
        try (var strict = serverWith(own, rules)) {
            strict.open("buyer", "starter");
            assertThat(credits(strict.charge("buyer", "image.analyze"))).isEqualTo("50");
            var refused = strict.charge("buyer", "image.leaky").refuses(422, "price_under_cost");
            assertThat(refused.body()).doesNotContain("0.05");
            var _ =
                    strict.post("/v1/quotes", strict.admin(), charge("buyer", "image.leaky", ""))
                            .refuses(422, "price_under_cost");
        }
    }
}
