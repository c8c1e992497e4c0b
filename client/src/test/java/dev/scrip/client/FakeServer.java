package dev.scrip.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/// A server that answers as it was told, the last answer again and again, and remembers what it was
/// asked.
final class FakeServer implements AutoCloseable {

    private final HttpServer server;
    private final BlockingQueue<Reaction> reactions = new LinkedBlockingQueue<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    /// @param idempotencyKey empty when there was none
    record Asked(String line, String authorization, String idempotencyKey, String body) {}

    interface Reaction {

        void to(HttpExchange exchange) throws IOException;
    }

    FakeServer() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::react);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    List<Asked> asked() {
        return asked;
    }

    FakeServer then(int status, String body, String... headers) {
        return then(exchange -> send(exchange, status, body, headers));
    }

    FakeServer then(Reaction reaction) {
        reactions.add(reaction);
        return this;
    }

    /// Breaks the connection off without an answer.
    FakeServer thenBreakOff() {
        return then(HttpExchange::close);
    }

    private void react(HttpExchange exchange) throws IOException {
        var headers = exchange.getRequestHeaders();
        asked.add(
                new Asked(
                        exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                        String.valueOf(headers.getFirst("Authorization")),
                        headers.getOrDefault("Idempotency-Key", List.of("")).getFirst(),
                        new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
        var next = reactions.size() > 1 ? reactions.poll() : reactions.peek();
        if (next != null) {
            next.to(exchange);
        }
    }

    private static void send(HttpExchange exchange, int status, String body, String... headers)
            throws IOException {
        for (int i = 0; i < headers.length; i += 2) {
            exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
        }
        var bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
