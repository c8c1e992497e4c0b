package dev.scrip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimplifyCommandTest {

    private static final String TIERS = CommandLineRun.file("examples/47-tiers/table.csv");
    private static final String USAGE = CommandLineRun.file("examples/47-tiers/usage.csv");

    @TempDir Path temporary = Path.of("");

    /// Source: article, "Two warnings": 47 tiers nobody understood became 5.
    @Test
    void fortySevenTiersBecomeTheBestFiveAndTheBillsThatMoveAreNamed() {
        var run = CommandLineRun.of("simplify", TIERS, "--levels", "5", "--usage", USAGE);
        assertThat(run.exitCode()).isEqualTo(0);
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .startsWith(
                        "47 operations, 47 distinct levels exactly, ladder 1-2.5-5, weighed by"
                                + " unit; the knee is at 4 levels")
                .containsSubsequence(
                        "     5     5     11.1384   9.0793       18.3 %    47.8 %     47.5 %",
                        "2.5, 10, 50, 250, 1000",
                        "in the band",
                        "The table with 5 levels",
                        "text.detect_language",
                        "Whose bill moves",
                        "account",
                        "acct-");
    }

    @Test
    void theJsonIsAListByNumberOfLevels() throws IOException {
        var run = CommandLineRun.of("simplify", table("a,1,9\nb,4,1\nc,112.5,1\n"), "-o", "json");
        assertThat(run.out().replaceAll("\\s", ""))
                .startsWith("[{\"levels\":1,")
                .contains(
                        "{\"levels\":2,\"distinct_values\":3,\"in_band\":false,\"free\":"
                                + "{\"distortion\":0.960906027836,\"centres\":[2,112.5],"
                                + "\"sizes\":[2,1],\"levels_used\":2,\"knee\":false},\"ladder\":"
                                + "{\"distortion\":",
                        ",\"credits\":[2.5,100],\"assignment\":{\"a\":2.5,\"b\":2.5,\"c\":100}")
                .contains("{\"levels\":15,");
    }

    @Test
    void moreLevelsThanValuesSaysHowManyAreUsed() throws IOException {
        var run = CommandLineRun.of("simplify", table("a,1,9\nb,4,1\n"), "--levels", "7");
        assertThat(run.out()).contains("The table with 7 levels, of which it uses 2");
    }

    @Test
    void theCsvHasARowForEachOperationAndNumberOfLevels() throws IOException {
        var run =
                CommandLineRun.of(
                        "simplify", table("a,1,9\nb,4,1\n"), "--levels", "1..2", "-o", "csv");
        assertThat(run.out().lines())
                .containsExactly(
                        "levels,operation,exact_credits,monthly_calls,credits,change",
                        "1,a,1,9,2.5,1.5",
                        "1,b,4,1,2.5,-0.375",
                        "2,a,1,9,1,0",
                        "2,b,4,1,5,0.25");
    }

    @Test
    void thePageShowsBothFrontiers() {
        assertThat(CommandLineRun.of("simplify", TIERS, "-o", "html").out())
                .contains("<svg", "on the ladder", "any figures", "easy to keep in mind", "knee");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "a,0,1 ; :2:exact_credits: 0 is too small; expected credits greater than 0",
                "a,1e5,1 ; :2:exact_credits: \"1e5\" is no plain decimal",
                "a,1,-3 ; :2:monthly_calls: -3 is too small",
                "a,1 ; :2: the row has 2 cells; expected 3 as in the header",
                "`,1,1` ; :2:operation: \"\" is blank"
            })
    void aBadTableIsExplainedByLine(String row, String problem) throws IOException {
        var run = CommandLineRun.of("simplify", table(row + "\n"));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(problem).doesNotContain("\tat ");
    }

    @Test
    void whatIsThereTwiceOrNotAtAllIsNamed() throws IOException {
        assertThat(CommandLineRun.of("simplify", table("a,1,1\na,2,1\n")).err())
                .contains(":3:operation: \"a\" is there twice, first in line 2");
        var usage =
                Files.writeString(temporary.resolve("u.csv"), "account,operation,calls\nx,b,1\n");
        assertThat(
                        CommandLineRun.of("simplify", table("a,1,1\n"), "--usage", usage.toString())
                                .err())
                .contains("u.csv:2:operation: \"b\" is not in the table");
        var noCalls =
                Files.writeString(temporary.resolve("n.csv"), "operation,exact_credits\na,1\n");
        var run = CommandLineRun.of("simplify", noCalls.toString(), "--weight", "revenue");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("no column monthly_calls");
        assertThat(CommandLineRun.of("simplify", noCalls.toString(), "--levels", "0..3").err())
                .contains("'0..3' is no number of levels such as 5 or 1..15");
    }

    @Test
    void callsThatAreAllNoneAreNamedWithTheirColumn() throws IOException {
        var run = CommandLineRun.of("simplify", table("a,1,0\nb,2,0\n"), "--weight", "revenue");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains("t.csv:monthly_calls: all are 0", "of at least one operation");
        var usage =
                Files.writeString(temporary.resolve("u.csv"), "account,operation,calls\nx,a,0\n");
        var bills = CommandLineRun.of("simplify", table("a,1,1\n"), "--usage", usage.toString());
        assertThat(bills.exitCode()).isEqualTo(2);
        assertThat(bills.err()).contains("u.csv:calls: all are 0", "call in a month");
    }

    private String table(String rows) throws IOException {
        return Files.writeString(
                        temporary.resolve("t.csv"),
                        "operation,exact_credits,monthly_calls\n" + rows)
                .toString();
    }
}
