package dev.scrip.cli;

import dev.scrip.cli.report.Styled;
import dev.scrip.cli.report.TextTable;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;

/// Prints a story in numbered parts: headings, indented lines, tables, and what was checked.
final class Screen {

    private static final int WIDTH = 100;
    private static final int BAR_WIDTH = 32;
    private static final String INDENT = "  ";
    private static final String CLEAR_LINE = "\r\033[K";

    private final PrintWriter out;
    private final Ansi colours;
    private final boolean moving;
    private int parts;
    private int held;
    private int failed;
    private int quartersTold;

    /// @param moving whether a line may be written over, to show progress
    Screen(PrintWriter out, Ansi colours, boolean moving) {
        this.out = out;
        this.colours = colours;
        this.moving = moving;
    }

    void part(String title, String remark) {
        parts++;
        out.println();
        out.println(
                styled(parts + "  " + title, Style.bold)
                        + (remark.isEmpty() ? "" : styled(" · " + remark, Style.faint)));
        out.println(styled("─".repeat(WIDTH), Style.faint));
        out.flush();
    }

    void title(String text) {
        out.println(styled(text, Style.bold));
    }

    void line(String text) {
        out.println((INDENT + text).stripTrailing());
        out.flush();
    }

    void lines(List<String> texts) {
        texts.forEach(this::line);
    }

    void remark(String text) {
        line(styled(text, Style.faint));
    }

    void warning(String text) {
        line(styled(text, Style.fg_yellow));
    }

    void table(TextTable table) {
        var lines = table.toLines();
        line(styled(lines.getFirst(), Style.bold));
        lines(lines.subList(1, lines.size()));
    }

    /// Says that something holds, or that it does not, which makes the whole a failure.
    void check(boolean holds, String what) {
        if (holds) {
            held++;
            line(styled("✓", Style.fg_green) + " " + what);
        } else {
            failed++;
            line(styled("✗ " + what, Style.fg_red));
        }
    }

    /// Shows how far something is: a bar that fills where that can be seen, else a line at each
    /// quarter.
    void progress(int done, int total, String what) {
        if (moving) {
            int filled = (int) ((long) BAR_WIDTH * done / total);
            out.print(
                    CLEAR_LINE
                            + INDENT
                            + "█".repeat(filled)
                            + styled("░".repeat(BAR_WIDTH - filled), Style.faint)
                            + " "
                            + what);
            out.flush();
            return;
        }
        int quarters = (int) (4L * done / total);
        if (quarters > quartersTold) {
            quartersTold = quarters;
            line(what);
        }
    }

    void endProgress() {
        quartersTold = 0;
        if (moving) {
            out.print(CLEAR_LINE);
        }
    }

    void gap() {
        out.println();
    }

    int checksHeld() {
        return held;
    }

    int checksFailed() {
        return failed;
    }

    Ansi colours() {
        return colours;
    }

    private String styled(String text, IStyle style) {
        return Styled.text(colours, text, style);
    }
}
