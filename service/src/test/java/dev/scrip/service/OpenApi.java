package dev.scrip.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// The description of the API, to hold real answers against.
final class OpenApi {

    static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                    .build();

    private static final SchemaRegistry SCHEMAS =
            SchemaRegistry.withDefaultDialect(
                    SpecificationVersion.DRAFT_2020_12,
                    builder ->
                            builder.schemaRegistryConfig(
                                    SchemaRegistryConfig.builder()
                                            .formatAssertionsEnabled(true)
                                            .build()));

    private final JsonNode document;
    private final Map<String, Schema> compiled = new ConcurrentHashMap<>();

    OpenApi() {
        document = new YAMLMapper().readTree(text());
    }

    static String text() {
        try (var stream = OpenApi.class.getResourceAsStream("/dev/scrip/service/openapi.yaml")) {
            return new String(requireNonNull(stream).readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// All operations, such as `GET /v1/margins`.
    SortedSet<String> operations() {
        var operations = new TreeSet<String>();
        for (var path : document.get("paths").properties()) {
            for (var method : path.getValue().propertyNames()) {
                if (!method.equals("parameters")) {
                    operations.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
                }
            }
        }
        return operations;
    }

    List<String> codes() {
        var codes = new ArrayList<String>();
        document.at("/components/schemas/Code/enum").forEach(code -> codes.add(code.asString()));
        return codes;
    }

    String codeTable() {
        return document.at("/components/schemas/Code/description").asString();
    }

    /// The request and response examples with the schemas they must fit.
    List<Example> examples() {
        var found = new ArrayList<Example>();
        collect(document, found);
        return found;
    }

    record Example(JsonNode schema, JsonNode value) {}

    private static void collect(JsonNode node, List<Example> found) {
        if (node.has("schema") && node.has("example") && node.size() == 2) {
            found.add(new Example(node.get("schema"), node.get("example")));
        }
        if (node.has("schema") && node.has("examples")) {
            for (var example : node.get("examples").properties()) {
                found.add(new Example(node.get("schema"), example.getValue().get("value")));
            }
        }
        node.forEach(child -> collect(child, found));
    }

    void check(Example example) {
        assertFits(example.schema(), example.value().toString(), "example " + example.value());
    }

    /// Requires that the answer of an operation is described: its status, type and every member.
    void check(String operation, Exchange exchange) {
        int space = operation.indexOf(' ');
        var method = operation.substring(0, space).toLowerCase(Locale.ROOT);
        var answers =
                document.get("paths")
                        .get(operation.substring(space + 1))
                        .get(method)
                        .get("responses");
        var answer = resolved(answers.path(Integer.toString(exchange.status())));
        assertThat(answer.isMissingNode())
                .as(
                        "%s answers %s, not described: %s",
                        operation, exchange.status(), exchange.body())
                .isFalse();
        if (answer.has("content")) {
            var type = exchange.header("Content-Type").replaceFirst(";.*", "");
            var content = answer.get("content").path(type);
            assertThat(content.isMissingNode())
                    .as("%s answers %s as %s", operation, exchange.status(), type)
                    .isFalse();
            if (type.endsWith("json")) {
                assertFits(content.get("schema"), exchange.body(), exchange.request());
            }
        }
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").asString().substring(1)) : node;
    }

    private void assertFits(JsonNode schema, String body, String what) {
        var errors =
                compiled.computeIfAbsent(schema.toString(), _ -> compile(schema))
                        .validate(JSON.readTree(body));
        assertThat(errors).as("%s: %s", what, body).isEmpty();
    }

    private Schema compile(JsonNode schema) {
        ObjectNode root = JSON.createObjectNode();
        root.putArray("allOf").add(schema);
        root.set("components", document.get("components"));
        return SCHEMAS.getSchema(root);
    }
}
