package dev.scrip.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MetricsTest {

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

    /// What a counter says; 0 while it is not there.
    private static double count(String nameAndLabels) {
        var line =
                Pattern.compile(
                                "^" + Pattern.quote(nameAndLabels) + " ([0-9.E]+)$",
                                Pattern.MULTILINE)
                        .matcher(server.get("/metrics", server.admin()).is(200).body());
        return line.find() ? Double.parseDouble(line.group(1)) : 0;
    }

    @Test
    void chargesAreCountedHoweverTheyCome() {
        var charged =
                "scrip_charges_total{operation=\"image.analyze\",outcome=\"charged\",workspace=\"live\"}";
        var credits = "scrip_credits_charged_total{operation=\"image.analyze\",workspace=\"live\"}";
        server.open("counted", "starter");
        var _ = server.charge("counted", "image.analyze").is(201);
        var hold = post("/v1/holds", TestServer.charge("counted", "image.analyze", "")).is(201);
        assertThat(count(charged)).isEqualTo(1);
        var _ = post(hold.text("/capture_url"), "{'credits':40}").is(200);
        assertThat(count(charged)).isEqualTo(2);
        var event =
                "{'specversion':'1.0','id':'1','source':'t','type':'image.analyze','subject':'counted'}";
        var _ = post("/v1/events", event).is(200);
        var _ = post("/v1/events", event).is(200);
        assertThat(count(charged)).isEqualTo(3);
        assertThat(count(charged.replace("charged\",", "replayed\","))).isEqualTo(1);
        assertThat(count(credits)).isEqualTo(240);
    }

    @Test
    void whatHappensToAccountsByItselfIsCounted() {
        server.open("watched", "free");
        var _ =
                post(
                                "/v1/accounts/watched/alerts",
                                "{'alerts':[{'id':'half','used_percent':50},{'id':'all','used_percent':100}]}")
                        .is(200);
        double alerts = count("scrip_alerts_fired_total");
        for (int i = 0; i < 6; i++) {
            var _ = server.charge("watched", "image.analyze").is(201);
        }
        assertThat(count("scrip_alerts_fired_total") - alerts).isEqualTo(1);

        var _ =
                post(
                                "/v1/accounts/watched/top-up-rule",
                                "{'rule':{'threshold':900,'target':2000,'monthly_cap':100000,"
                                        + "'cool_off_seconds':0}}")
                        .is(200);
        assertThat(topUps("requested")).isEqualTo(1);
        fail(open());
        assertThat(topUps("failed")).isEqualTo(1);
        var _ = post("/v1/top-ups/" + open() + "/confirm", "{}").is(201);
        assertThat(topUps("requested")).isEqualTo(2);
        assertThat(topUps("confirmed")).isEqualTo(1);

        var _ = post("/v1/accounts/watched/plan", "{'plan':'starter','when':'now'}").is(200);
        assertThat(count("scrip_plan_changes_total")).isEqualTo(1);
    }

    private static void fail(String topUp) {
        var _ = post("/v1/top-ups/" + topUp + "/fail", "{'reason':'declined'}").is(200);
    }

    private static String open() {
        return server.get("/v1/accounts/watched", server.admin()).text("/top_up/open");
    }

    private static double topUps(String outcome) {
        return count("scrip_top_ups_total{outcome=\"" + outcome + "\"}");
    }
}
