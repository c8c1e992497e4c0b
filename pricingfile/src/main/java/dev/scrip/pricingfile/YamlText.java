package dev.scrip.pricingfile;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// Parses YAML into nodes that know their line, within bounds on depth, aliases and size.
///
/// An alias costs nothing to write and may stand for a large part of the document, so aliases of
/// aliases grow without limit when they are followed. Nodes are therefore counted as often as they
/// are reached, before anything is read from them.
final class YamlText {

    static final int BYTES_MAX = 1 << 20;

    private static final int DEPTH_MAX = 16;
    private static final int ALIASES_MAX = 50;
    private static final int NODES_MAX = 100_000;
    private static final Pattern STRING_OR_EXPONENT =
            Pattern.compile(
                    "\"(?:[^\"\\\\]|\\\\.)*+\"|(?<![\\w.])-?\\d{1,13}(?:\\.\\d{1,18})?[eE][+-]?[01]?\\d(?![\\w.])");
    private static final Set<Tag> TAGS =
            Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.MAP, Tag.SEQ);

    private YamlText() {}

    /// The document's mapping.
    ///
    /// @param format what the first key says, such as `scrip-pricing/1`; named in errors
    /// @throws PricingFileException if there is none
    static Section parse(String text, String format, Problems problems) {
        return parse(
                text,
                new Kind(
                        "YAML",
                        "YAML with spaces for indentation, starting with format: " + format,
                        "format: " + format),
                problems);
    }

    /// The fields of a JSON text. Every JSON text is YAML but for tabs between its parts, and
    /// within its strings tabs are not allowed; so both are read by one reader, with the same
    /// errors.
    ///
    /// @param fields what it must have, in words
    static Section parseJson(String text, String fields, Problems problems) {
        return parse(
                withoutExponents(text.replace('\t', ' ')),
                new Kind("JSON", "JSON with the fields " + fields, "the fields " + fields),
                problems);
    }

    /// Figures outside of strings written out.
    private static String withoutExponents(String json) {
        return STRING_OR_EXPONENT
                .matcher(json)
                .replaceAll(found ->
                        Matcher.quoteReplacement(
                                found.group().startsWith("\"")
                                        ? found.group()
                                        : new BigDecimal(found.group()).toPlainString()));
    }

    /// What a text is taken for.
    ///
    /// @param name for "this is not …"
    /// @param expected of the whole text
    /// @param fields expected of its top level
    private record Kind(String name, String expected, String fields) {}

    private static Section parse(String text, Kind kind, Problems problems) {
        var root = root(text, kind, problems);
        problems.throwIfAny();
        if (root instanceof MappingNode mapping) {
            return new Section(problems, "", line(root), mapping);
        }
        problems.add(
                root == null ? 1 : line(root),
                "",
                root == null ? "the file is empty" : "this is not a list of fields",
                kind.fields());
        throw problems.toException();
    }

    static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    private static @Nullable Node root(String text, Kind kind, Problems problems) {
        var settings =
                LoadSettings.builder()
                        .setCodePointLimit(BYTES_MAX)
                        .setMaxAliasesForCollections(ALIASES_MAX)
                        .setAllowDuplicateKeys(true)
                        .setAllowNonScalarKeys(true)
                        .build();
        try {
            if (tooDeep(settings, text, problems)) {
                return null;
            }
            Node root = null;
            for (var document : new Compose(settings).composeAllFromString(text)) {
                if (root != null) {
                    problems.add(line(document), "", "a second document starts", "only one");
                    break;
                }
                root = document;
            }
            if (root != null) {
                checkNodes(root, problems);
            }
            return root;
        } catch (MarkedYamlEngineException e) {
            problems.add(
                    e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1),
                    "",
                    "this is not " + kind.name() + " (" + problem(e) + ")",
                    kind.expected());
        } catch (YamlEngineException e) {
            problems.add("this is not " + kind.name() + " (" + e.getMessage() + ")");
        }
        return null;
    }

    private static String problem(MarkedYamlEngineException e) {
        var problem = e.getProblem().replaceAll("[\\r\\n]+", " ");
        return problem.contains("TAB") || problem.contains("'\\t'")
                ? "a tab is used for indentation"
                : problem;
    }

    /// Looks at the events alone, which takes no recursion, before nodes are built, which does.
    private static boolean tooDeep(LoadSettings settings, String text, Problems problems) {
        int depth = 0;
        int aliases = 0;
        for (var event : new Parse(settings).parseString(text)) {
            switch (event.getEventId()) {
                case MappingStart, SequenceStart -> depth++;
                case MappingEnd, SequenceEnd -> depth--;
                case Alias -> aliases++;
                case Comment, DocumentEnd, DocumentStart, Scalar, StreamEnd, StreamStart -> {}
            }
            if (depth > DEPTH_MAX || aliases > ALIASES_MAX) {
                problems.add(
                        line(event),
                        "",
                        depth > DEPTH_MAX ? "fields are nested too deep" : "too many aliases",
                        "at most " + DEPTH_MAX + " levels and " + ALIASES_MAX + " aliases");
                return true;
            }
        }
        return false;
    }

    private static int line(Event event) {
        return event.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    private static void checkNodes(Node root, Problems problems) {
        var open = new ArrayDeque<Node>();
        open.push(root);
        for (int reached = 0; !open.isEmpty(); reached++) {
            var node = open.pop();
            if (reached > NODES_MAX || node.isRecursive()) {
                problems.add(
                        line(node),
                        "",
                        "aliases multiply the file beyond measure",
                        "at most " + NODES_MAX + " fields");
                return;
            }
            if (!TAGS.contains(node.getTag())) {
                problems.add(
                        line(node), "", "the tag " + node.getTag() + " is not allowed", "no tag");
                return;
            }
            switch (node) {
                case MappingNode mapping ->
                        mapping.getValue()
                                .forEach(tuple -> {
                                    open.push(tuple.getValueNode());
                                    open.push(tuple.getKeyNode());
                                });
                case SequenceNode sequence -> sequence.getValue().forEach(open::push);
                case ScalarNode _ -> {}
                default -> throw new IllegalStateException("An unresolved node: " + node);
            }
        }
    }
}
