package dev.scrip.client;

import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/// Records to JSON and back. Members that a newer server adds are passed over.
final class Wire {

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .changeDefaultPropertyInclusion(
                            inclusion -> inclusion.withValueInclusion(Include.NON_EMPTY))
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                    .addModule(new SimpleModule().addSerializer(Instant.class, new Microseconds()))
                    .build();

    /// The server refuses what its ledger could not keep, and the clocks of a Java program tell
    /// nanoseconds.
    private static final class Microseconds extends StdSerializer<Instant> {

        Microseconds() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant instant, JsonGenerator json, SerializationContext context) {
            json.writeString(instant.truncatedTo(ChronoUnit.MICROS).toString());
        }
    }

    private Wire() {}

    static byte[] bytes(Object body) {
        return JSON.writeValueAsBytes(body);
    }

    /// Null for the JSON null.
    ///
    /// @throws JacksonException if the body is not such a record
    static <T> @Nullable T read(byte[] body, Class<T> type) {
        return JSON.readValue(body, type);
    }

    /// Reads problem details; what is no problem document, such as a proxy's page, becomes one.
    static Problem problem(int status, byte[] body) {
        var members = members(body);
        if (members == null) {
            return new Problem(
                    status,
                    "http_" + status,
                    "HTTP status " + status,
                    "The answer was not one of Scrip's. Maybe the address is another server's.",
                    status >= 500,
                    null,
                    null,
                    null,
                    List.of());
        }
        return new Problem(
                status,
                members.path("code").asString("http_" + status),
                members.path("title").asString("HTTP status " + status),
                members.path("detail").asString(""),
                members.path("retryable").asBoolean(false),
                decimal(members.path("credits_required")),
                decimal(members.path("credits_remaining")),
                instant(members.path("credits_reset_at")),
                actions(members.path("actions")));
    }

    private static @Nullable JsonNode members(byte[] body) {
        try {
            var read = JSON.readTree(body);
            return read.isObject() ? read : null;
        } catch (JacksonException _) {
            return null;
        }
    }

    private static @Nullable BigDecimal decimal(JsonNode node) {
        return node.isNumber() ? node.decimalValue() : null;
    }

    private static @Nullable Instant instant(JsonNode node) {
        try {
            return node.isString() ? Instant.parse(node.stringValue()) : null;
        } catch (DateTimeParseException _) {
            return null;
        }
    }

    private static List<Problem.Action> actions(JsonNode node) {
        var actions = new ArrayList<Problem.Action>();
        for (var action : node) {
            actions.add(
                    new Problem.Action(
                            action.path("rel").asString(""), action.path("href").asString("")));
        }
        return actions;
    }
}
