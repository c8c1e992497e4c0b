package dev.scrip.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import picocli.CommandLine.Help.Ansi;

class DesignCommandTest {

    private static final String IMAGE_API = CommandLineRun.file("examples/image-api/pricing.yaml");
    private static final String LLM_API = CommandLineRun.file("examples/llm-api/pricing.yaml");

    @TempDir Path temporary = Path.of("");

    @Test
    void theTableComesFirstAndBeneathItWhy() {
        var run = CommandLineRun.of("design", IMAGE_API);
        assertThat(run.exitCode()).isEqualTo(0);
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .startsWith(
                        """
                        $1 per 1,000 credits, 5 levels of the ladder 1-2.5-5, blended margin 80.5 % at one call of each operation

                        operation                unit cost  ratio  value  exact  credits  level  margin
                        image.upload                0.0002      1     ×1      1        1      1  80.0 %
                        image.resize                0.0008      4     ×1      4        5      2  84.0 %
                        image.analyze                0.015     75   ×1.5  112.5      100      3  85.0 %
                        image.remove_background       0.04    200   ×1.2    240      250      4  84.0 %
                        video.process                  0.5   2500     ×1   2500     2500      5  80.0 %

                        Why
                          a credit
                        """);
        assertThat(run.out()).contains("112.5 becomes 100, the nearest of the ladder 1-2.5-5");
    }

    @ParameterizedTest
    @CsvSource({
        "image.upload, 1, 0.8",
        "image.resize, 5, 0.84",
        "image.analyze, 100, 0.85",
        "image.remove_background, 250, 0.84",
        "video.process, 2500, 0.8"
    })
    void theJsonHasTheAgreedKeys(String operation, double credits, double margin) {
        var design = json(CommandLineRun.of("design", IMAGE_API, "-o", "json"));
        assertThat(design)
                .containsKeys(
                        "credit_price",
                        "base_operation",
                        "ladder",
                        "levels",
                        "blended_margin",
                        "operations",
                        "warnings");
        assertThat(map(design.get("credit_price")))
                .containsEntry("amount", 1)
                .containsEntry("per", 1000)
                .containsEntry("currency", "USD")
                .containsKey("why");
        assertThat(list(design.get("ladder"))).startsWith(1, 2.5, 5, 10);
        var found =
                list(design.get("operations")).stream()
                        .map(DesignCommandTest::map)
                        .filter(one -> operation.equals(one.get("operation")))
                        .findFirst()
                        .orElseThrow();
        assertThat(found)
                .containsKeys(
                        "unit_cost",
                        "cost_breakdown",
                        "cost_ratio",
                        "value_multiplier",
                        "exact_credits",
                        "credits",
                        "margin",
                        "competitor_ratio",
                        "why");
        assertThat(map(found.get("cost_breakdown")))
                .containsKeys("compute", "memory", "storage", "bandwidth", "third_party");
        assertThat(number(found.get("credits"))).isEqualTo(credits);
        assertThat(number(found.get("margin"))).isEqualTo(margin);
    }

    @Test
    void theJsonHasNoExponents() {
        var run = CommandLineRun.of("design", LLM_API, "-o", "json");
        assertThat(run.exitCode()).isEqualTo(0);
        assertThat(run.out()).doesNotContainPattern("\\d[eE][-+]?\\d");
        assertThat(list(json(run).get("operations"))).hasSize(7);
    }

    @Test
    void theCsvHasAHeaderAndARowForEachOperation() {
        var lines = CommandLineRun.of("design", LLM_API, "-o", "csv").out().lines().toList();
        assertThat(lines).hasSize(8);
        assertThat(lines.getFirst()).startsWith("operation,title,unit_cost,compute,");
        assertThat(lines.get(1))
                .startsWith("code.complete.s,\"Code completion, up to 600 prompt tokens\",0.0008");
    }

