package dev.scrip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BundleCommandTest {

    private static final String EXAMPLE = CommandLineRun.file("examples/plans/plans.json");

    /// Tabs between its parts, as some editors write JSON.
    private static final String SMALL =
            """
            {
            \t"plans": [
            \t\t{"id": "free", "fee": 0, "included": 1000},
            \t\t{"id": "starter", "fee": 29, "included_candidates": [40000, 50000]}
            \t],
            \t"overage_price_per_credit": 0.001,
            \t"cost_per_credit": 0.0003,
            \t"accounts_file": "accounts.csv",
            \t"constraints": {"max_share_over_included_among_paid": 0.5}
            }
            """;

    private static final String ACCOUNTS =
            """
            account,monthly_credits_used
            small,500.5
            middle,45000
            large,60000
            """;

    @TempDir Path temporary = Path.of("");

    @Test
    void withoutAFeeItIsSaidWhatIsMissing() throws IOException {
        var free =
                SMALL.replace("\"fee\": 29", "\"fee\": 0")
                        .replace(
                                "\"constraints\"",
                                "\"methods\": {\"cost_multiple\": {\"buffer\": 0.75}}, \"constraints\"");
        var run = bundle(free);
        assertThat(run.out())
                .contains("no plan with a fee; 2 combinations tried on 3 accounts")
                .contains("No plan has a fee, so nothing tells", "the usual methods give nothing")
                .doesNotContain("of paid accounts", "What the usual methods give\n");
    }

    @Test
    void theJsonHasTheAgreedKeysAndExactFigures() throws IOException {
        var run = bundle(SMALL, "-o", "json");
        assertThat(run.exitCode()).isEqualTo(0);
        assertThat(run.err()).isEmpty();
        // 29 + 29 + 10,000 × 0.001 = 68; 105,500.5 × 0.0003 = 31.65015
        assertThat(run.out().replaceAll("\\s", ""))
                .startsWith(
                        "{\"best\":{\"free\":1000,\"starter\":50000,\"revenue\":68,"
                                + "\"cost\":31.65015,\"profit\":36.34985,\"margin\":0.534557,"
                                + "\"accounts_on\":{\"free\":1,\"starter\":2},"
                                + "\"share_over_included_among_paid\":0.5},")
                .contains(
                        "\"methods\":{\"cost_multiple\":null,\"use_case_anchor\":null,"
                                + "\"competitive_parity\":null},\"all\":[{\"free\":1000,"
                                + "\"starter\":40000,\"revenue\":83,",
                        "\"feasible\":false,\"reasons\":[\"max_share_over_included_among_paid:2of2",
                        "\"wall\":{\"accounts\":1,\"share\":0.5,\"median_day\":26,"
                                + "\"by_day\":[{\"day\":26,\"accounts\":1}]}");
    }

    @Test
    void theExampleShowsPlansAlternativesAndTheUsualMethods() {
        var run = CommandLineRun.of("bundle", EXAMPLE);
        assertThat(run.exitCode()).isEqualTo(0);
        assertThat(run.out())
                .containsSubsequence(
                        "25 combinations tried on 2,000 accounts",
                        "hit the wall",
                        "at full use",
                        "breakage",
                        "The combinations with the largest profit",
                        "What the usual methods give",
                        "cost multiple  starter              50,750    50,000",
                        "use case       starter              45,000    50,000",
                        "competitors    starter    46,400 to 49,714    50,000",
                        "Warnings",
                        "too_few_credits pro");
    }

    @Test
    void infeasibleIsAFindingThatSaysWhatBlocks() throws IOException {
        var run = bundle(SMALL.replace("0.5}", "0.4}"), "-o", "json");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains(
                        "\"best\" : null",
                        "\"status\" : \"INFEASIBLE\"",
                        "the smallest share of any combination is 0.5000");
        assertThat(bundle(SMALL.replace("0.5}", "0.4}")).out())
                .startsWith("INFEASIBLE: no combination keeps the constraints")
                .contains("Why nothing fits");
    }

    @Test
    void daysOfAFileMoveTheWall() throws IOException {
        Files.writeString(
                temporary.resolve("days.csv"),
                "account,day,credits\nlarge,2,50000\nlarge,5,9999.5\nlarge,5,0.5\n");
        var run =
                bundle(
                        SMALL.replace(
                                "\"constraints\"", "\"daily_file\": \"days.csv\", \"constraints\""),
                        "-o",
                        "json");
        assertThat(run.out()).contains("\"median_day\" : 5");
    }

    /// As programs write small numbers.
    @Test
    void exponentsOfJsonAreFigures() throws IOException {
        assertThat(bundle(SMALL.replace("0.0003", "3e-4"), "-o", "json").out())
                .contains("\"cost\" : 31.65015");
        assertThat(bundle(SMALL.replace("0.0003", "3e-44")).err())
                .contains("cost_per_credit: \"3e-44\" is no plain decimal");
    }

    @Test
    void theCsvHasARowForEachCombination() throws IOException {
        assertThat(bundle(SMALL, "-o", "csv").out().lines())
                .containsExactly(
                        "free,starter,revenue,cost,profit,margin,accounts_on_free,"
                                + "accounts_on_starter,share_over_included_among_paid,feasible,"
                                + "reasons",
                        "1000,40000,83,31.65015,51.34985,0.618673,1,2,1,false,"
                                + "\"max_share_over_included_among_paid: 2 of 2 paid accounts are"
                                + " over their bundle, a share of 1.0000; at most 0.5\"",
                        "1000,50000,68,31.65015,36.34985,0.534557,1,2,0.5,true,");
    }

    @Test
    void thePageDrawsTheWall() {
        assertThat(CommandLineRun.of("bundle", EXAMPLE, "-o", "html").out())
                .contains("<svg", "hit the wall, by day");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "\"fee\": 29 ; \"fee\": \"29\" ; plans.json:4: plans[2].fee: \"29\" is text",
                "\"fee\": 29 ; \"fe\": 29 ; plans[2].fe: is not a known field. Did you mean fee?",
                "40000, 50000 ; 40000, 40000 ; included_candidates[2]: 40000 is there twice",
                "40000, 50000 ; ; included_candidates: is empty",
                "\"starter\" ; \"free\" ; plans.json:4: plans[2]: \"free\" is there twice",
                "\"starter\" ; \"profit\" ; means something else in the answer",
                "0.0003 ; -1 ; plans.json:7: cost_per_credit: -1 is too small; expected a rate",
                "0.5} ; 50} ; 50 is too large; expected a share from 0 to 1",
                "accounts.csv ; other.csv ; other.csv: there is no such file",
                "\"plans\": ; \"plans\" ; plans.json:2: this is not JSON"
            })
    void aBadFileIsExplainedByLineAndField(String from, @Nullable String to, String problem)
            throws IOException {
        var run = bundle(SMALL.replace(from, to == null ? "" : to));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(problem).doesNotContain("\tat ");
    }

    @Test
    void aBadAccountsFileIsExplainedByLine() throws IOException {
        var run = bundle(SMALL, "account,monthly_credits_used\na,1\na,-2\nb,x\n");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains(
                        "accounts.csv:3:monthly_credits_used: -2 is too small",
                        "accounts.csv:4:monthly_credits_used: \"x\" is no plain decimal");
    }

    private CommandLineRun bundle(String plans, String accounts) throws IOException {
        Files.writeString(temporary.resolve("accounts.csv"), accounts);
        var file = Files.writeString(temporary.resolve("plans.json"), plans);
        return CommandLineRun.of("bundle", file.toString());
    }

    private CommandLineRun bundle(String plans) throws IOException {
        return bundle(plans, ACCOUNTS);
    }

    private CommandLineRun bundle(String plans, String option, String value) throws IOException {
        Files.writeString(temporary.resolve("accounts.csv"), ACCOUNTS);
        var file = Files.writeString(temporary.resolve("plans.json"), plans);
        return CommandLineRun.of("bundle", file.toString(), option, value);
    }
}
