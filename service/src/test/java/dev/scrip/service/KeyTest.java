package dev.scrip.service;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeyTest {

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
    void theFirstStartMakesAnAdminKeyForEachWorkspaceAndALaterOneNone(@TempDir Path other) {
        try (var fresh = new TestServer(other)) {
            assertThat(fresh.server().newAdminKeys())
                    .extracting(ScripServer.NewAdminKey::workspace)
                    .containsExactly("live", "test");
            assertThat(fresh.admin("live")).startsWith("sk_live_");
            fresh.restart();
            assertThat(fresh.server().newAdminKeys()).isEmpty();
            var _ = fresh.get("/v1/price-book", fresh.admin("live")).is(200);
        }
    }

    @Test
    void anIssuedKeyWorksAndIsListedWithoutItsSecret() {
        var issued = server.post("/v1/api-keys", server.admin(), "{\"role\":\"read\"}").is(201);
        var secret = issued.text("/secret");

        assertThat(secret).startsWith("sk_live_" + issued.text("/id") + "_");
        var _ = server.get("/v1/price-book", secret).is(200);
        assertThat(server.get("/v1/api-keys", server.admin()).is(200).body())
                .contains(issued.text("/id"))
                .doesNotContain(secret.substring(secret.lastIndexOf('_') + 1));
    }

    @Test
    void aRetryGetsTheSameKeyAndAnotherRoleIsRefused() {
        var body = "{\"role\":\"charge\"}";
        var first = server.post("/v1/api-keys", server.admin(), "issue", body).is(201);
        var again = server.post("/v1/api-keys", server.admin(), "issue", body).is(201);

        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        var _ =
                server.post("/v1/api-keys", server.admin(), "issue", "{\"role\":\"admin\"}")
                        .refuses(422, "idempotency_key_reused");
        var _ =
                server.post("/v1/api-keys", server.admin("test"), "issue", "{\"role\":\"admin\"}")
                        .is(201);
    }

    @Test
    void aRevokedKeyIsOutOfUseAtOnceAndAfterARestart(@TempDir Path other) {
        try (var fresh = new TestServer(other)) {
            var issued = fresh.post("/v1/api-keys", fresh.admin(), "{\"role\":\"read\"}").is(201);
            var secret = issued.text("/secret");
            var path = "/v1/api-keys/" + issued.text("/id");
            var _ = fresh.get("/v1/price-book", secret).is(200);

            var _ = fresh.delete(path, fresh.admin("test")).refuses(404, "unknown_key");
            var _ = fresh.get("/v1/price-book", secret).is(200);
            assertThat(fresh.delete(path, fresh.admin()).status()).isEqualTo(204);

            var _ = fresh.get("/v1/price-book", secret).refuses(401, "unauthorized");
            var _ = fresh.delete(path, fresh.admin()).refuses(404, "unknown_key");
            fresh.restart();
            var _ = fresh.get("/v1/price-book", secret).refuses(401, "unauthorized");
        }
    }

    @Test
    void anUnknownRoleIsRefused() {
        var _ =
                server.post("/v1/api-keys", server.admin(), "{\"role\":\"root\"}")
                        .refuses(400, "invalid_value", "/role");
        var _ =
                server.post("/v1/api-keys", server.admin(), "{}")
                        .refuses(400, "missing_field", "/role");
    }

    @Test
    void noSecretIsInAnyFile() throws IOException {
        var secrets =
                List.of(server.admin("live"), server.admin("test"), server.key("live", "read"));
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var content = Files.readString(file, ISO_8859_1);
                for (var secret : secrets) {
                    assertThat(content)
                            .as(file.toString())
                            .doesNotContain(secret.substring(secret.lastIndexOf('_') + 1));
                }
            }
        }
    }

    @Test
    void whateverIsWrongWithAKeyTheAnswerIsTheSame() {
        var good = server.admin();
        var first = server.get("/v1/price-book", "x").refuses(401, "unauthorized").text("/detail");
        for (var wrong :
                new String[] {
                    good.substring(0, good.length() - 1),
                    good + "x",
                    good.substring(0, good.length() - 1) + (good.endsWith("A") ? "B" : "A"),
                    good.replace("sk_live", "sk_test"),
                    good.replace("sk_live_", "sk_"),
                    "sk_live__" + "x".repeat(49),
                    "sk_".repeat(40),
                    "",
                }) {
            assertThat(
                            server.get("/v1/price-book", wrong)
                                    .refuses(401, "unauthorized")
                                    .text("/detail"))
                    .isEqualTo(first);
        }
        var basic =
                server.request("/v1/price-book").header("Authorization", "Basic " + good).build();
        var _ = server.send(basic).refuses(401, "unauthorized");
    }

    @Test
    void theSchemeIsReadInAnyCase() {
        var lower =
                server.request("/v1/price-book")
                        .header("Authorization", "bearer " + server.admin())
                        .build();
        var _ = server.send(lower).is(200);
    }
}