    @Test
    void theCsvSaysWhatTheCreditsAreFor() {
        var data = CommandLineRun.file("examples/data-api/pricing.yaml");
        assertThat(CommandLineRun.of("design", data, "-o", "csv").out())
                .contains(",monthly_calls,unit\n")
                .containsPattern("\ntext\\.embed,.*,\"per 1,000 tokens, first 100 included\"\n");
        assertThat(CommandLineRun.of("diff", data, data, "-o", "csv").out())
                .contains(",unit_old,unit_new\n")
                .containsPattern("\ntext\\.embed,.*included\",\"per 1,000 tokens, first 100 incl");
    }

    @Test
    void theMarkdownIsATable() {
        assertThat(CommandLineRun.of("design", IMAGE_API, "-o", "md").out())
                .contains(
                        "| operation | unit cost |", "| --- | ---: |", "| image.upload | 0.0002 |");
    }

    @ParameterizedTest
    @ValueSource(strings = {"table", "md"})
    void warningsComeLast(String format) throws IOException {
        var run = CommandLineRun.of("design", leaky().toString(), "-o", format);
        assertThat(run.exitCode()).isEqualTo(0);
        assertThat(run.out())
                .containsSubsequence("Why", "Warnings", "margin_below_floor leak", "160 credits");
    }

    @Test
    void aWarningCanFailTheBuild() throws IOException {
        var file = leaky().toString();
        assertThat(CommandLineRun.of("design", file, "--fail-on", "margin_below_floor").exitCode())
                .isEqualTo(1);
        assertThat(CommandLineRun.of("design", file, "--fail-on", "any").exitCode()).isEqualTo(1);
        assertThat(CommandLineRun.of("design", file, "--fail-on=too_many_levels").exitCode())
                .isEqualTo(0);
        var misspelt = CommandLineRun.of("design", file, "--fail-on", "margin_below_flor");
        assertThat(misspelt.exitCode()).isEqualTo(2);
        assertThat(misspelt.err()).contains("margin_below_flor", "margin_below_floor");
    }

    @Test
    void aBadFileIsExplainedWithoutAStackTrace() throws IOException {
        var file =
                Files.writeString(temporary.resolve("p.yaml"), "format: scrip-pricing/1\nx: 1\n");
        var run = CommandLineRun.of("design", file.toString());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains(file + ":2: x: is not a known field")
                .contains(file + ":1: currency: is missing")
                .doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nope.yaml", "."})
    void aMissingFileIsUnusable(String file) {
        assertThat(CommandLineRun.of("design", temporary.resolve(file).toString()).exitCode())
                .isEqualTo(2);
    }

    @Test
    void coloursAreForTerminalsOnly() {
        assertThat(CommandLineRun.of(Ansi.OFF, "design", IMAGE_API).out()).doesNotContain("\u001b");
        assertThat(CommandLineRun.of(Ansi.ON, "design", IMAGE_API).out()).contains("\u001b[1m");
    }

    @Test
    void aTitleIsNeverAFormula() {
        assertThat(new CsvLine().text("=1+1").text("@SUM").text("＝1").figure("-2").toString())
                .isEqualTo("'=1+1,'@SUM,'＝1,-2");
        assertThat(new CsvLine().text("a \"b\", c").toString()).isEqualTo("\"a \"\"b\"\", c\"");
    }

    /// The article's startup: $0.08 of cost for 10 credits.
    private Path leaky() throws IOException {
        return Files.writeString(
                temporary.resolve("leaky.yaml"),
                """
                format: scrip-pricing/1
                currency: USD
                credit_price: {amount: 1, per: 1000}
                operations:
                  upload: {unit_cost: 0.0002}
                  leak: {unit_cost: 0.08, credits: 10}
                """);
    }

    private static Map<String, Object> json(CommandLineRun run) {
        // JSON is YAML, so the reader that is here anyway reads it.
        return map(new Load(LoadSettings.builder().build()).loadFromString(run.out()));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object value) {
        return (Map<String, Object>) requireNonNull(value);
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(@Nullable Object value) {
        return (List<Object>) requireNonNull(value);
    }

    private static double number(@Nullable Object value) {
        return ((Number) requireNonNull(value)).doubleValue();
    }
}
