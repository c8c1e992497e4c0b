package dev.scrip.pricingfile;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/// A group of fields. It remembers which names were asked for; [#refuseOthers] then refuses the
/// rest, so the code that reads a section is its list of allowed fields.
final class Section {

    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_.:/-]{1,80}");

    private final Problems problems;
    private final String path;
    private final int line;
    private final Map<String, Field> fields = new LinkedHashMap<>();
    private final TreeSet<String> asked = new TreeSet<>();

    Section(Problems problems, String path, int line, MappingNode node) {
        this.problems = problems;
        this.path = path;
        this.line = line;
        for (var tuple : node.getValue()) {
            var keyLine = YamlText.line(tuple.getKeyNode());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problems.add(keyLine, path, "a field name is a list or a group", "a plain name");
                continue;
            }
            var name = key.getValue();
            var field = new Field(problems, pathOf(name), name, keyLine, tuple.getValueNode());
            var earlier = fields.putIfAbsent(name, field);
            if (earlier != null) {
                field.problem("is there twice, first in line " + earlier.line(), "it once");
            }
        }
    }

    @Nullable Field field(String name) {
        asked.add(name);
        return fields.get(name);
    }

    /// Every field, for sections whose names are chosen by the author, such as `operations`.
    List<Field> all() {
        asked.addAll(fields.keySet());
        return List.copyOf(fields.values());
    }

    @Nullable BigDecimal figure(String name, Figure kind) {
        var field = field(name);
        return field == null ? null : field.figure(kind);
    }

    BigDecimal figureOr(String name, Figure kind, BigDecimal otherwise) {
        var value = figure(name, kind);
        return value == null ? otherwise : value;
    }

    @Nullable BigDecimal neededFigure(String name, Figure kind) {
        return needed(name, kind.expected()) ? figure(name, kind) : null;
    }

    @Nullable String text(String name, String expected) {
        var field = field(name);
        return field == null ? null : field.text(expected);
    }

    @Nullable String neededText(String name, String expected) {
        return needed(name, expected) ? text(name, expected) : null;
    }

    @Nullable Section section(String name, String expected) {
        var field = field(name);
        return field == null ? null : field.section(expected);
    }

    boolean has(String name) {
        return fields.containsKey(name);
    }

    /// Notes a problem when a field is missing.
    boolean needed(String name, String expected) {
        asked.add(name);
        if (!has(name)) {
            problems.add(line, pathOf(name), "is missing", expected);
        }
        return has(name);
    }

    void problem(String problem, String expected) {
        problems.add(line, path, problem, expected);
    }

    void refuseOthers() {
        for (var field : fields.values()) {
            if (!asked.contains(field.name())) {
                var meant = Wording.nearest(field.name(), asked);
                field.problem(
                        "is not a known field"
                                + (meant == null ? "" : ". Did you mean " + meant + "?"),
                        "one of " + String.join(", ", asked));
            }
        }
    }

    private String pathOf(String name) {
        var shown = PLAIN_NAME.matcher(name).matches() ? name : Wording.quote(name);
        return path.isEmpty() ? shown : path + "." + shown;
    }
}
