package dev.scrip.service.api;

import dev.scrip.ledger.Fingerprint;
import dev.scrip.service.http.Fields;
import dev.scrip.service.http.JsonReader;
import dev.scrip.service.http.Nearest;
import dev.scrip.service.http.ProblemType;
import dev.scrip.service.http.Quoted;
import java.time.ZoneId;

/// The body that opens an account.
///
/// @param zone in which its months are counted; UTC when not given
record OpenRequest(String account, String plan, ZoneId zone) {

    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final Fields FIELDS = Fields.of("account", "plan", "zone");

    static OpenRequest read(JsonReader json) {
        String account = null;
        String plan = null;
        ZoneId zone = UTC;
        var body = json.object(FIELDS);
        for (var name = body.next(); name != null; name = body.next()) {
            switch (name) {
                case "account" -> account = json.text();
                case "plan" -> plan = json.text();
                case "zone" -> zone = readZone(json);
                default -> throw new IllegalStateException("unread field " + name);
            }
        }
        json.end();
        return new OpenRequest(body.require("account", account), body.require("plan", plan), zone);
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
                .add("zone", zone.getId())
                .fingerprint();
    }
}
