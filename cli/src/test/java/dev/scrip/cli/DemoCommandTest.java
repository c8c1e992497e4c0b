package dev.scrip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class DemoCommandTest {

    /// A newcomer's first command: all of it, against a server in a process of its own.
    @Test
    void theWholeJobIsDoneAndHolds() {
        var run = CommandLineRun.of("demo", "--exit", "--port", "0");

        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .doesNotContain("✗", "\033")
                .contains(
                        "code.complete.xl",
                        "28,185 of 28,185",
                        "HTTP/1.1 201",
                        "\"credits_consumed\": 5,",
                        "HTTP/1.1 402",
                        "\"code\": \"insufficient_credits\"",
                        "60 of 60 accounts with the same balance and the same grants",
                        "each is there once",
                        "All 7 checks held");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void aSpeedThatCannotBeIsRefused() {
        assertThat(CommandLineRun.of("demo", "--speed", "0"))
                .satisfies(
                        run -> assertThat(run.exitCode()).isEqualTo(ExitCode.UNUSABLE_INPUT),
                        run -> assertThat(run.err()).contains("the speed (0) must be 1 to 3600"));
    }
}
