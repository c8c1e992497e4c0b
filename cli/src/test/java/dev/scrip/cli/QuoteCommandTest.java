package dev.scrip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuoteCommandTest {

    private static final String DYNAMIC = CommandLineRun.file("examples/dynamic/pricing.yaml");

    private static CommandLineRun quote(String... more) {
        var args = new String[more.length + 2];
        args[0] = "quote";
        args[1] = DYNAMIC;
        System.arraycopy(more, 0, args, 2, more.length);
        return CommandLineRun.of(args);
    }

    @Test
    void everyStepIsShown() {
        var run = quote("video.process", "--at", "2026-03-01T03:00:00Z", "--commitment", "1000000");
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .isEqualTo(
                        """
                        video.process × 1 at 2026-03-01T03:00:00Z

                        step       kind        factor  credits
                        base       table                  2500
                        night      off_peak     × 0.7     1750
                        committed  commitment   × 0.6     1050
                        charged    total                  1050

                        List value USD 1.05, cost 0.5, margin at this price 52.4 %; at the table's 80.0 %.
                        Not applied in these circumstances: busy.
                        """);
    }

    @Test
    void aRoundingIsAStepOfItsOwn() {
        assertThat(
                        quote(
                                        "image.upload",
                                        "0.0357",
                                        "--at",
                                        "2026-03-01T03:00:00Z",
                                        "--commitment",
                                        "100000",
                                        "-o",
                                        "csv")
                                .out())
                .isEqualTo(
                        """
                        step,kind,factor,credits
                        base,table,,0.0357
                        night,off_peak,0.7,0.02499
                        committed,commitment,0.8,0.019992
                        rounded,half up to 0.001,,0.02
                        charged,total,,0.02
                        """);
    }

    @Test
    void theJsonHasFiguresAndTheirReasons() {
        assertThat(
                        quote(
                                        "image.upload",
                                        "--load",
                                        "0.95",
                                        "--at",
                                        "2026-03-01T12:00:00Z",
                                        "-o",
                                        "json")
                                .out())
                .contains(
                        "\"kind\" : \"load\"",
                        "\"factor\" : 1.5",
                        "\"credits_after\" : 1.5",
                        "\"credits\" : 1.5,",
                        "\"table_credits\" : 1,");
        assertThat(quote("image.upload", "-o", "md").out()).contains("| step | kind |");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "image.uplod | --used | 0 | there is no operation 'image.uplod'; known: image.analyze",
                "image.upload | --plan | por | there is no plan 'por'; known: free, pro, starter",
                "image.upload | --account | acme | --account 'acme' is no account with its workspace, such as live/acme",
                "image.upload | --account | live/ac me | --account 'live/ac me' is no account with its workspace",
                "image.upload | --at | noon | 'noon' is no day such as 2027-01-01, and no time such as 2027-01-01T06:00:00Z",
                "image.upload | --load | 1e3 | '1e3' is no plain decimal",
                "image.upload | --load | 5000 | at most 1000",
                "image.upload | --commitment | -1 | must not be negative"
            })
    void whatIsWrongIsSaid(String operation, String option, String value, String problem) {
        var run = quote(operation, option + "=" + value);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(problem);
    }
}
