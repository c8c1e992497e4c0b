package dev.scrip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlideCommandTest {

    private static CommandLineRun glide(String args) {
        return CommandLineRun.of(("glide " + args).split(" ", -1));
    }

    @Test
    void theJsonSaysHowManyMonthsAndEachValue() {
        var run = glide("--from 10 --to 16 -o json");
        assertThat(run.exitCode()).isEqualTo(0);
        assertThat(run.out().replaceAll("\\s", ""))
                .isEqualTo(
                        "{\"reachable\":true,\"months\":3,\"path\":[10,12,14,16],"
                                + "\"redenominated\":null}");
    }

    @Test
    void whatCannotMoveIsAFindingWithAWayOut() {
        var run = glide("--from 1 --to 2 --max-step 0.2 -o json");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out().replaceAll("\\s", ""))
                .isEqualTo(
                        "{\"reachable\":false,\"months\":null,\"path\":[],\"redenominated\":"
                                + "{\"factor\":10,\"months\":5,\"path\":[10,12,14,16,19,20]}}");
        assertThat(glide("--from 1 --to 2").out())
                .startsWith(
                        "1 → 2 credits, at most 20 % a month: not reachable in whole credits; with"
                                + " 10 new credits for each one, 5 months");
    }

    @Test
    void thousandthsMoveWhatWholeCreditsCannot() {
        var run = glide("--from 1 --to 1.5 --decimals 1 -o csv");
        assertThat(run.out().lines())
                .containsExactly(
                        "factor,month,credits,change,notice,effective",
                        "1,0,1,,,",
                        "1,1,1.2,0.2,,",
                        "1,2,1.4,0.166667,,",
                        "1,3,1.5,0.071429,,");
    }

    @Test
    void aCalendarHasTheDayOfEachNotice() {
        var run = glide("--from 250 --to 170 --start 2099-01-31 --notice-days 14 -o csv");
        assertThat(run.out().lines().skip(1))
                .containsExactly(
                        "1,0,250,,,",
                        "1,1,200,-0.2,2099-01-17,2099-01-31",
                        "1,2,170,-0.15,2099-02-14,2099-02-28");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void aNoticeSaysWhatWhenWhyAndWhatToDo() {
        var run =
                CommandLineRun.of(
                        "glide",
                        "--from=10",
                        "--to=14",
                        "--start=2099-03-01",
                        "--operation=image.enhance",
                        "--reason=A call costs us $0.08 to run.");
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .containsSubsequence(
                        "Notices to send",
                        "image.enhance: 10 → 12 credits a call from 1 March 2099",
                        "What changes: from 1 March 2099 a call of image.enhance costs 12 credits"
                                + " instead of 10",
                        "The last brings 14 credits on 1 April 2099",
                        "Why: A call costs us $0.08 to run.",
                        "What you can do:",
                        "Until 28 February 2099",
                        "image.enhance: 12 → 14 credits",
                        "This is the last of 2 steps.");
    }

    @Test
    void aNoticeInNewCreditsSaysThatNoBillChangesByThem() {
        var run = glide("--from 1 --to 2 --start 2099-01-01 --operation a -o json");
        assertThat(run.out())
                .contains("each credit you had is 10 of them", "\"effective\" : \"2099-05-01\"");
        assertThat(run.err()).contains("--reason");
    }

    @Test
    void aNoticeThatWouldHaveBeenDueIsRemarked() {
        assertThat(glide("--from 10 --to 12 --start 2020-02-01 --notice-days 31").err())
                .contains("2020-01-01, which is past");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "--from 10 ; --to",
                "--from 0 --to 5 ; present value (0)",
                "--from 0.5 --to 5 ; at most 0 decimals",
                "--from 1 --to 5 --max-step 20 ; Maybe it is meant as a percentage",
                "--from 1e3 --to 5 ; '1e3' is no plain decimal",
                "--from 99999999999999 --to 5 ; '99999999999999' has too many digits",
                "--from 1 --to 5 --start tomorrow ; 'tomorrow' is no date such as 2027-03-01",
                "--from 1 --to 5 --operation a ; add --start DATE",
                "--from 1 --to 5 --start 2099-01-01 --reason x ; add --operation NAME",
                "--from 1 --to 5 --start 2099-01-01 --notice-days -1 ; --notice-days (-1)"
            })
    void anUnusableCommandLineSaysWhy(String args, String problem) {
        var run = glide(args);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(problem).doesNotContain("\tat ");
    }

    @Test
    void theStartupIsRefusedAtDesignTime() {
        var file = CommandLineRun.file("examples/startup/pricing.yaml");
        var run = CommandLineRun.of("design", file, "--fail-on", "margin_below_floor");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out().replaceAll("\\s+", " "))
                .contains(
                        "margin_below_floor image.enhance",
                        "at least 160 credits: 250 on the ladder 1-2.5-5",
                        "that takes 19 months in whole credits, 18 in thousandths",
                        "an exception to approve: each call is $0.07 under cost and $0.15 short of"
                                + " the floor, $30,000 a month");
    }
}
