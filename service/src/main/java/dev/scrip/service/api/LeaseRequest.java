package dev.scrip.service.api;

import dev.scrip.ledger.Fingerprint;
import dev.scrip.pricing.Credits;
import dev.scrip.service.http.Fields;
import dev.scrip.service.http.JsonReader;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The body that lends credits.
///
/// @param apiKey which of the customer's keys they are lent to
record LeaseRequest(String account, Credits credits, Duration expiresIn, @Nullable String apiKey) {

    private static final Fields FIELDS = Fields.of("account", "credits", "expires_in", "api_key");

    static LeaseRequest read(JsonReader json) {
        String account = null;
        Credits credits = null;
        Duration expiresIn = null;
        String apiKey = null;
        var body = json.object(FIELDS);
        for (var name = body.next(); name != null; name = body.next()) {
            switch (name) {
                case "account" -> account = json.text();
                case "credits" -> credits = HoldRequest.readCredits(json);
                case "expires_in" -> expiresIn = HoldRequest.readSeconds(json);
                case "api_key" -> apiKey = json.text();
                default -> throw new IllegalStateException("unread field " + name);
            }
        }
        json.end();
        return new LeaseRequest(
                body.require("account", account),
                body.require("credits", credits),
                body.require("expires_in", expiresIn),
                apiKey);
    }

    Fingerprint fingerprint() {
        return new CanonicalText("POST /v1/leases")
                .add("account", account)
                .add("credits", credits.toString())
                .add("expires_in", expiresIn.toString())
                .add("api_key", apiKey)
                .fingerprint();
    }
}
