package dev.scrip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoundCommandTest {

    @Test
    void theArticlesValuesBecomeFriendly() {
        assertThat(CommandLineRun.of("round", "1", "4", "112.5", "240", "2500"))
                .isEqualTo(
                        new CommandLineRun(
                                0,
                                """
                                value  credits
                                    1        1
                                    4        5
                                112.5      100
                                  240      250
                                 2500     2500
                                """
                                        .replace("\n", System.lineSeparator()),
                                ""));
    }

    @Test
    void jsonIsAListOfValuesAndCredits() {
        assertThat(
                        CommandLineRun.of("round", "112.5", "0.10", "-o", "json")
                                .out()
                                .replaceAll("\\s", ""))
                .isEqualTo("[{\"value\":112.5,\"credits\":100},{\"value\":0.1,\"credits\":1}]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "75 ; 100",
                "75 --mode nearest-log ; 100",
                "75 --mode nearest ; 50",
                "51 --mode up ; 100",
                "99 --mode down ; 50",
                "0.2 --mode down ; 1",
                "0.2 --mode up ; 1",
                "99999999 ; 10000000",
                "7 --ladder 1,5,10,50 ; 5",
                "7.1 --ladder 1,5,10,50 ; 10",
                "15 --ladder 1-2-5 ; 20",
                "3 --ladder 1-2-5-10-25 ; 2",
                "30 --ladder 1-5-10-50 ; 50",
                "0.3 --ladder 0.25,0.5 ; 0.25"
            })
    void laddersAndModesAreTaken(String args, String credits) {
        var run = CommandLineRun.of(("round -o csv " + args).split(" ", -1));
        assertThat(run.exitCode()).isEqualTo(0);
        assertThat(run.out().lines().skip(1))
                .containsExactly(args.split(" ", -1)[0] + "," + credits);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "round ; Missing required parameter",
                "round 1e5 ; VALUE: '1e5' is no plain decimal such as 112.5; write it without an exponent",
                "round 5 1e309 ; VALUE: '1e309' is no plain decimal such as 112.5; write it without",
                "round 5 -3 ; VALUE: '-3' is no plain decimal such as 112.5; it must not be negative",
                "round 5 1,5 ; VALUE: '1,5' is no plain decimal such as 112.5; write a point before",
                "round 5 12345678901234 ; VALUE: '12345678901234' has too many digits",
                "glide --from 1 --to 2 --notice-days 1.5 ; '--notice-days': '1.5' is no whole number such as 30",
                "glide --from 1 --to 2 --notice-days 3000000000 ; is too large; expected at most 2147483647",
                "preview x --usage y --day noon ; '--day': 'noon' is no date such as 2027-03-01",
                "quote x y --commitment 0.0000001 ; '0.0000001' are no credits such as 0.5 or 250",
                "round NaN ; 'NaN' is no plain decimal",
                "round 0 ; greater than 0",
                "round -- -1 ; '-1' is no plain decimal",
                "round 10000001 --mode up ; above the top of the ladder (10000000)",
                "round 1 --mode sideways ; 'sideways' is none of nearest-log, nearest, up, down",
                "round 1 --ladder 5,1 ; position 2 (1) must be greater than the one before it (5)",
                "round 1 --ladder 1-2-3 ; Named ladders",
                "round 1 -o xml ; 'xml' is none of table, json, csv, md",
                "round 1 --laddr 1-2-5 ; --laddr",
                "desing x ; Did you mean: scrip design"
            })
    void anUnusableCommandLineSaysWhyOnOnePage(String args, String problem) {
        var run = CommandLineRun.of(args.split(" ", -1));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(problem).doesNotContain("\tat ");
        assertThat(run.err().lines().count()).isLessThan(8);
    }

    @Test
    void withoutACommandThereIsHelpWithExamplesFirst() {
        var run = CommandLineRun.of();
        assertThat(run.exitCode()).isEqualTo(0);
        assertThat(run.out())
                .containsSubsequence(
                        "Examples:", "scrip design", "Usage: scrip", "design", "round");
    }

    @Test
    void everyCommandHasHelp() {
        assertThat(CommandLineRun.of("design", "--help").out())
                .containsSubsequence("Examples:", "Usage: scrip design");
        assertThat(CommandLineRun.of("round", "--help").out())
                .containsSubsequence("Examples:", "Usage: scrip round");
        assertThat(CommandLineRun.of("--version").out()).startsWith("scrip ");
    }
}
