package dev.scrip.service.api;

import dev.scrip.ledger.Fingerprint;
import dev.scrip.service.access.ApiKey;
import dev.scrip.service.access.ApiKeys;
import dev.scrip.service.access.Role;
import dev.scrip.service.access.Scope;
import dev.scrip.service.http.Fields;
import dev.scrip.service.http.JsonReader;
import dev.scrip.service.http.JsonWriter;
import dev.scrip.service.http.Problem;
import dev.scrip.service.http.ProblemType;
import dev.scrip.service.http.Quoted;
import dev.scrip.service.http.Request;
import dev.scrip.service.http.Response;
import dev.scrip.service.http.Route;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Issues API keys for the caller's workspace, lists and revokes them.
///
/// A retry finds its key, secret included, as long as the process lives and a thousand newer ones
/// have not come: the secret is stored nowhere, so nothing could repeat it later. After that a
/// retry makes another key.
public final class KeyRoutes {

    private static final Fields FIELDS = Fields.of("role");
    private static final int REMEMBERED_MAX = 1_000;

    private final ApiKeys keys;
    private final Map<Asked, Made> remembered = new LinkedHashMap<>();

    private record Asked(String workspace, String idempotencyKey) {}

    private record Made(Fingerprint fingerprint, ApiKeys.Issued issued) {}

    KeyRoutes(ApiKeys keys) {
        this.keys = keys;
    }

    List<Route> routes() {
        return List.of(
                Route.post("/v1/api-keys", Scope.ADMIN, this::issue),
                Route.get("/v1/api-keys", Scope.ADMIN, this::list),
                Route.delete("/v1/api-keys/{key}", Scope.ADMIN, this::revoke));
    }

    private Response revoke(Request request) {
        var id = request.argument(0);
        if (!keys.revoke(request.caller().workspace(), id)) {
            throw Problem.of(
                            ProblemType.UNKNOWN_KEY,
                            "There is no API key "
                                    + Quoted.of(id)
                                    + ". GET /v1/api-keys lists the keys by their ids.")
                    .toException();
        }
        return Response.noContent();
    }

    private Response issue(Request request) {
        var asked = new Asked(request.caller().workspace(), request.idempotencyKey());
        return issue(asked, readRole(request.json()));
    }

    private synchronized Response issue(Asked asked, Role role) {
        var fingerprint =
                new CanonicalText("POST /v1/api-keys").add("role", role.label()).fingerprint();
        var earlier = remembered.get(asked);
        if (earlier != null) {
            if (!earlier.fingerprint.equals(fingerprint)) {
                throw Problem.of(
                                ProblemType.IDEMPOTENCY_KEY_REUSED,
                                "The Idempotency-Key came before with another role. Use a new key"
                                        + " for a new request.")
                        .toException();
            }
            return issued(earlier.issued).with(HeaderValues.create("Idempotent-Replayed", "true"));
        }
        var made = new Made(fingerprint, keys.issue(asked.workspace, role));
        if (remembered.size() >= REMEMBERED_MAX) {
            remembered.remove(remembered.keySet().iterator().next());
        }
        remembered.put(asked, made);
        return issued(made.issued);
    }

    private static Role readRole(JsonReader json) {
        String role = null;
        var body = json.object(FIELDS);
        for (var name = body.next(); name != null; name = body.next()) {
            role = json.word(Role.labels());
        }
        json.end();
        return Role.of(body.require("role", role));
    }

    private static Response issued(ApiKeys.Issued issued) {
        var json = new JsonWriter();
        json.beginObject();
        write(json, issued.key());
        json.field("secret", issued.secret()).endObject();
        return Response.json(Status.CREATED_201, json);
    }

    private Response list(Request request) {
        var _ = request.query();
        var json = new JsonWriter();
        json.beginObject().field("object", "list").beginArray("data");
        for (var key : keys.of(request.caller().workspace())) {
            json.beginObject();
            write(json, key);
            json.endObject();
        }
        json.endArray().endObject();
        return Response.ok(json);
    }

    private static void write(JsonWriter json, ApiKey key) {
        json.field("id", key.id())
                .field("object", "api_key")
                .field("workspace", key.workspace())
                .field("role", key.role().label())
                .field("created_at", key.createdAt());
    }
}
