package dev.scrip.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.scrip.cli.report.Block.Tone;
import dev.scrip.cli.report.Curves.Axis;
import dev.scrip.cli.report.Curves.Curve;
import dev.scrip.cli.report.Curves.Mark;
import dev.scrip.cli.report.Curves.Point;
import dev.scrip.cli.report.Curves.Scale;
import dev.scrip.cli.report.Curves.Shape;
import dev.scrip.cli.report.TextTable.Column;
import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import picocli.CommandLine.Help.Ansi;

class ReportTest {

    private static final Report REPORT =
            new Report(
                    "Two <fruits>",
                    "Apples & pears",
                    List.of(
                            new Block.Table("What there is", fruits()),
                            bars(0.4, -0.1),
                            new Block.Heading("Why"),
                            new Block.Terms(
                                    Tone.WARNING,
                                    List.of(new Block.Term("pear", List.of("It is \"ripe\"."))))));

    @Test
    void aTerminalGetsTheTableAndNoPicture() {
        assertThat(REPORT.toText(Ansi.OFF))
                .containsExactly(
                        "Apples & pears",
                        "",
                        "What there is",
                        "fruit   count",
                        "<pear>      2",
                        "",
                        "Why",
                        "  pear",
                        "    It is \"ripe\".");
    }

    @Test
    void aLongSentenceIsBrokenAtSpacesAndKeepsAllItsWords() {
        var sentence = "some words to break ".repeat(12).strip();
        var lines = new Report("", "lead", List.of(new Block.Paragraph(sentence))).toText(Ansi.OFF);
        assertThat(lines).hasSizeGreaterThan(3).allMatch(line -> line.length() <= 100);
        assertThat(String.join(" ", lines.subList(2, lines.size())).replaceAll(" +", " "))
                .isEqualTo(sentence);
    }

    @Test
    void markdownKeepsEveryFigure() {
        assertThat(REPORT.toMarkdown())
                .contains("| <pear> | 2 |", "## Why", "- `pear`: It is \"ripe\".");
    }

    @Test
    void thePageHoldsAllAndTakesNoTextForMarkup() throws Exception {
        var page = REPORT.toHtml();
        assertThat(page)
                .startsWith("<!doctype html>")
                .contains("Two &lt;fruits&gt;", "Apples &amp; pears", "&lt;pear&gt;", "&quot;ripe")
                .contains("default-src 'none'")
                .doesNotContain("<script", "http://", "https://", "<pear>");
        var bars = svg(page).getElementsByTagName("rect");
        assertThat(bars.getLength()).isEqualTo(2);
        assertThat(((Element) bars.item(1)).getAttribute("class")).isEqualTo("bar low");
    }

    @Test
    void aBarIsAsLongAsItsValue() throws Exception {
        var rows = svg(new Report("", "", List.of(bars(0.8, 0.2))).toHtml());
        var bars = rows.getElementsByTagName("rect");
        assertThat(width(bars.item(0)) / width(bars.item(1))).isBetween(3.99, 4.01);
    }

    @Test
    void onALogarithmicAxisTenTimesAsMuchIsOneStep() throws Exception {
        var curve = List.of(new Point(1, 1), new Point(2, 10), new Point(3, 100));
        var picture =
                new Curves(
                        "Growth",
                        new Axis("x", Scale.LINEAR),
                        new Axis("y", Scale.LOG),
                        List.of(new Curve("a", Shape.LINE, curve)),
                        null,
                        List.of(new Mark(new Point(2, 10), "the middle")));
        var page = new Report("", "", List.of(picture)).toHtml();
        var dots = svg(page).getElementsByTagName("circle");
        assertThat(dots.getLength()).as("three points and a mark").isEqualTo(4);
        assertThat(y(dots.item(0)) - y(dots.item(1)))
                .isCloseTo(y(dots.item(1)) - y(dots.item(2)), offset(0.11));
        assertThat(page).contains("the middle");
    }

    @ParameterizedTest
    @CsvSource({"0, 184, 200, 0", "0, 200, 200, 0", "-0.7, 3.1, 4, -1", "0, 0.07, 0.08, 0"})
    void theAxisHasAFigureAtItsTopAndItsFoot(double low, double high, String top, String foot)
            throws Exception {
        var points = List.of(new Point(1, low), new Point(15, high));
        var picture =
                new Curves(
                        "Distortion",
                        new Axis("levels", Scale.LINEAR),
                        new Axis("", Scale.LINEAR),
                        List.of(new Curve("a", Shape.LINE, points)),
                        null,
                        List.of());
        var drawing = svg(new Report("", "", List.of(picture)).toHtml());
        var lines = drawing.getElementsByTagName("line");
        var figures = drawing.getElementsByTagName("text");
        // From the foot up, a line and its figure each; then what belongs to x.
        int last = -1;
        while (((Element) lines.item(last + 1)).getAttribute("class").equals("grid")) {
            last++;
        }
        assertThat(figures.item(0).getTextContent()).isEqualTo(foot);
        assertThat(figures.item(last).getTextContent()).isEqualTo(top);
        assertThat(((Element) lines.item(last)).getAttribute("y1")).isEqualTo("34.0");
        var dots = drawing.getElementsByTagName("circle");
        assertThat(y(dots.item(1))).isBetween(34.0, 34.0 + (330 - 34) / 4.0);
    }

    @Test
    void whatCannotBeDrawnIsRefused() {
        assertThatThrownBy(() -> new Point(1, Double.NaN)).hasMessage("A picture cannot show NaN.");
        assertThatThrownBy(() ->
                        new Curves(
                                "",
                                new Axis("", Scale.LOG),
                                new Axis("", Scale.LINEAR),
                                List.of(new Curve("", Shape.POINTS, List.of(new Point(0, 1)))),
                                null,
                                List.of()))
                .hasMessage("On a logarithmic x axis 0.0 has no place.");
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 6, 0.2", "0, 47, 6, 10", "0.02, 0.07, 6, 0.01", "-3, 3, 6, 1"})
    void evenTicksAreRoundAndStayInside(double low, double high, int count, double step) {
        var ticks = Drawing.evenTicks(low, high, count);
        assertThat(ticks.get(1) - ticks.get(0)).isCloseTo(step, offset(1e-9));
        assertThat(ticks).allMatch(tick -> tick >= low - 1e-9 && tick <= high + 1e-9);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.25, 0.25", "12, 12", "100, 100", "2500, '2,500'", "3000000, 3 M"})
    void axisFiguresAreShort(double value, String label) {
        assertThat(Drawing.label(value)).isEqualTo(label);
    }

    private static TextTable fruits() {
        var table = new TextTable(Column.left("fruit"), Column.right("count"));
        table.add("<pear>", "2");
        return table;
    }

    private static Bars bars(double first, double second) {
        return new Bars(
                "Margins",
                List.of(
                        new Bars.Bar("apple", first, "a", Tone.PLAIN),
                        new Bars.Bar("pear", second, "b", Tone.WARNING)),
                0.5,
                "floor");
    }

    /// The first drawing of a page, which must be well-formed by itself.
    private static Document svg(String page) throws Exception {
        var svg = page.substring(page.indexOf("<svg"), page.indexOf("</svg>") + 6);
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg)));
    }

    private static double width(Node bar) {
        return Double.parseDouble(((Element) bar).getAttribute("width"));
    }

    private static double y(Node dot) {
        return Double.parseDouble(((Element) dot).getAttribute("cy"));
    }
}
