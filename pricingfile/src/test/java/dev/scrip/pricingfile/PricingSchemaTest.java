package dev.scrip.pricingfile;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// The schema for editors knows the fields that the reader knows, and no others.
class PricingSchemaTest {

    private static final Path HOME = Path.of(System.getProperty("scrip.home", ".."));
    private static final String TYPO = "mistyped";
    private static final YAMLMapper YAML =
            YAMLMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                    .build();

    /// What the reader says of a field it does not know: where, and what it knows there.
    private static final Pattern UNKNOWN =
            Pattern.compile(
                    "[^:]+:\\d+: (?:(.*)\\.)?"
                            + TYPO
                            + ": is not a known field.*expected one of (.*)");

    /// Every section there is, each with enough fields to be valid.
    private static final String SAMPLE =
            """
            format: scrip-pricing/1
            currency: USD
            cost_rates: {compute_per_second: 0.001, third_party: {token: 0.00001}}
            third_party_prices: {file: none.csv, models: {gpt: gpt}, units: {word: usd}}
            credit_price: {target_margin: 0.7}
            usage: {operation: op, third_party: {token: tokens}}
            bill: {services: {GPU: compute}}
            operations:
              page:
                unit_cost: 0.01
                use: {compute_ms: 1, third_party: {token: 1}}
                unit: {name: page}
                competitors: [{name: Acme, credits: 4}]
                variants: {cached: {multiplier: 0.5, reason: cached}}
              chat:
                measured:
                  log: none.csv
                  use: {compute_ms: 2}
                  bands: {by: tokens, up_to: {s: 10}}
            plans:
              free: {monthly_fee: 0, included_credits: 10, rollover: {share: 0.5}}
            adjustments:
              night: {off_peak: {zone: UTC, from: "22:00", to: "06:00", factor: 0.7}}
              busy: {load: {above: 0.9, until: 0.8, factor: 1.5}}
              large: {commitment: [{from: 10, factor: 0.9}]}
              partner: {plans: {free: {factor: 0.9}}}
              kept: {until: 2026-03-27T00:00:00Z, accounts: {live/acme: {factor: 0.9}}}
              spring:
                promotion: {from: 2026-03-20T00:00:00Z, to: 2026-03-27T00:00:00Z, factor: 0.9}
            adjustment_limits: {cost_floor: refuse}
            rules: {max_levels: 15}
            """;

    private final JsonNode document = read(HOME.resolve("docs/pricing.schema.json"));
    private final Schema schema =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(document);

    @TempDir private Path folder = Path.of("");

    /// A section of the sample that takes named fields only.
    ///
    /// @param path as the reader names it
    /// @param itsSchema where its fields are described
    private record Place(String path, ObjectNode section, JsonNode itsSchema) {}

    @Test
    void everyExampleFitsAndNamesTheSchema() throws IOException {
        try (var all = Files.walk(HOME.resolve("examples"))) {
            var files =
                    all.filter(file -> file.getFileName().toString().equals("pricing.yaml"))
                            .toList();
            assertThat(files).hasSizeGreaterThanOrEqualTo(4);
            for (var file : files) {
                assertThat(schema.validate(read(file))).as("%s", file).isEmpty();
                var named =
                        Files.readAllLines(file).stream()
                                .filter(line -> line.startsWith("# yaml-language-server: $schema="))
                                .map(line -> file.resolveSibling(line.split("=", 2)[1]))
                                .toList();
                assertThat(named).as("%s", file).hasSize(1);
                assertThat(named.getFirst().normalize())
                        .isEqualTo(HOME.resolve("docs/pricing.schema.json").normalize());
            }
        }
    }

