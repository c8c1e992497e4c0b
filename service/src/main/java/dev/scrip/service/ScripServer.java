package dev.scrip.service;

import dev.scrip.pricing.DesignWarning;
import dev.scrip.service.http.Route;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A running server. It prints nothing: what people should see is here to be asked for.
public final class ScripServer implements AutoCloseable {

    private final Wiring wiring;
    private final String host;

    private ScripServer(Wiring wiring, String host) {
        this.wiring = wiring;
        this.host = host;
    }

    /// An admin key that was made because its workspace had none.
    ///
    /// @param secret the whole key; shown now or never, since only its hash is kept
    public record NewAdminKey(String workspace, String secret) {}

    /// Recovers what was kept, opens the port and serves.
    ///
    /// @throws StartException if it cannot
    public static ScripServer start(ServeOptions options) {
        return start(options, InstantSource.system());
    }

    /// As [#start(ServeOptions)] with another clock, for tests and simulation.
    ///
    /// @throws StartException if it cannot
    public static ScripServer start(ServeOptions options, InstantSource clock) {
        return new ScripServer(Wiring.start(options, clock), options.host());
    }

    public int port() {
        return wiring.port();
    }

    /// Where it is reached, such as `http://127.0.0.1:8080`.
    public String url() {
        return url(host, port());
    }

    static String url(String host, int port) {
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /// Whether another server writes the journal, so that this one stands by and published nothing.
    public boolean isStandby() {
        return wiring.isStandby();
    }

    /// Where the writer is that a standby passes requests on to; null when there is none yet.
    public @Nullable String writerUrl() {
        return wiring.writerUrl();
    }

    /// The version of the price book in force, such as `pb_3`. Of the writer only.
    public String priceBookVersion() {
        return wiring.priceBookVersion();
    }

    /// What the owner of the pricing file should know of the table that this start published.
    public List<DesignWarning> pricingWarnings() {
        return wiring.atStart().warnings();
    }

    /// Why this start did not publish the pricing file, though it says something else than the last
    /// version; null when it did or there was nothing new.
    public @Nullable String pricingNotPublished() {
        return wiring.atStart().notPublished();
    }

    /// Keys made at this start, to be shown once.
    public List<NewAdminKey> newAdminKeys() {
        return wiring.newAdminKeys();
    }

    /// Everything that is served.
    List<Route> routes() {
        return wiring.routes();
    }

    /// Takes no more requests, lets those under way finish, and closes the store.
    @Override
    public void close() {
        wiring.close();
    }
}
