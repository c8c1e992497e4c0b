package dev.scrip.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LeaseTest {

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

    private static Exchange lend(String account, int credits, int seconds) {
        return post(
                "/v1/leases",
                "{\"account\":\"%s\",\"credits\":%d,\"expires_in\":%d,\"api_key\":\"key_1\"}"
                        .formatted(account, credits, seconds));
    }

    private static String usage(String operation, int quantity, boolean last) {
        return "{\"usage\":[{\"operation\":\"%s\",\"quantity\":%d}],\"final\":%s}"
                .formatted(operation, quantity, last);
    }

    private static String available(String account) {
        return server.get("/v1/accounts/" + account, server.admin()).text("/credits/available");
    }

    @Test
    void aLeaseIsLentReportedAndReturned() {
        server.open("client", "starter");
        var lease = lend("client", 500, 300).is(201);
        assertThat(lease.text("/object")).isEqualTo("lease");
        assertThat(lease.text("/credits")).isEqualTo("500");
        assertThat(lease.text("/price_table")).isEqualTo("pb_1");
        assertThat(lease.text("/expires_at"))
                .isEqualTo(server.clock.instant().plusSeconds(300).toString());
        assertThat(available("client")).isEqualTo("49500");

        var body =
                "{\"usage\":[{\"operation\":\"image.upload\",\"quantity\":120},"
                        + "{\"operation\":\"image.analyze\",\"quantity\":2,"
                        + "\"use\":{\"compute_ms\":10}}]}";
        var url = lease.text("/report_url");
        var reported = server.post(url, server.admin(), "r1", body).is(200);
        assertThat(reported.text("/credits_consumed")).isEqualTo("320");
        assertThat(reported.text("/credits_left")).isEqualTo("180");
        assertThat(reported.text("/status")).isEqualTo("lent");
        assertThat(reported.text("/meta/credits_remaining")).isEqualTo("49500");
        var again = server.post(url, server.admin(), "r1", body).is(200);
        assertThat(again.body()).isEqualTo(reported.body());
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");

        var last = post(url, usage("image.upload", 30, true)).is(200);
        assertThat(last.text("/status")).isEqualTo("returned");
        assertThat(last.text("/credits_returned")).isEqualTo("150");
        assertThat(last.text("/meta/credits_remaining")).isEqualTo("49650");
        assertThat(available("client")).isEqualTo("49650");
        var _ = post(url, usage("image.upload", 1, false)).refuses(409, "lease_not_open");
        var entries = server.get("/v1/accounts/client/entries", server.admin()).is(200).body();
        assertThat(entries).contains("\"type\":\"lease\"", "\"api_key\":\"key_1\"");
        assertThat(server.get("/metrics", server.admin()).body())
                .containsPattern(
                        "scrip_charges_total\\{operation=\"image.upload\",outcome=\"charged\","
                                + "workspace=\"live\"} [2-9]");
    }

    @Test
    void neverMoreThanWasLentIsChargedAndARefusedReportChargesNothing() {
        server.open("greedy", "starter");
        var url = lend("greedy", 150, 300).is(201).text("/report_url");
        var body =
                "{\"usage\":[{\"operation\":\"image.analyze\",\"quantity\":1},"
                        + "{\"operation\":\"image.upload\",\"quantity\":51}]}";

        var refused = post(url, body).refuses(409, "lease_exceeded", "/usage/1");
        assertThat(refused.text("/part")).isEqualTo("1");
        assertThat(post(url, usage("image.upload", 150, false)).is(200).text("/credits_left"))
                .isEqualTo("0");
        assertThat(available("greedy")).isEqualTo("49850");
    }

    @Test
    void theLeaseOfALostClientEndsByItself() {
        server.open("lost", "starter");
        var lease = lend("lost", 100, 60).is(201);
        var url = lease.text("/report_url");
        var _ = post(url, usage("image.upload", 40, false)).is(200);
        server.clock.advance(Duration.ofSeconds(61));

        assertThat(available("lost")).isEqualTo("49960");
        var _ = post(url, usage("image.upload", 1, false)).refuses(409, "lease_not_open");
        var _ = post(lease.text("/return_url"), "").refuses(409, "lease_not_open");
        var _ =
                post("/v1/leases/" + lease.text("/id") + "/extend", "{\"expires_in\":60}")
                        .refuses(409, "lease_not_open");
        var _ = lend("lost", 49961, 60).refuses(402, "insufficient_credits");
    }

    @Test
    void holdsAndLeasesAreNotEachOther() {
        server.open("kinds", "starter");
        var lease = lend("kinds", 100, 60).is(201).text("/id");
        var hold =
                post("/v1/holds", TestServer.charge("kinds", "video.process", ""))
                        .is(201)
                        .text("/id");

        var _ =
                post("/v1/holds/" + lease + "/capture", "{\"credits\":1}")
                        .refuses(404, "unknown_hold");
        var _ = post("/v1/holds/" + lease + "/release", "").refuses(404, "unknown_hold");
        var _ =
                post("/v1/leases/" + hold + "/report", usage("image.upload", 1, true))
                        .refuses(404, "unknown_lease");
        var _ = post("/v1/leases/" + hold + "/return", "").refuses(404, "unknown_lease");
        var _ = post("/v1/leases/" + lease + "/return", "").is(200);
        assertThat(available("kinds")).isEqualTo("47500");
    }

    @Test
    void aReportIsPricedAsWhenTheCreditsWereLent(@TempDir Path other) throws IOException {
        try (var server = new TestServer(other)) {
            server.open("old", "starter");
            var url =
                    server.post(
                                    "/v1/leases",
                                    server.admin(),
                                    "{\"account\":\"old\",\"credits\":500,\"expires_in\":3600}")
                            .is(201)
                            .text("/report_url");
            var pricing = TestServer.pricingFile(server.folder);
            Files.writeString(
                    pricing,
                    Files.readString(pricing)
                            .replace("credits: 100, unit_cost", "credits: 250, unit_cost"));
            server.clock.advance(Duration.ofMinutes(1));
            server.restartWith(pricing);

            var reported =
                    server.post(url, server.admin(), usage("image.analyze", 2, true)).is(200);
            assertThat(reported.text("/credits_consumed")).isEqualTo("200");
            assertThat(reported.text("/captures/0/price/price_table")).isEqualTo("pb_1");
        }
    }

    /// Whatever is asked in which order, and however often: no more is charged than was lent, and
    /// what was lent is charged or back in the end.
    @ParameterizedTest
    @CsvSource({"1", "2", "3", "4"})
    void whateverHappensTheBalanceAddsUp(long seed) {
        var random = new Random(seed);
        var account = "law-" + seed;
        server.open(account, "starter");
        var lease = lend(account, 200, 60).is(201);
        var id = "/v1/leases/" + lease.text("/id");
        var sent = new ArrayList<String[]>();
        int charged = 0;
        for (int step = 0; step < 60; step++) {
            int kind = random.nextInt(10);
            if (kind < 2 && !sent.isEmpty()) {
                var earlier = sent.get(random.nextInt(sent.size()));
                var replay = server.post(id + "/report", server.admin(), earlier[0], earlier[1]);
                assertThat(replay.is(200).header("Idempotent-Replayed")).isEqualTo("true");
            } else if (kind < 7) {
                boolean last = random.nextInt(20) == 0;
                int quantity = 1 + random.nextInt(25);
                var key = "law" + seed + "-" + step;
                var body = usage("image.upload", quantity, last);
                var report = server.post(id + "/report", server.admin(), key, body);
                if (report.status() == 200) {
                    charged += quantity;
                    sent.add(new String[] {key, body});
                } else {
                    assertThat(report.text("/code")).isIn("lease_exceeded", "lease_not_open");
                }
            } else if (kind < 9) {
                var extended = post(id + "/extend", "{\"expires_in\":60}");
                assertThat(extended.status()).isIn(200, 409);
            } else {
                server.clock.advance(Duration.ofSeconds(random.nextInt(30)));
            }
            assertThat(charged).as("seed " + seed).isLessThanOrEqualTo(200);
            var read = server.get("/v1/accounts/" + account, server.admin());
            assertThat(
                            new BigDecimal(read.text("/credits/available"))
                                    .add(new BigDecimal(read.text("/credits/held")))
                                    .intValueExact())
                    .as("seed " + seed + ", step " + step)
                    .isEqualTo(50_000 - charged);
        }
        server.clock.advance(Duration.ofMinutes(5));
        assertThat(available(account))
                .as("seed " + seed)
                .isEqualTo(String.valueOf(50_000 - charged));
        assertThat(
                        server.get("/v1/accounts/" + account + "/usage", server.admin())
                                .text("/credits"))
                .isEqualTo(String.valueOf(charged));
    }
}
