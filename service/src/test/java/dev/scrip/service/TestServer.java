package dev.scrip.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scrip.service.http.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A real server over a folder, with a clock that the test moves. Whatever it answers is held
/// against the API's description, and no problem may speak of what it is made of.
final class TestServer implements AutoCloseable {

    static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

    private static final Pattern INSIDES =
            Pattern.compile(
                    "(java|dev\\.scrip|helidon|jackson|sqlite)\\.|Exception|\\bat [a-z]+\\.|SQL");
    private static final OpenApi DESCRIPTION = new OpenApi();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    final SettableClock clock = new SettableClock(START);
    final Path folder;
    private final Map<String, String> adminKeys = new HashMap<>();
    private final AtomicInteger sent = new AtomicInteger();
    private ScripServer server;

    TestServer(Path folder) {
        this.folder = folder;
        this.server = start(pricingFile(folder));
    }

    private ScripServer start(@Nullable Path pricing) {
        var started =
                ScripServer.start(
                        ServeOptions.of(folder.resolve("data"))
                                .withPricingFile(pricing)
                                .withAddress("127.0.0.1", 0),
                        clock);
        started.newAdminKeys().forEach(key -> adminKeys.put(key.workspace(), key.secret()));
        return started;
    }

    static Path pricingFile(Path folder) {
        try (var stream = TestServer.class.getResourceAsStream("/dev/scrip/service/pricing.yaml")) {
            var file = folder.resolve("pricing.yaml");
            Files.write(file, requireNonNull(stream).readAllBytes());
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The pricing file with one part of it replaced.
    static Path pricingFile(Path folder, String part, String by) {
        try {
            var file = pricingFile(folder);
            return Files.writeString(file, Files.readString(file).replace(part, by));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ScripServer server() {
        return server;
    }

    /// Stops the process and starts it again on the same folder, without a pricing file.
    void restart() {
        server.close();
        server = start(null);
    }

    void restartWith(Path pricing) {
        server.close();
        server = start(pricing);
    }

    /// The admin key of a workspace.
    String admin(String workspace) {
        return requireNonNull(adminKeys.get(workspace));
    }

    String admin() {
        return admin("live");
    }

    String key(String workspace, String role) {
        return role.equals("admin")
                ? admin(workspace)
                : post("/v1/api-keys", admin(workspace), "{\"role\":\"" + role + "\"}")
                        .is(201)
                        .text("/secret");
    }

    void open(String account, String plan) {
        var _ =
                post(
                                "/v1/accounts",
                                admin(),
                                "{\"account\":\"%s\",\"plan\":\"%s\"}".formatted(account, plan))
                        .is(201);
    }

    Exchange charge(String account, String operation) {
        return post("/v1/charges", admin(), charge(account, operation, ""));
    }

    static String charge(String account, String operation, String more) {
        return "{\"account\":\"%s\",\"operation\":\"%s\"%s}".formatted(account, operation, more);
    }

    Exchange get(String path, String key) {
        return send(request(path).header("Authorization", "Bearer " + key).GET().build());
    }

    Exchange delete(String path, String key) {
        return send(request(path).header("Authorization", "Bearer " + key).DELETE().build());
    }

    /// Whatever a route's method is, with a body where it takes one.
    Exchange send(Route route, String path, String key, String body) {
        return switch (route.method().text()) {
            case "GET" -> get(path, key);
            case "DELETE" -> delete(path, key);
            case "PUT" -> put(path, key, body);
            default -> post(path, key, body);
        };
    }

    /// Puts JSON under a new idempotency key.
    Exchange put(String path, String key, String body) {
        return send(
                request(path)
                        .header("Authorization", "Bearer " + key)
                        .header(
                                "Idempotency-Key",
                                "k" + sent.incrementAndGet() + "-" + server.port())
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString(body))
                        .build());
    }

    /// Posts JSON under a new idempotency key.
    Exchange post(String path, String key, String body) {
        return post(path, key, "k" + sent.incrementAndGet() + "-" + server.port(), body);
    }

    Exchange post(String path, String key, String idempotencyKey, String body) {
        return send(
                request(path)
                        .header("Authorization", "Bearer " + key)
                        .header("Idempotency-Key", idempotencyKey)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build());
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(Duration.ofSeconds(20));
    }

    Exchange send(HttpRequest request) {
        try {
            var response = HTTP.send(request, BodyHandlers.ofString(UTF_8));
            var exchange =
                    new Exchange(
                            request.method() + " " + request.uri().getRawPath(),
                            response.statusCode(),
                            response.headers(),
                            response.body());
            check(request, exchange);
            return exchange;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void check(HttpRequest request, Exchange exchange) {
        if (exchange.status() >= 400) {
            assertThat(INSIDES.matcher(exchange.body()).find())
                    .as("speaks of its insides: %s", exchange.body())
                    .isFalse();
        }
        assertThat(exchange.header("Cache-Control")).isEqualTo("no-store");
        assertThat(exchange.header("X-Content-Type-Options")).isEqualTo("nosniff");
        var operation = operation(request.method(), request.uri().getRawPath());
        if (operation != null && !request.method().equals("HEAD")) {
            DESCRIPTION.check(operation, exchange);
        }
    }

    /// The described operation that serves a path, or null when none does.
    private static @Nullable String operation(String method, String path) {
        for (var operation : DESCRIPTION.operations()) {
            var pattern =
                    operation
                            .substring(operation.indexOf(' ') + 1)
                            .replace(".", "\\.")
                            .replaceAll("\\{\\w+}", "[^/]+");
            if (operation.startsWith(method + " ") && path.matches(pattern)) {
                return operation;
            }
        }
        return null;
    }

    @Override
    public void close() {
        server.close();
    }
}
