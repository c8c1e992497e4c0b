package dev.scrip.service.api;

import dev.scrip.ledger.Fingerprint;
import dev.scrip.pricing.ResourceUse;
import dev.scrip.service.http.Fields;
import dev.scrip.service.http.JsonReader;
import dev.scrip.service.http.Problem;
import dev.scrip.service.http.ProblemType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// A usage event as CloudEvents 1.0 writes it in JSON: `type` is the operation and `subject` the
/// account. Attributes that other tools add are let through unread.
record EventRequest(
        String id,
        String source,
        String operation,
        String account,
        @Nullable Instant time,
        BigDecimal quantity,
        @Nullable ResourceUse use) {

    private static final Fields DATA_FIELDS = Fields.of("quantity", "use");
    private static final int ID_LENGTH_MAX = 255;
    private static final HexFormat HEX = HexFormat.of();

    static EventRequest read(JsonReader json) {
        String specversion = null;
        String id = null;
        String source = null;
        String type = null;
        String subject = null;
        Instant time = null;
        var data = Data.NONE;
        json.begin();
        for (var name = json.nextName(); name != null; name = json.nextName()) {
            switch (name) {
                case "specversion" -> specversion = json.text();
                case "id" -> id = json.text(ID_LENGTH_MAX);
                case "source" -> source = json.text(ID_LENGTH_MAX);
                case "type" -> type = json.text();
                case "subject" -> subject = json.text();
                case "time" -> time = Times.read(json);
                case "data" -> data = Data.read(json);
                case "data_base64" ->
                        throw json.problem(
                                ProblemType.WRONG_TYPE, "is not read; give data as an object");
                default -> {
                    var _ = json.scalar();
                }
            }
        }
        json.end();
        if (!"1.0".equals(specversion)) {
            throw Problem.at(
                            "/specversion",
                            ProblemType.INVALID_VALUE,
                            "/specversion must be \"1.0\".")
                    .toException();
        }
        return new EventRequest(
                require("id", id),
                require("source", source),
                require("type", type),
                require("subject", subject),
                time,
                data.quantity,
                data.use);
    }

    private static String require(String name, @Nullable String value) {
        if (value == null) {
            throw Problem.at(
                            "/" + name,
                            ProblemType.MISSING_FIELD,
                            "The field /" + name + " is missing.")
                    .toException();
        }
        return value;
    }

    private record Data(BigDecimal quantity, @Nullable ResourceUse use) {

        static final Data NONE = new Data(BigDecimal.ONE, null);

        static Data read(JsonReader json) {
            var quantity = BigDecimal.ONE;
            ResourceUse use = null;
            var body = json.object(DATA_FIELDS, "/data");
            for (var name = body.next(); name != null; name = body.next()) {
                switch (name) {
                    case "quantity" -> quantity = json.number(ChargeRequest.QUANTITY);
                    case "use" -> use = ChargeRequest.readUse(json);
                    default -> throw new IllegalStateException("unread field " + name);
                }
            }
            return new Data(quantity, use);
        }
    }

    /// What identifies the event wherever it comes from.
    String key() {
        var hash = new CanonicalText("event").add("source", source).add("id", id).fingerprint();
        return "event:" + HEX.toHexDigits(hash.high()) + HEX.toHexDigits(hash.low());
    }

    Fingerprint fingerprint() {
        var text =
                new CanonicalText("POST /v1/events")
                        .add("account", account)
                        .add("operation", operation)
                        .add("time", time == null ? null : time.toString())
                        .add("quantity", quantity);
        if (use != null) {
            ChargeRequest.add(text, use);
        }
        return text.fingerprint();
    }
}
