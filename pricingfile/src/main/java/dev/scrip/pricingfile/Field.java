package dev.scrip.pricingfile;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// One value of a file, with the path and line to name in an error.
///
/// A reader that finds the wrong thing notes a problem and returns null, so that the rest of the
/// file is still looked at.
///
/// @param name the last step of the path
record Field(Problems problems, String path, String name, int line, Node node) {

    private static final int TEXT_MAX = 500;

    @Nullable BigDecimal figure(Figure kind) {
        var text = scalar(kind.expected());
        if (text == null) {
            return null;
        }
        var value = isPlain() ? Figure.plain(text) : null;
        if (value == null) {
            problem(
                    Wording.quote(text)
                            + (isPlain() ? " is no plain decimal" : " is text, not a figure"),
                    kind.expected());
            return null;
        }
        var problem = kind.problem(value);
        if (problem != null) {
            problem(problem, kind.expected());
            return null;
        }
        return value;
    }

    @Nullable String text(String expected) {
        var text = scalar(expected);
        if (text == null) {
            return null;
        }
        if (text.isBlank() || text.length() > TEXT_MAX || text.chars().anyMatch(Field::isControl)) {
            problem(
                    Wording.quote(text) + " is blank, too long or has control characters",
                    expected + " of at most " + TEXT_MAX + " characters on one line");
            return null;
        }
        return text;
    }

    /// Text as it is, blank or not: for texts this program wrote itself.
    @Nullable String anyText() {
        return node instanceof ScalarNode scalar && !scalar.isPlain()
                ? scalar.getValue()
                : scalar("quoted text");
    }

    /// A figure of any size that is not negative: for texts this program wrote itself.
    @Nullable BigDecimal notNegative() {
        var expected = "a plain decimal that is not negative";
        var text = scalar(expected);
        if (text == null) {
            return null;
        }
        var value = isPlain() ? Figure.plain(text) : null;
        if (value == null || value.signum() < 0) {
            problem(Wording.quote(text) + " is none", expected);
            return null;
        }
        return value;
    }

    /// A day, as `2026-03-01`.
    @Nullable LocalDate date() {
        var expected = "a day such as 2026-03-01";
        var text = text(expected);
        if (text == null) {
            return null;
        }
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            problem(Wording.quote(text) + " is no day", expected);
            return null;
        }
    }

    @Nullable Boolean truth() {
        var text = scalar("true or false");
        if (text == null) {
            return null;
        }
        if (!isPlain() || !(text.equals("true") || text.equals("false"))) {
            problem(Wording.quote(text) + " is neither", "true or false");
            return null;
        }
        return text.equals("true");
    }

    @Nullable Section section(String expected) {
        if (node instanceof MappingNode mapping) {
            return new Section(problems, path, line, mapping);
        }
        problem(what(), expected);
        return null;
    }

    @Nullable List<Field> items(String expected) {
        if (!(node instanceof SequenceNode sequence)) {
            problem(what(), expected);
            return null;
        }
        var items = new ArrayList<Field>();
        for (var item : sequence.getValue()) {
            var index = "[" + (items.size() + 1) + "]";
            items.add(new Field(problems, path + index, index, YamlText.line(item), item));
        }
        return items;
    }

    /// One of some words.
    @Nullable String word(List<String> words) {
        var expected = "one of " + String.join(", ", words);
        var text = text(expected);
        if (text == null || words.contains(text)) {
            return text;
        }
        var meant = Wording.nearest(text, words);
        problem(
                Wording.quote(text)
                        + " is none"
                        + (meant == null ? "" : ". Did you mean " + meant + "?"),
                expected);
        return null;
    }

    boolean isGroup() {
        return node instanceof MappingNode;
    }

    boolean isList() {
        return node instanceof SequenceNode;
    }

    void problem(String problem, String expected) {
        problems.add(line, path, problem, expected);
    }

    /// The text of a scalar, quoted or not, or null with a problem noted.
    private @Nullable String scalar(String expected) {
        if (node instanceof ScalarNode scalar && !isEmpty(scalar)) {
            return scalar.getValue();
        }
        problem(what(), expected);
        return null;
    }

    private boolean isPlain() {
        return node instanceof ScalarNode scalar && scalar.isPlain();
    }

    private static boolean isEmpty(ScalarNode scalar) {
        return scalar.isPlain()
                && (scalar.getValue().isEmpty()
                        || scalar.getValue().equals("~")
                        || scalar.getValue().equals("null"));
    }

    private static boolean isControl(int c) {
        return Character.isISOControl(c) || c == 0x2028 || c == 0x2029;
    }

    private String what() {
        return switch (node) {
            case ScalarNode scalar when isEmpty(scalar) -> "has no value";
            case ScalarNode scalar -> Wording.quote(scalar.getValue()) + " is a single value";
            case SequenceNode _ -> "is a list";
            case MappingNode _ -> "has fields of its own";
            default -> "is not understood";
        };
    }
}
