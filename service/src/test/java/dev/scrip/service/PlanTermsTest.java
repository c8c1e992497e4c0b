package dev.scrip.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What plans of the pricing file say beside fee and credits, in accounts.
final class PlanTermsTest {

    @TempDir private static Path folder;
    private static TestServer server;

    @BeforeAll
    static void start() throws IOException {
        server = new TestServer(folder);
        server.clock.advance(Duration.ofSeconds(1));
        var file = folder.resolve("pricing.yaml");
        Files.writeString(
                file,
                Files.readString(file)
                        + """
                          weekly:
                            interval: week
                            fee: 7
                            included_credits: 1000
                            rollover: {share: 0.5, cap: 300}
                        burn_order: free_first
                        """);
        server.restartWith(file);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Exchange read(String account) {
        return server.get("/v1/accounts/" + account, server.admin()).is(200);
    }

    @Test
    void thePriceBookShowsThem() {
        assertThat(server.get("/v1/price-book", server.admin()).is(200).body())
                .contains(
                        "\"fee\":{\"amount\":\"7.000000\",\"currency\":\"USD\"},"
                                + "\"included_credits\":1000,\"interval\":\"week\","
                                + "\"rollover\":{\"share\":0.5,\"cap\":300}}")
                .endsWith("\"burn_order\":\"free_first\"}");
    }

    @Test
    void aShareOfWhatAPeriodLeftLivesOn() {
        server.open("weekly", "weekly");
        for (int i = 0; i < 5; i++) {
            var _ = server.charge("weekly", "image.analyze").is(201);
        }
        server.clock.advance(Duration.ofDays(7));

        var account = read("weekly").json();
        assertThat(account.at("/credits/available").asInt()).isEqualTo(1_250);
        assertThat(
                        account.at("/grants/0/credits").asInt()
                                + account.at("/grants/1/credits").asInt())
                .isEqualTo(1_250);
        assertThat(
                        server.get("/v1/accounts/weekly/entries?limit=1", server.admin())
                                .text("/data/0/origin"))
                .isEqualTo("rollover");
        server.clock.advance(Duration.ofDays(7));
        // Half of 1,250 is more than the cap.
        assertThat(read("weekly").json().at("/credits/available").asInt()).isEqualTo(1_300);
    }

    @Test
    void whatWasGivenAwayIsUsedBeforeThePlan() {
        server.open("gifted", "weekly");
        var gift =
                server.post(
                                "/v1/accounts/gifted/grants",
                                server.admin(),
                                "{\"credits\":100,\"category\":\"promotional\"}")
                        .is(201);

        assertThat(server.charge("gifted", "image.analyze").is(201).text("/drawn_from/0/grant"))
                .isEqualTo(gift.text("/id"));
    }

    @Test
    void anAccountCanMoveToAnotherInterval() {
        server.open("mover", "free");
        var changed =
                server.post(
                                "/v1/accounts/mover/plan",
                                server.admin(),
                                "{\"plan\":\"weekly\",\"when\":\"now\"}")
                        .is(200);

        assertThat(changed.text("/plan/interval")).isEqualTo("week");
        assertThat(changed.text("/plan/burn_order")).isEqualTo("free_first");
        assertThat(changed.text("/plan/rollover/cap")).isEqualTo("300");
        assertThat(
                        Duration.between(
                                Instant.parse(changed.text("/period_start")),
                                Instant.parse(changed.text("/period_end"))))
                .isEqualTo(Duration.ofDays(7));
    }
}
