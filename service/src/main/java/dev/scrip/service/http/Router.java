package dev.scrip.service.http;

import dev.scrip.ledger.PartitionException;
import dev.scrip.service.access.ApiKeys;
import dev.scrip.service.access.Caller;
import dev.scrip.service.access.Role;
import dev.scrip.service.access.Scope;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpException;
import io.helidon.http.Method;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Leads each request to its route, and refuses what may not get there.
///
/// Refusals come in this order, whatever else is wrong: a key in the URL, no or a wrong key, no
/// such path, no such method, a key without the scope. So nobody learns what is served without a
/// key.
public final class Router implements Handler {

    private static final System.Logger LOG = System.getLogger(Router.class.getName());
    private static final String BEARER = "Bearer ";
    private static final Set<String> SECRET_PARAMETERS =
            Set.of("api_key", "apikey", "key", "token", "access_token", "authorization");

    private final ApiKeys keys;
    private final List<Route> routes;
    private final dev.scrip.service.http.@Nullable Handler elsewhere;
    private final Branch root = new Branch();

    /// Paths without names in braces, the busiest among them: no need to cut them up.
    private final Map<String, Branch> fixed = new HashMap<>();

    /// What is served at one path and below it.
    private static final class Branch {

        final Map<String, Branch> below = new HashMap<>();
        @Nullable Branch any;
        final Map<Method, Route> routes = new HashMap<>();

        /// Whether anyone may come here without a key; all routes of a path agree on it.
        boolean isOpen() {
            return routes.values().iterator().next().scope() == Scope.OPEN;
        }
    }

    private record Found(Branch branch, List<String> arguments) {}

    public Router(ApiKeys keys, List<Route> routes) {
        this(keys, routes, null);
    }

    /// @param elsewhere answers what has no route here, whoever asks; null to refuse it
    public Router(
            ApiKeys keys, List<Route> routes, dev.scrip.service.http.@Nullable Handler elsewhere) {
        this.keys = keys;
        this.elsewhere = elsewhere;
        this.routes = List.copyOf(routes);
        for (var route : routes) {
            add(route);
        }
    }

    public List<Route> routes() {
        return routes;
    }

    private void add(Route route) {
        var branch = root;
        for (var segment : segments(route.template())) {
            if (segment.startsWith("{")) {
                branch.any = branch.any == null ? new Branch() : branch.any;
                branch = branch.any;
            } else {
                branch = branch.below.computeIfAbsent(segment, _ -> new Branch());
            }
        }
        if (branch.routes.put(route.method(), route) != null) {
            throw new IllegalArgumentException("Two routes serve " + route + ".");
        }
        if (route.template().indexOf('{') < 0) {
            fixed.put(route.template(), branch);
        }
    }

    @Override
    public void handle(ServerRequest in, ServerResponse out) {
        var response = answer(in);
        // Few requests have the header, and looking into its tokens takes longer than finding it.
        boolean last =
                in.headers().contains(HeaderNames.CONNECTION)
                        && in.headers().containsToken(HeaderValues.CONNECTION_CLOSE);
        if (in.prologue().method().equals(Method.HEAD)) {
            response.sendHead(out);
        } else {
            response.send(out);
        }
        if (last || response.closes()) {
            // The server says so in a header, but leaves the closing to the client.
            throw new CloseConnectionException("The last answer on this connection was sent.");
        }
    }

    private Response answer(ServerRequest in) {
        try {
            return route(in);
        } catch (ProblemException e) {
            return Problems.response(e.problem(), Problems.requestId());
        } catch (PartitionException e) {
            return Problems.response(Problems.of(e), Problems.requestId());
        } catch (BrokenBodyException e) {
            return Problems.response(e.problem(), Problems.requestId()).closing();
        } catch (RequestException | HttpException | CloseConnectionException e) {
            // The body turned out too large or broken, or never came: the server's own matter.
            throw e;
        } catch (RuntimeException e) {
            var id = Problems.requestId();
            LOG.log(Level.ERROR, "Request " + id + " failed", e);
            return Problems.response(Problems.internal(id), id);
        }
    }

