package dev.scrip.client;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// Puts questions to the server and reads its answers.
final class Calls implements AutoCloseable {

    private final ClientSettings settings;
    private final Transport transport;

    Calls(ClientSettings settings) {
        this.settings = settings;
        this.transport = new Transport(settings);
    }

    /// @throws NoAnswerException if the server cannot be asked
    <T> Answer<T> get(String path, Class<T> type) {
        return ask(request(path).GET().build(), type);
    }

    /// Only the status of the answer.
    ///
    /// @throws NoAnswerException if the server cannot be asked
    int status(String path) {
        return transport.send(request(path).GET().build()).statusCode();
    }

    /// @param key null for what changes nothing, or counts once by itself
    /// @throws NoAnswerException if it is not known what became of it
    <T> Answer<T> post(String path, Object body, @Nullable IdempotencyKey key, Class<T> type) {
        var posted =
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(Wire.bytes(body)));
        return ask(key == null ? posted.build() : keyed(posted, key), type);
    }

    /// @param key null for what may be put again and again
    /// @throws NoAnswerException if it is not known what became of it
    <T> Answer<T> put(String path, Object body, @Nullable IdempotencyKey key, Class<T> type) {
        var put =
                request(path)
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofByteArray(Wire.bytes(body)));
        return ask(key == null ? put.build() : keyed(put, key), type);
    }

    /// As [#post] where the path says it all.
    ///
    /// @throws NoAnswerException if it is not known what became of it
    <T> Answer<T> post(String path, IdempotencyKey key, Class<T> type) {
        return ask(keyed(request(path).POST(BodyPublishers.noBody()), key), type);
    }

    private static HttpRequest keyed(HttpRequest.Builder request, IdempotencyKey key) {
        return request.header("Idempotency-Key", '"' + key.value() + '"').build();
    }

    private <T> Answer<T> ask(HttpRequest request, Class<T> type) {
        var response = transport.send(request);
        if (response.statusCode() / 100 != 2) {
            return new Answer.Refused<>(Wire.problem(response.statusCode(), response.body()));
        }
        try {
            var value = Wire.read(response.body(), type);
            if (value != null) {
                return new Answer.Done<>(value, isReplayed(response));
            }
            throw strange(request, response, "null", null);
        } catch (JacksonException e) {
            throw strange(request, response, e.getOriginalMessage(), e);
        }
    }

    private static NoAnswerException strange(
            HttpRequest request,
            HttpResponse<?> response,
            String what,
            @Nullable JacksonException cause) {
        return new NoAnswerException(
                request.method()
                        + " "
                        + request.uri()
                        + " was answered "
                        + response.statusCode()
                        + " with something else than expected: "
                        + what,
                cause);
    }

    private static boolean isReplayed(HttpResponse<?> response) {
        return response.headers().firstValue("Idempotent-Replayed").orElse("").equals("true");
    }

    private HttpRequest.Builder request(String path) {
        var server = settings.server().toString();
        var root = server.endsWith("/") ? server.substring(0, server.length() - 1) : server;
        return HttpRequest.newBuilder(URI.create(root + path))
                .header("Authorization", "Bearer " + settings.apiKey())
                .header("Accept", "application/json, application/problem+json")
                .header("User-Agent", "scrip-java");
    }

    static String accountPath(String account) {
        return "/v1/accounts/" + encoded(account);
    }

    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        transport.close();
    }
}
