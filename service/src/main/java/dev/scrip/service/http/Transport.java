package dev.scrip.service.http;

import io.helidon.http.DirectHandler;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;

/// The HTTP server: one virtual thread a connection, plain blocking handlers.
public final class Transport implements AutoCloseable {

    static final int REQUEST_LINE_BYTES_MAX = 8_192;
    static final int HEADER_BYTES_MAX = 16_384;

    private static final Duration READ_WITHIN = Duration.ofSeconds(30);
    private static final Duration IDLE_MAX = Duration.ofMinutes(2);
    private static final Duration DRAIN_WITHIN = Duration.ofSeconds(10);

    /// Held, since a logger that nobody holds forgets its level.
    private static final Logger SERVER_LOG = Logger.getLogger("io.helidon");

    static {
        // It announces itself at every start; what matters to people is said by who starts us.
        if (SERVER_LOG.getLevel() == null) {
            SERVER_LOG.setLevel(Level.WARNING);
        }
    }

    private final WebServer server;
    private final int port;

    private Transport(WebServer server) {
        this.server = server;
        this.port = server.port();
    }

    /// Opens the port and serves.
    ///
    /// @param port 0 to take any that is free
    /// @param handler answers every request, as [Router] does
    /// @throws IllegalStateException if the port cannot be had
    public static Transport start(String host, int port, int bodyBytesMax, Handler handler) {
        requireFree(host, port);
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
                        .routing(routing -> routing.any(handler))
                        .build()
                        .start();
        if (!server.isRunning()) {
            throw new IllegalStateException("Cannot listen on " + host + ":" + port + ".");
        }
        return new Transport(server);
    }

    // The server itself would log a port that it cannot have, and go on without it.
    private static void requireFree(String host, int port) {
        try (var probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(host, port));
        } catch (IOException e) {
            throw new IllegalStateException(
                    "Cannot listen on "
                            + host
                            + ":"
                            + port
                            + " ("
                            + e.getMessage()
                            + "). Maybe another process does, or the address is not this"
                            + " machine's.",
                    e);
        }
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
