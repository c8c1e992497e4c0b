package dev.scrip.service.api;

import dev.scrip.ledger.Fingerprint;
import dev.scrip.service.http.Fields;
import dev.scrip.service.http.JsonReader;
import dev.scrip.service.http.Nearest;
import dev.scrip.service.http.Problem;
import dev.scrip.service.http.ProblemType;
import dev.scrip.service.http.Quoted;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// The body that opens an account: on a plan, or drawing on the grants of another account.
///
/// @param plan null for a child
/// @param zone in which its months are counted; UTC when not given
/// @param pool the account to draw on; null for one with a plan
record OpenRequest(
        String account, @Nullable String plan, @Nullable ZoneId zone, @Nullable String pool) {

    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final Fields FIELDS = Fields.of("account", "plan", "zone", "pool");

    static OpenRequest read(JsonReader json) {
        String account = null;
        String plan = null;
        ZoneId zone = null;
        String pool = null;
        var body = json.object(FIELDS);
        for (var name = body.next(); name != null; name = body.next()) {
            switch (name) {
                case "account" -> account = json.text();
                case "plan" -> plan = json.text();
                case "zone" -> zone = readZone(json);
                case "pool" -> pool = json.text();
                default -> throw new IllegalStateException("unread field " + name);
            }
        }
        json.end();
        if (pool == null) {
            plan = body.require("plan", plan);
            zone = zone == null ? UTC : zone;
        } else if (plan != null || zone != null) {
            throw Problem.at(
                            plan == null ? "/zone" : "/plan",
                            ProblemType.CONFLICTING_FIELDS,
                            "An account that draws on a pool has the plan and the zone of that"
                                    + " one. Leave out plan and zone, or pool.")
                    .toException();
        }
        return new OpenRequest(body.require("account", account), plan, zone, pool);
    }

    private static ZoneId readZone(JsonReader json) {
        var text = json.text();
        if (text.equals("UTC") || text.equals("Z")) {
            return UTC;
        }
        if (!ZoneId.getAvailableZoneIds().contains(text)) {
            var nearest = Nearest.to(text, ZoneId.getAvailableZoneIds());
            throw json.problem(
                    ProblemType.UNKNOWN_ZONE,
                    "must be a zone of the IANA database such as Europe/Berlin, but was "
                            + Quoted.of(text)
                            + (nearest == null ? "" : ". Maybe " + nearest + " is meant"));
        }
        return ZoneId.of(text);
    }

    Fingerprint fingerprint() {
        return new CanonicalText("POST /v1/accounts")
                .add("account", account)
                .add("plan", plan)
                .add("zone", zone == null ? null : zone.getId())
                .add("pool", pool)
                .fingerprint();
    }
}
