package dev.scrip.cli.demo;

import dev.scrip.client.ClientSettings;
import dev.scrip.client.ScripClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The server of the demonstration, which may be killed and started again on the same data and
/// port, with the client that calls it.
public final class DemoServer implements AutoCloseable {

    private static final String WORKSPACE = "live";
    private static final int PORT_LIKED = 8080;
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final Path data;
    private final Path pricing;
    private final String adminKey;
    private final int callsAtOnceMax;
    private ServerProcess process;
    private ScripClient client;

    /// Starts it and waits until it serves.
    ///
    /// @param data a directory to come
    /// @param port null for the usual one, or any that is free when that is taken
    /// @throws IllegalStateException if it does not start
    public DemoServer(Path data, Path pricing, @Nullable Integer port, int callsAtOnceMax) {
        this.data = data;
        this.pricing = pricing;
        this.callsAtOnceMax = callsAtOnceMax;
        process = ServerProcess.start(data, pricing, WORKSPACE, port == null ? portLiked() : port);
        var key = process.adminKey();
        if (key == null) {
            throw new IllegalStateException("The first start showed no admin key.");
        }
        adminKey = key;
        client = connect(process, key);
    }

    private static int portLiked() {
        try (var _ = new ServerSocket(PORT_LIKED, 1, InetAddress.getLoopbackAddress())) {
            return PORT_LIKED;
        } catch (IOException _) {
            return 0;
        }
    }

    private ScripClient connect(ServerProcess process, String adminKey) {
        return new ScripClient(
                ClientSettings.of(process.address(), adminKey)
                        .withDeadline(DEADLINE)
                        .withConcurrentCallsMax(callsAtOnceMax));
    }

    /// Ends it without a warning, as a power cut would, and starts it again.
    ///
    /// @throws IllegalStateException if it does not start
    public void killAndRestart() throws InterruptedException {
        process.kill();
        var restarted = ServerProcess.start(data, pricing, WORKSPACE, process.address().getPort());
        synchronized (this) {
            client.close();
            process = restarted;
            client = connect(restarted, adminKey);
        }
    }

    public synchronized ScripClient client() {
        return client;
    }

    public synchronized URI address() {
        return process.address();
    }

    public String adminKey() {
        return adminKey;
    }

    /// How long the last start took.
    public synchronized Duration startUp() {
        return process.startUp();
    }

    public synchronized long pid() {
        return process.pid();
    }

    /// A charge to be sent as any HTTP client would.
    public RawCall rawCharge(String idempotencyKey, String body) {
        return new RawCall(address(), adminKey, idempotencyKey, body);
    }

    /// Waits until somebody stops it, by Ctrl-C usually.
    public void await() throws InterruptedException {
        process.await();
    }

    /// Stops it. Does nothing the second time.
    @Override
    public synchronized void close() {
        client.close();
        process.close();
    }
}
