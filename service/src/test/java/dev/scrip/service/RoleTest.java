package dev.scrip.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RoleTest {

    /// Every route that needs a key, with the roles that may use it.
    private static final Map<String, Set<String>> MATRIX =
            Map.ofEntries(
                    Map.entry("POST /v1/charges", Set.of("admin", "charge")),
                    Map.entry("POST /v1/estimates", Set.of("admin", "charge")),
                    Map.entry("POST /v1/accounts", Set.of("admin")),
                    Map.entry("GET /v1/accounts/{account}", Set.of("admin", "charge", "read")),
                    Map.entry("POST /v1/accounts/{account}/grants", Set.of("admin")),
                    Map.entry("GET /v1/accounts/{account}/entries", Set.of("admin", "read")),
                    Map.entry("GET /v1/charges/{charge}", Set.of("admin", "read")),
                    Map.entry("POST /v1/charges/{charge}/reverse", Set.of("admin")),
                    Map.entry("POST /v1/events", Set.of("admin", "charge")),
                    Map.entry("GET /v1/charges/{charge}/explain", Set.of("admin", "read")),
                    Map.entry(
                            "GET /v1/accounts/{account}/entries/{entry}/explain",
                            Set.of("admin", "read")),
                    Map.entry(
                            "GET /v1/operations/{operation}/estimates", Set.of("admin", "charge")),
                    Map.entry("POST /v1/backfills", Set.of("admin")),
                    Map.entry("GET /v1/backfills/{backfill}", Set.of("admin")),
                    Map.entry("POST /v1/backfills/{backfill}/revert", Set.of("admin")),
                    Map.entry("POST /v1/charges/batch", Set.of("admin", "charge")),
                    Map.entry("POST /v1/leases", Set.of("admin", "charge")),
                    Map.entry("POST /v1/leases/{lease}/report", Set.of("admin", "charge")),
                    Map.entry("POST /v1/leases/{lease}/extend", Set.of("admin", "charge")),
                    Map.entry("POST /v1/leases/{lease}/return", Set.of("admin", "charge")),
                    Map.entry("POST /v1/holds", Set.of("admin", "charge")),
                    Map.entry("POST /v1/holds/{hold}/capture", Set.of("admin", "charge")),
                    Map.entry("POST /v1/holds/{hold}/extend", Set.of("admin", "charge")),
                    Map.entry("POST /v1/holds/{hold}/release", Set.of("admin", "charge")),
                    Map.entry("POST /v1/accounts/{account}/grants/{grant}/void", Set.of("admin")),
                    Map.entry("POST /v1/accounts/{account}/status", Set.of("admin")),
                    Map.entry("POST /v1/accounts/{account}/overage", Set.of("admin")),
                    Map.entry("POST /v1/accounts/{account}/adjust", Set.of("admin")),
                    Map.entry("POST /v1/accounts/{account}/receivable/pay", Set.of("admin")),
                    Map.entry("POST /v1/accounts/{account}/plan", Set.of("admin")),
                    Map.entry("GET /v1/top-ups", Set.of("admin", "read")),
                    Map.entry("POST /v1/top-ups/{top_up}/confirm", Set.of("admin")),
                    Map.entry("POST /v1/top-ups/{top_up}/fail", Set.of("admin")),
                    Map.entry("POST /v1/accounts/{account}/limits", Set.of("admin")),
                    Map.entry("POST /v1/accounts/{account}/alerts", Set.of("admin")),
                    Map.entry("POST /v1/accounts/{account}/top-up-rule", Set.of("admin")),
                    Map.entry(
                            "GET /v1/accounts/{account}/entries/{entry}", Set.of("admin", "read")),
                    Map.entry("GET /v1/accounts/{account}/usage", Set.of("admin", "read")),
                    Map.entry("POST /v1/quotes", Set.of("admin", "charge")),
                    Map.entry("GET /v1/load", Set.of("admin", "read")),
                    Map.entry("PUT /v1/load", Set.of("admin")),
                    Map.entry("PUT /v1/accounts/{account}/commitment", Set.of("admin")),
                    Map.entry("GET /v1/price-book", Set.of("admin", "read")),
                    Map.entry("GET /v1/price-books", Set.of("admin")),
                    Map.entry("POST /v1/price-books", Set.of("admin")),
                    Map.entry("GET /v1/price-books/{version}", Set.of("admin")),
                    Map.entry("GET /v1/margins", Set.of("admin")),
                    Map.entry("GET /v1/api-keys", Set.of("admin")),
                    Map.entry("POST /v1/api-keys", Set.of("admin")),
                    Map.entry("DELETE /v1/api-keys/{key}", Set.of("admin")),
                    Map.entry("GET /metrics", Set.of("admin")),
                    Map.entry("GET /openapi.yaml", Set.of("admin", "charge", "read")));

    @Test
    void eachRoleMayUseItsRoutesAndNoOthers(@TempDir Path folder) {
        try (var server = new TestServer(folder)) {
            var checked = new HashSet<String>();
            for (var role : new String[] {"admin", "charge", "read"}) {
                var key = server.key("live", role);
                for (var route : server.server().routes()) {
                    var allowed = MATRIX.get(route.toString());
                    if (allowed == null) {
                        continue;
                    }
                    var path =
                            route.template()
                                    .replace("{account}", "a")
                                    .replace("{entry}", "e")
                                    .replace("{hold}", "h")
                                    .replace("{top_up}", "t")
                                    .replace("{lease}", "l")
                                    .replace("{backfill}", "b")
                                    .replace("{operation}", "o")
                                    .replace("{grant}", "g")
                                    .replace("{charge}", "c")
                                    .replace("{version}", "v")
                                    .replace("{key}", "k");
                    var answer = server.send(route, path, key, "{}");
                    if (allowed.contains(role)) {
                        assertThat(answer.status()).as(role + " " + route).isNotEqualTo(403);
                    } else {
                        assertThat(answer.refuses(403, "missing_scope").text("/detail"))
                                .contains("the role " + role)
                                .contains("admin");
                    }
                    checked.add(route.toString());
                }
            }
            assertThat(checked).isEqualTo(MATRIX.keySet());
        }
    }
}