    private Response route(ServerRequest in) {
        var path = path(in.path().rawPath());
        refuseSecrets(path, in.query().rawValue());
        var found = find(path);
        if (found == null && elsewhere != null) {
            return elsewhere.handle(new Request(in, List.of(), null));
        }
        if (found != null && found.branch.isOpen()) {
            var route = routeOf(found.branch, in);
            return route.handler().handle(new Request(in, found.arguments, null));
        }
        var caller = authenticate(in);
        if (found == null) {
            throw Problem.of(
                            ProblemType.NOT_FOUND,
                            "Nothing is served at this path. The paths are in /openapi.yaml.")
                    .toException();
        }
        var route = routeOf(found.branch, in);
        if (!caller.role().covers(route.scope())) {
            throw missingScope(route.scope(), caller);
        }
        return route.handler().handle(new Request(in, found.arguments, caller));
    }

    /// The path of a request whose first line may have the whole URL.
    static String path(String target) {
        if (target.startsWith("/")) {
            return target;
        }
        int host = target.indexOf("://");
        int start = host < 0 ? -1 : target.indexOf('/', host + 3);
        return start < 0 ? target : target.substring(start);
    }

    private static Route routeOf(Branch branch, ServerRequest in) {
        var method = in.prologue().method();
        var route = branch.routes.get(method.equals(Method.HEAD) ? Method.GET : method);
        if (route == null) {
            throw notAllowed(method, branch);
        }
        return route;
    }

    private Caller authenticate(ServerRequest in) {
        var headers = in.headers();
        if (headers.contains(HeaderNames.AUTHORIZATION)) {
            var value = headers.get(HeaderNames.AUTHORIZATION).get();
            if (value.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
                var caller = keys.recognise(value.substring(BEARER.length()));
                if (caller != null) {
                    return caller;
                }
            }
        }
        throw Problem.of(
                        ProblemType.UNAUTHORIZED,
                        "Send a valid API key in the header Authorization: Bearer sk_…")
                .with(HeaderValues.create(HeaderNames.WWW_AUTHENTICATE, "Bearer realm=\"scrip\""))
                .toException();
    }

    private @Nullable Found find(String path) {
        var branch = fixed.get(path);
        if (branch != null) {
            return new Found(branch, List.of());
        }
        branch = root;
        var arguments = new ArrayList<String>(2);
        for (var segment : segments(path)) {
            var next = branch.below.get(segment);
            if (next == null && branch.any != null && !segment.isEmpty()) {
                next = branch.any;
                arguments.add(segment);
            }
            if (next == null) {
                return null;
            }
            branch = next;
        }
        return branch.routes.isEmpty() ? null : new Found(branch, arguments);
    }

    /// The parts between the slashes. A slash at the end makes an empty part, which no route has.
    private static List<String> segments(String path) {
        var segments = new ArrayList<String>();
        int from = 1;
        for (int slash = path.indexOf('/', from); slash >= 0; slash = path.indexOf('/', from)) {
            segments.add(path.substring(from, slash));
            from = slash + 1;
        }
        segments.add(path.substring(Math.min(from, path.length())));
        return segments;
    }

    private static void refuseSecrets(String path, @Nullable String query) {
        if (ApiKeys.isIn(path)) {
            throw secretInUrl();
        }
        if (query == null || query.isEmpty()) {
            return;
        }
        if (ApiKeys.isIn(query)) {
            throw secretInUrl();
        }
        for (var pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            var name = equals < 0 ? pair : pair.substring(0, equals);
            if (SECRET_PARAMETERS.contains(name)) {
                throw secretInUrl();
            }
        }
    }

    private static ProblemException secretInUrl() {
        return Problem.of(
                        ProblemType.KEY_IN_URL,
                        "URLs end up in logs. Send the key in the header Authorization: Bearer"
                                + " sk_…, and replace this one: it must count as leaked.")
                .toException();
    }

    private static ProblemException notAllowed(Method method, Branch branch) {
        var allowed = new TreeSet<String>();
        for (var served : branch.routes.keySet()) {
            allowed.add(served.text());
            if (served.equals(Method.GET)) {
                allowed.add(Method.HEAD.text());
            }
        }
        var list = String.join(", ", allowed);
        return Problem.of(
                        ProblemType.METHOD_NOT_ALLOWED,
                        "The method "
                                + Quoted.cut(method.text())
                                + " is not served here. Methods: "
                                + list
                                + ".")
                .with(HeaderValues.create(HeaderNames.ALLOW, list))
                .toException();
    }

    private static ProblemException missingScope(Scope scope, Caller caller) {
        return Problem.of(
                        ProblemType.MISSING_SCOPE,
                        "A key with the role "
                                + caller.role().label()
                                + " may not do this. Use one with the role "
                                + String.join(" or ", Role.covering(scope))
                                + ".")
                .toException();
    }
}
