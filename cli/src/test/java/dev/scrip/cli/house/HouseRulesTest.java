package dev.scrip.cli.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrip.cli.house.SourceTree.Source;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// How sources are written here, checked over their text. Each message says what to write instead.
///
/// What the compiler, Error Prone or the formatter already refuses is not repeated.
final class HouseRulesTest {

    private static final SourceTree TREE = SourceTree.read();

    private static final int LINES_MAX = 400;

    /// Longer files, and why one of each is better than two.
    private static final Map<String, String> LONG_FILES =
            Map.of(
                    "storage/src/main/java/dev/scrip/storage/FactCodec.java",
                    "the layout of most facts, writing and reading side by side",
                    "ledger/src/main/java/dev/scrip/ledger/Fact.java",
                    "all that can become true, one sealed hierarchy of short records",
                    "service/src/main/java/dev/scrip/service/http/JsonReader.java",
                    "every way a value of a body can be wrong, over one parser");

    // The patterns are written so that they do not match themselves.
    private static final List<LineRule> LINE_RULES =
            List.of(
                    new LineRule(
                            "nothing is left for later in the source",
                            Pattern.compile("\\b(TO[D]O|FIX[M]E|X[X]X)\\b"),
                            _ -> true,
                            Map.of(
                                    "pricingfile/src/main/java/dev/scrip/pricingfile/PricingFileReader.java",
                                    "XX" + "X is the ISO 4217 code for no currency"),
                            "do it now, or open an issue and leave no mark",
                            "// TO" + "DO: round here"),
                    new LineRule(
                            "only the root of a thread catches everything",
                            Pattern.compile("catch \\((final )?(Exception|Throwable)\\b"),
                            Source::isMainJava,
                            Map.of(),
                            "catch what the call can throw, and let the rest stop the work",
                            "} catch (Exception e) {"),
                    new LineRule(
                            "a name says what a thing is",
                            Pattern.compile(
                                    "\\b(class|record|interface|enum)"
                                            + " \\w*(Impl|Utils?|Helper|Manager)\\b"),
                            source -> source.path().endsWith(".java"),
                            Map.of(),
                            "name it after what it does for its caller; see docs/glossary.md",
                            "final class Grant" + "Manager {"),
                    new LineRule(
                            "no path of anybody's machine",
                            Pattern.compile(
                                    "(?<![\\w.])(/home/\\w|/roo[t]\\b|/Users/\\w|/work/\\w)"),
                            source -> !source.path().startsWith("mvnw"),
                            Map.of(),
                            "start from -Dscrip.home, a temporary directory or an argument",
                            "var log = Path.of(\"/ho" + "me/ann/scrip.log\");"),
                    new LineRule(
                            "money and credits are never binary fractions",
                            Pattern.compile("^(?!\\s*(///|//|\\*)).*\\b(double|float)\\b"),
                            source ->
                                    source.isMainJava()
                                            && (source.isIn("pricing") || source.isIn("ledger")),
                            Map.of(),
                            "Credits, Money or BigDecimal with a named rounding",
                            "    double margin = 0.7;"),
                    new LineRule(
                            "tests are mended or deleted",
                            Pattern.compile("@[D]isabled\\b"),
                            source -> source.path().endsWith(".java"),
                            Map.of(),
                            "an assumption that names the missing part, when one is missing",
                            "@Dis" + "abled(\"flaky\")"),
                    new LineRule(
                            "doubles are classes one can read",
                            Pattern.compile("\\b(org\\.mockito|org\\.easymock)\\b"),
                            source -> source.path().endsWith(".java"),
                            Map.of(),
                            "a fake: a small real class, such as InMemoryJournal",
                            "import org.mock" + "ito.Mockito;"));

    static Stream<LineRule> lineRules() {
        return LINE_RULES.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lineRules")
    void everyLineObeys(LineRule rule) {
        assertThat(rule.breaches(TREE.sources())).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lineRules")
    void aBreachIsSeen(LineRule rule) {
        var planted = new Source("pricing/src/main/java/Planted.java", "ok\n" + rule.breach());

        assertThat(rule.breaches(List.of(planted)))
                .singleElement()
                .asString()
                .startsWith("pricing/src/main/java/Planted.java:2: ")
                .endsWith(rule.instead());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lineRules")
    void everyExceptionIsStillNeeded(LineRule rule) {
        assertThat(rule.idleExceptions(TREE.sources())).isEmpty();
    }

    @Test
    void aLongFileHasAReason() {
        var longFiles =
                TREE.sources().stream()
                        .filter(source -> source.path().endsWith(".java"))
                        .filter(source -> source.lines().size() > LINES_MAX)
                        .map(Source::path)
                        .toList();

        assertThat(longFiles)
                .as("files over %d lines: split them, or say why not in LONG_FILES", LINES_MAX)
                .containsExactlyInAnyOrderElementsOf(LONG_FILES.keySet());
    }

    @Test
    void everyRoomSaysWhatItIs() {
        var mute =
                TREE.rooms().stream()
                        .filter(room -> !TREE.has(room + "/README.md") && !hasPackageDoc(room))
                        .toList();

        assertThat(mute).as("rooms with neither a README.md nor a documented package").isEmpty();
    }

    private static boolean hasPackageDoc(String room) {
        return TREE.under(room + "/src").stream()
                .filter(source -> source.path().endsWith("-info.java"))
                .anyMatch(source -> source.text().startsWith("///"));
    }

    @Test
    void everyDecisionIsOnTheMap() {
        var map = TREE.source("ARCHITECTURE.md").text();
        var lost =
                TREE.under("docs/decisions").stream()
                        .map(Source::path)
                        .filter(path -> path.endsWith(".md") && !map.contains("](" + path))
                        .toList();

        assertThat(lost).as("decisions that ARCHITECTURE.md does not link").isEmpty();
    }

    @Test
    void everyLinkLeadsSomewhere() {
        var dead = new ArrayList<String>();
        for (var page : TREE.sources()) {
            if (page.path().endsWith(".md")) {
                dead.addAll(deadLinks(page));
            }
        }
        assertThat(dead).isEmpty();
    }

    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?://|mailto:)([^)\\s]+)\\)");

    private static List<String> deadLinks(Source page) {
        var folder = Path.of(page.path()).resolveSibling("");
        return LINK.matcher(withoutCode(page.text()))
                .results()
                .map(found -> found.group(1))
                .filter(link -> !leadsSomewhere(page, folder, link))
                .map(link -> page.path() + " → " + link)
                .toList();
    }

    private static boolean leadsSomewhere(Source page, Path folder, String link) {
        var parts = link.split("#", 2);
        var path =
                parts[0].isEmpty()
                        ? page.path()
                        : folder.resolve(parts[0]).normalize().toString().replace('\\', '/');
        if (!TREE.has(path)) {
            return false;
        }
        return parts.length == 1
                || !path.endsWith(".md")
                || anchors(TREE.source(path)).contains(parts[1]);
    }

    /// The anchors GitHub gives to a page's headings.
    private static List<String> anchors(Source page) {
        return withoutCode(page.text())
                .lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                .toList();
    }

    private static String withoutCode(String markdown) {
        return Pattern.compile("^```.*?^```", Pattern.DOTALL | Pattern.MULTILINE)
                .matcher(markdown)
                .replaceAll("");
    }
}