    @Test
    void theReaderAndTheSchemaKnowTheSameFields() throws IOException {
        var sample = sample();
        assertThat(schema.validate(sample)).isEmpty();
        var places = places(sample);
        places.forEach(place -> place.section().put(TYPO, 1));

        var inSchema = new TreeMap<String, Set<String>>();
        var byReader = new TreeMap<String, Set<String>>();
        var known = knownToTheReader(sample);
        for (var place : places) {
            var title = place.itsSchema().get("description").asString();
            var names = new TreeSet<String>(place.itsSchema().get("properties").propertyNames());
            inSchema.put(title, names);
            byReader.computeIfAbsent(title, _ -> new TreeSet<>())
                    .addAll(requireNonNull(known.get(place.path()), place.path()));
        }
        // An operation is read in two ways, and the way is chosen by the field itself.
        requireNonNull(byReader.get(document.at("/$defs/operation/description").asString()))
                .add("measured");
        assertThat(byReader).isEqualTo(inSchema);
        assertThat(inSchema.keySet()).as("every section is in the sample").isEqualTo(closed());
    }

    @Test
    void aTypoIsRefusedWhereverItIs() {
        int count = places(sample()).size();
        for (int i = 0; i < count; i++) {
            var sample = sample();
            var place = places(sample).get(i);
            place.section().put(TYPO, 1);
            assertThat(schema.validate(sample)).as(place.path()).isNotEmpty();
        }
    }

    @Test
    void everyFieldIsDescribed() {
        var nameless = new ArrayList<String>();
        for (var section : sections()) {
            for (var field : section.get("properties").properties()) {
                if (!resolved(field.getValue()).has("description")) {
                    nameless.add(field.getKey());
                }
            }
        }
        assertThat(nameless).isEmpty();
    }

    private Map<String, Set<String>> knownToTheReader(JsonNode sample) throws IOException {
        var file = folder.resolve("pricing.yaml");
        Files.writeString(file, YAML.writeValueAsString(sample));
        var refused =
                requireNonNull(
                        catchThrowableOfType(
                                PricingFileException.class, () -> PricingFile.read(file)));
        var known = new LinkedHashMap<String, Set<String>>();
        for (var problem : refused.problems()) {
            var matcher = UNKNOWN.matcher(problem);
            if (matcher.matches()) {
                var path = matcher.group(1) == null ? "" : matcher.group(1);
                known.put(path, new TreeSet<>(List.of(matcher.group(2).split(", ", -1))));
            }
        }
        return known;
    }

    private static ObjectNode sample() {
        return (ObjectNode) YAML.readTree(SAMPLE);
    }

    private List<Place> places(ObjectNode sample) {
        var places = new ArrayList<Place>();
        collect("", sample, document, places);
        return places;
    }

    private void collect(String path, JsonNode value, JsonNode its, List<Place> places) {
        var node = forItsKind(value, resolved(its));
        if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                collect(path + "[" + (i + 1) + "]", value.get(i), node.get("items"), places);
            }
        } else if (value instanceof ObjectNode section) {
            if (node.has("properties")) {
                places.add(new Place(path, section, node));
            }
            for (var field : section.properties()) {
                var inner =
                        node.has("properties")
                                ? node.get("properties").get(field.getKey())
                                : node.get("additionalProperties");
                collect(
                        path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
                        field.getValue(),
                        inner,
                        places);
            }
        }
    }

    private JsonNode forItsKind(JsonNode value, JsonNode node) {
        if (value.isContainer() && !node.has("type") && node.has("oneOf")) {
            for (var way : node.get("oneOf")) {
                var kind = resolved(way).path("type").asString("");
                if (kind.equals(value.isArray() ? "array" : "object")) {
                    return resolved(way);
                }
            }
        }
        return node;
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").asString().substring(1)) : node;
    }

    private Set<String> closed() {
        var descriptions = new TreeSet<String>();
        for (var section : sections()) {
            var description = section.get("description").asString();
            assertThat(descriptions.add(description)).as(description).isTrue();
        }
        return descriptions;
    }

    /// All sections of the schema that take named fields only; each has a description of its own.
    private List<JsonNode> sections() {
        var found = new ArrayList<JsonNode>();
        collectSections(document, found);
        return found;
    }

    private static void collectSections(JsonNode node, List<JsonNode> found) {
        if (node.has("properties") && node.path("type").asString("").equals("object")) {
            assertThat(node.get("additionalProperties").asBoolean()).isFalse();
            found.add(node);
        }
        node.forEach(child -> collectSections(child, found));
    }

    private static JsonNode read(Path file) {
        // JSON is YAML.
        return YAML.readTree(file.toFile());
    }
}
