package dev.scrip.service.http;

import io.helidon.http.DirectHandler;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http1.Http1Config;
import java.time.Duration;

/// The HTTP server: one virtual thread a connection, plain blocking handlers.
public final class Transport implements AutoCloseable {

    static final int REQUEST_LINE_BYTES_MAX = 8_192;
    static final int HEADER_BYTES_MAX = 16_384;

    private static final Duration READ_WITHIN = Duration.ofSeconds(30);
    private static final Duration IDLE_MAX = Duration.ofMinutes(2);
    private static final Duration DRAIN_WITHIN = Duration.ofSeconds(10);

    private final WebServer server;
    private final int port;

    private Transport(WebServer server) {
        this.server = server;
        this.port = server.port();
    }

    /// Opens the port and serves.
    ///
    /// @param port 0 to take any that is free
    /// @throws IllegalStateException if the port cannot be had
    public static Transport start(String host, int port, int bodyBytesMax, Router router) {
        var server =
                WebServer.builder()
                        .host(host)
                        .port(port)
                        .shutdownHook(false)
                        .shutdownGracePeriod(DRAIN_WITHIN)
                        .maxPayloadSize(bodyBytesMax)
                        .idleConnectionTimeout(IDLE_MAX)
                        .connectionOptions(
                                socket -> socket.readTimeout(READ_WITHIN).tcpNoDelay(true))
                        .addProtocol(
                                Http1Config.builder()
                                        .maxPrologueLength(REQUEST_LINE_BYTES_MAX)
                                        .maxHeadersSize(HEADER_BYTES_MAX)
                                        // What we send is ours or was checked when it came in.
                                        .validateResponseHeaders(false)
                                        .build())
                        .directHandlers(problems(new TransportProblems(bodyBytesMax)))
                        .routing(routing -> routing.any(router))
                        .build()
                        .start();
        // A port that cannot be had is only logged by the server.
        if (!server.isRunning()) {
            throw new IllegalStateException(
                    "Cannot listen on "
                            + host
                            + ":"
                            + port
                            + ". Maybe another process does, or the address is not this machine's.");
        }
        return new Transport(server);
    }

    private static DirectHandlers problems(TransportProblems handler) {
        var handlers = DirectHandlers.builder();
        for (var type : DirectHandler.EventType.values()) {
            handlers.addHandler(type, handler);
        }
        return handlers.build();
    }

    public int port() {
        return port;
    }

    /// Takes no more requests and lets those under way finish.
    @Override
    public void close() {
        server.stop();
    }
}
