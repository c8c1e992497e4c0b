package dev.scrip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MainTest {

    @Test
    void aloneItPrintsHelpWithExamplesAndWhatEachCommandDoes() {
        var run = CommandLineRun.of();

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("scrip demo  ", "scrip serve --data")
                .containsPattern("(?m)^  demo +Does ")
                .containsPattern("(?m)^  serve +Serves ")
                .containsPattern("(?m)^  design +Designs ")
                .containsPattern("(?m)^  round +Rounds ")
                .containsPattern("(?m)^  verify +Verifies ")
                .containsPattern("(?m)^  backup +Copies ")
                .containsPattern("(?m)^  restore +Restores ")
                .doesNotContain("rehearse");
    }

    @Test
    void helpOfACommandHasExamples() {
        for (var command :
                new String[] {"demo", "serve", "design", "round", "verify", "backup", "restore"}) {
            var run = CommandLineRun.of("help", command);

            assertThat(run.exitCode()).as(command).isZero();
            assertThat(run.out()).contains("Examples:", "  scrip " + command);
        }
    }
}
