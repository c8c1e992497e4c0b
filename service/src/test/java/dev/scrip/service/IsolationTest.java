package dev.scrip.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrip.service.access.Scope;
import dev.scrip.service.http.Route;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nothing of one workspace can be seen or changed with a key of another, whatever the route.
final class IsolationTest {

    @TempDir private static Path folder;
    private static TestServer server;
    private static String entry;
    private static String hold;
    private static String topUp;
    private static String lease;
    private static String backfill;

    @BeforeAll
    static void start() {
        server = new TestServer(folder);
        server.open("only-live", "starter");
        entry = server.charge("only-live", "image.analyze").is(201).text("/id");
        hold =
                server.post(
                                "/v1/holds",
                                server.admin(),
                                TestServer.charge("only-live", "image.analyze", ""))
                        .is(201)
                        .text("/id");
        var rule =
                """
                {"rule":{"threshold":50000,"target":50001,"monthly_cap":1,"cool_off_seconds":0}}
                """;
        var _ = server.post("/v1/accounts/only-live/top-up-rule", server.admin(), rule).is(200);
        topUp = server.get("/v1/accounts/only-live", server.admin()).text("/top_up/open");
        server.clock.advance(Duration.ofHours(24));
        backfill =
                server.post(
                                "/v1/backfills",
                                server.admin(),
                                "[{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":"
                                        + "\"image.upload\",\"time\":\""
                                        + TestServer.START
                                        + "\",\"subject\":\"only-live\"}]")
                        .is(200)
                        .text("/id");
        lease =
                server.post(
                                "/v1/leases",
                                server.admin(),
                                "{\"account\":\"only-live\",\"credits\":10,\"expires_in\":60}")
                        .is(201)
                        .text("/id");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String path(Route route, String account) {
        return route.template()
                .replace("{account}", account)
                .replace("{entry}", entry)
                .replace("{hold}", hold)
                .replace("{top_up}", topUp)
                .replace("{lease}", lease)
                .replace("{backfill}", backfill)
                .replace("{operation}", "image.analyze")
                .replace("{grant}", "gr_0000000002")
                .replace("{charge}", entry)
                .replace("{version}", "pb_1")
                .replace("{key}", server.admin().split("_", -1)[2]);
    }

    private static String body(Route route, String account) {
        return switch (route.template()) {
            case "/v1/charges", "/v1/estimates", "/v1/quotes" ->
                    TestServer.charge(account, "image.upload", "");
            case "/v1/accounts" -> "{\"account\":\"" + account + "\",\"plan\":\"starter\"}";
            case "/v1/accounts/{account}/grants" -> "{\"credits\":1,\"category\":\"paid\"}";
            case "/v1/holds" -> TestServer.charge(account, "image.upload", "");
            case "/v1/events" ->
                    "[{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":"
                            + "\"image.upload\",\"subject\":\""
                            + account
                            + "\"}]";
            case "/v1/backfills" ->
                    "[{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":"
                            + "\"image.upload\",\"time\":\"2026-11-20T00:00:00Z\",\"subject\":\""
                            + account
                            + "\"}]";
            case "/v1/backfills/{backfill}/revert" -> "{\"reason\":\"x\"}";
            case "/v1/charges/batch" ->
                    "{\"mode\":\"all\",\"charges\":["
                            + TestServer.charge(account, "image.upload", "")
                            + "]}";
            case "/v1/leases" ->
                    "{\"account\":\"" + account + "\",\"credits\":1,\"expires_in\":60}";
            case "/v1/leases/{lease}/report" ->
                    "{\"usage\":[{\"operation\":\"image.upload\",\"quantity\":1}]}";
            case "/v1/leases/{lease}/extend" -> "{\"expires_in\":60}";
            case "/v1/holds/{hold}/capture" -> "{\"credits\":1}";
            case "/v1/holds/{hold}/extend" -> "{\"expires_in\":60}";
            case "/v1/charges/{charge}/reverse", "/v1/accounts/{account}/grants/{grant}/void" ->
                    "{\"reason\":\"x\"}";
            case "/v1/accounts/{account}/overage" -> "{\"mode\":\"unlimited\"}";
            case "/v1/accounts/{account}/adjust" -> "{\"credits\":1,\"reason\":\"x\"}";
            case "/v1/accounts/{account}/receivable/pay" -> "{\"reason\":\"x\"}";
            case "/v1/accounts/{account}/plan" -> "{\"plan\":\"free\",\"when\":\"now\"}";
            case "/v1/accounts/{account}/limits" -> "{\"limits\":[]}";
            case "/v1/accounts/{account}/commitment" -> "{\"credits_per_month\":1}";
            case "/v1/load" -> "{\"load\":0.5}";
            case "/v1/accounts/{account}/alerts" -> "{\"alerts\":[]}";
            case "/v1/accounts/{account}/top-up-rule" -> "{\"rule\":null}";
            case "/v1/top-ups/{top_up}/confirm" -> "{}";
            case "/v1/top-ups/{top_up}/fail" -> "{\"reason\":\"x\"}";
            case "/v1/accounts/{account}/status" -> "{\"status\":\"frozen\",\"reason\":\"x\"}";
            case "/v1/api-keys" -> "{\"role\":\"read\"}";
            default -> "";
        };
    }

    private static Exchange send(Route route, String account, String workspace) {
        return server.send(
                route, path(route, account), server.admin(workspace), body(route, account));
    }

    @Test
    void anotherWorkspacesAccountLooksLikeOneThatDoesNotExist() {
        int checked = 0;
        for (var route : server.server().routes()) {
            boolean namesAccount =
                    route.template().contains("{account}")
                            || List.of(
                                            "/v1/charges",
                                            "/v1/charges/batch",
                                            "/v1/estimates",
                                            "/v1/quotes",
                                            "/v1/holds",
                                            "/v1/leases")
                                    .contains(route.template());
            if (route.scope() == Scope.OPEN || !namesAccount) {
                continue;
            }
            var others = send(route, "only-live", "test").refuses(404, "unknown_account");
            var nobodys = send(route, "only-dead", "test").refuses(404, "unknown_account");
            assertThat(others.text("/detail").replace("only-live", ""))
                    .as(route.toString())
                    .isEqualTo(nobodys.text("/detail").replace("only-dead", ""));
            checked++;
        }
        assertThat(checked).isEqualTo(22);
        assertThat(server.get("/v1/accounts/only-live", server.admin()).body())
                .contains("\"available\":49889,");
    }

    @Test
    void everyRouteOfTheOtherWorkspaceIsSilentAboutTheFirst() {
        for (var route : server.server().routes()) {
            if (route.scope() != Scope.OPEN
                    && !List.of("/metrics", "/openapi.yaml").contains(route.template())) {
                assertThat(send(route, "test-own", "test").body())
                        .as(route.toString())
                        .doesNotContain("only-live")
                        .doesNotContain("\"workspace\":\"live\"");
            }
        }
    }

    @Test
    void theSameAccountIdIsAnotherAccountInAnotherWorkspace() {
        var _ =
                server.post(
                                "/v1/accounts",
                                server.admin("test"),
                                "{\"account\":\"shared\",\"plan\":\"free\"}")
                        .is(201);
        server.open("shared", "starter");

        assertThat(server.get("/v1/accounts/shared", server.admin("test")).text("/plan"))
                .isEqualTo("free");
        assertThat(server.get("/v1/accounts/shared", server.admin("live")).text("/plan"))
                .isEqualTo("starter");
    }

    @Test
    void marginsAndKeysAreOfTheCallersWorkspace() {
        assertThat(server.get("/v1/margins", server.admin("live")).body())
                .contains("image.analyze");
        assertThat(server.get("/v1/margins", server.admin("test")).body())
                .doesNotContain("image.analyze");
        assertThat(server.get("/v1/api-keys", server.admin("test")).body())
                .contains("\"workspace\":\"test\"")
                .doesNotContain("\"workspace\":\"live\"");
    }

    @Test
    void aTopUpOfTheOtherWorkspaceLooksLikeOneThatDoesNotExist() {
        var path = "/v1/top-ups/" + topUp + "/confirm";
        var _ = server.post(path, server.admin("test"), "{}").refuses(404, "unknown_top_up");

        assertThat(server.get("/v1/top-ups", server.admin("test")).is(200).json().get("data"))
                .isEmpty();
        assertThat(server.get("/v1/top-ups", server.admin()).is(200).text("/data/0/id"))
                .isEqualTo(topUp);
    }

    @Test
    void aCursorOfTheOtherWorkspaceIsInvalid() {
        var _ =
                server.post(
                                "/v1/accounts",
                                server.admin("test"),
                                "{\"account\":\"only-live-twin\",\"plan\":\"free\"}")
                        .is(201);
        server.open("only-live-twin", "free");
        var cursor =
                server.get("/v1/accounts/only-live-twin/entries?limit=1", server.admin())
                        .is(200)
                        .text("/next_cursor");
        var _ =
                server.get(
                                "/v1/accounts/only-live-twin/entries?cursor=" + cursor,
                                server.admin("test"))
                        .refuses(400, "invalid_cursor");
    }

    @Test
    void metricsNameNoAccount() {
        assertThat(server.get("/metrics", server.admin()).is(200).body())
                .contains("scrip_charges_total")
                .contains("scrip_commits_total")
                .doesNotContain("only-live");
    }

    @Test
    void withoutAKeyNothingIsServedNotEvenTheNewsThatAPathIsMissing() {
        for (var route : server.server().routes()) {
            if (route.scope() != Scope.OPEN) {
                var request =
                        server.request(path(route, "only-live"))
                                .method(
                                        route.method().text(),
                                        BodyPublishers.ofString(body(route, "only-live")))
                                .build();
                assertThat(
                                server.send(request)
                                        .refuses(401, "unauthorized")
                                        .header("WWW-Authenticate"))
                        .startsWith("Bearer");
            }
        }
        var _ =
                server.send(server.request("/v1/nothing").GET().build())
                        .refuses(401, "unauthorized");
    }
}
