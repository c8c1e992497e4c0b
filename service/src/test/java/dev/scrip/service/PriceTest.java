package dev.scrip.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PriceTest {

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

    @Test
    void thePriceBookShowsPricesAndKeepsCostsToItself() {
        var book = server.get("/v1/price-book", server.key("live", "read")).is(200);

        assertThat(book.text("/version")).isEqualTo("pb_1");
        assertThat(book.text("/credit_price/amount")).isEqualTo("0.001000");
        assertThat(book.body())
                .contains(
                        "{\"operation\":\"page.cached\",\"title\":\"Cached page\",\"credits\":0.5,"
                                + "\"price\":{\"amount\":\"0.000500\",\"currency\":\"USD\"}}")
                .contains(
                        "{\"id\":\"starter\",\"title\":\"Starter\",\"monthly_fee\":{\"amount\":"
                                + "\"29.000000\",\"currency\":\"USD\"},\"included_credits\":50000,"
                                + "\"interval\":\"month\"}")
                .endsWith("],\"burn_order\":\"expiry_first\"}")
                .doesNotContain("cost")
                .doesNotContain("floor")
                .doesNotContain("0.0150");
    }

    @Test
    void marginsShowLeaksFirstWithWhatTheyCost() {
        server.open("margins", "payg");
        var _ =
                server.post(
                                "/v1/accounts/margins/grants",
                                server.admin(),
                                """
                                {"credits":1000,"category":"paid",
                                 "cost_basis":{"amount":"0.0005","currency":"USD"}}
                                """)
                        .is(201);
        for (var operation : new String[] {"image.analyze", "image.leaky", "page.status"}) {
            var _ = server.charge("margins", operation).is(201);
        }
        var margins = server.get("/v1/margins?window=24h", server.admin()).is(200).json();

        // 10 credits are $0.01; they cost $0.05; half of the revenue should have remained.
        var worst = margins.at("/operations/0");
        assertThat(worst.get("operation").asString()).isEqualTo("image.leaky");
        assertThat(worst.get("leak").asBoolean()).isTrue();
        assertThat(worst.get("margin_at_list").decimalValue()).isEqualByComparingTo("-4");
        assertThat(worst.get("margin_at_yield").decimalValue()).isEqualByComparingTo("-9");
        assertThat(worst.at("/exposure/amount").asString()).isEqualTo("0.045000");

        var sound = margins.at("/operations/1");
        assertThat(sound.get("operation").asString()).isEqualTo("image.analyze");
        assertThat(sound.get("leak").asBoolean()).isFalse();
        assertThat(sound.get("margin_at_list").decimalValue()).isEqualByComparingTo("0.85");
        assertThat(sound.get("margin_at_yield").decimalValue()).isEqualByComparingTo("0.7");

        var free = margins.at("/operations/2");
        assertThat(free.get("margin_at_list").isNull()).isTrue();
        assertThat(free.get("leak").asBoolean()).isFalse();
        assertThat(margins.at("/exposure/amount").asString()).isEqualTo("0.045000");
        assertThat(margins.at("/cost/amount").asString()).isEqualTo("0.065100");
    }

    @Test
    void aWindowLooksBackThatFarAndNoFurther(@TempDir Path other) {
        try (var fresh = new TestServer(other)) {
            fresh.open("old", "starter");
            var _ = fresh.charge("old", "image.upload").is(201);
            fresh.clock.advance(Duration.ofDays(3));
            var recent = fresh.get("/v1/margins?window=48h", fresh.admin()).is(200);
            var longer = fresh.get("/v1/margins?window=4d", fresh.admin()).is(200);

            assertThat(recent.json().get("operations")).isEmpty();
            assertThat(recent.json().get("margin_at_list").isNull()).isTrue();
            assertThat(longer.json().get("operations")).hasSize(1);
        }
    }
}
