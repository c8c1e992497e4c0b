package dev.scrip.cli.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// A charge as any HTTP client would send it, to show what really comes back.
///
/// @param body JSON
public record RawCall(URI server, String apiKey, String idempotencyKey, String body) {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    public HttpResponse<String> send() throws InterruptedException {
        var request =
                HttpRequest.newBuilder(server.resolve("/v1/charges"))
                        .timeout(TIMEOUT)
                        .header("Authorization", "Bearer " + apiKey)
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", '"' + idempotencyKey + '"')
                        .POST(BodyPublishers.ofString(body))
                        .build();
        try (var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "POST /v1/charges " + body;
    }
}
