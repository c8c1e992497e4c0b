package dev.scrip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

final class ScreenTest {

    private final StringWriter shown = new StringWriter();

    private Screen screen(Ansi colours, boolean moving) {
        return new Screen(new PrintWriter(shown), colours, moving);
    }

    @Test
    void withoutColoursItIsPlainText() {
        var screen = screen(Ansi.OFF, false);
        screen.part("First", "a remark");
        screen.lines(List.of("a line", ""));
        screen.check(true, "it holds");
        screen.check(false, "it does not");

        assertThat(shown.toString().lines())
                .containsExactly(
                        "",
                        "1  First · a remark",
                        "─".repeat(100),
                        "  a line",
                        "",
                        "  ✓ it holds",
                        "  ✗ it does not");
        assertThat(screen.checksHeld()).isEqualTo(1);
        assertThat(screen.checksFailed()).isEqualTo(1);
    }

    @Test
    void whereNothingCanMoveProgressIsALineEachQuarter() {
        var screen = screen(Ansi.OFF, false);
        for (int done = 0; done <= 1_000; done += 10) {
            screen.progress(done, 1_000, done + " done");
        }
        screen.endProgress();

        assertThat(shown.toString().lines())
                .containsExactly("  250 done", "  500 done", "  750 done", "  1000 done");
    }

    @Test
    void onATerminalProgressIsABarThatGoesAway() {
        var screen = screen(Ansi.OFF, true);
        screen.progress(500, 1_000, "half");
        screen.endProgress();

        assertThat(shown.toString())
                .isEqualTo("\r\033[K  " + "█".repeat(16) + "░".repeat(16) + " half" + "\r\033[K");
    }
}
