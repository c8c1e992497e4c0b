package dev.scrip.service.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.scrip.ledger.Partition;
import dev.scrip.service.access.Scope;
import dev.scrip.service.http.JsonWriter;
import dev.scrip.service.http.Problem;
import dev.scrip.service.http.ProblemException;
import dev.scrip.service.http.ProblemType;
import dev.scrip.service.http.Request;
import dev.scrip.service.http.Response;
import dev.scrip.service.http.Route;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// How the process itself is: probes, metrics, and the description of the API.
public final class ProcessRoutes {

    private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final Duration LAG_MAX = Duration.ofSeconds(2);

    private final Partition partition;
    private final ServiceMeters meters;
    private final String openApi;

    ProcessRoutes(Partition partition, ServiceMeters meters) {
        this.partition = partition;
        this.meters = meters;
        this.openApi = resource("/dev/scrip/service/openapi.yaml");
    }

    List<Route> routes() {
        var routes = new ArrayList<>(ownRoutes());
        routes.add(Route.get("/openapi.yaml", Scope.ANY_KEY, this::openApi));
        return routes;
    }

    /// Those that ask about this process and no other.
    List<Route> ownRoutes() {
        return List.of(
                Route.get("/health/live", Scope.OPEN, this::live),
                Route.get("/health/started", Scope.OPEN, this::started),
                Route.get("/health/ready", Scope.OPEN, this::ready),
                Route.get("/metrics", Scope.ADMIN, this::metrics));
    }

    /// Only a restart helps a ledger that stopped for good.
    private Response live(Request request) {
        if (partition.stopped()) {
            throw down();
        }
        return up();
    }

    /// The port opens when everything is recovered.
    private Response started(Request request) {
        return up();
    }

    private static ProblemException down() {
        return Problem.of(
                        ProblemType.UNAVAILABLE,
                        "The ledger does not serve at the moment; the log says why.")
                .with(HeaderValues.create(HeaderNames.RETRY_AFTER, "1"))
                .toException();
    }

    /// A standby is ready as long as it knows what the writer knows: it passes requests on, and may
    /// have to take over at any moment.
    private Response ready(Request request) {
        if (partition.standing().follows()
                ? partition.stopped() || partition.standing().followedAgo().compareTo(LAG_MAX) > 0
                : partition.unavailable() != null) {
            throw down();
        }
        return up();
    }

    private Response up() {
        var json = new JsonWriter(64);
        json.beginObject()
                .field("status", "up")
                .field("role", partition.standing().follows() ? "standby" : "writer")
                .endObject();
        return Response.ok(json);
    }

    private Response metrics(Request request) {
        return Response.text(Status.OK_200, METRICS_TYPE, meters.scrape());
    }

    private Response openApi(Request request) {
        return Response.text(Status.OK_200, "application/yaml; charset=utf-8", openApi);
    }

    private static String resource(String name) {
        try (var stream = ProcessRoutes.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("The resource " + name + " is missing.");
            }
            return new String(stream.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
