package dev.scrip.cli;

import dev.scrip.audit.AuditException;
import dev.scrip.audit.AuditReport;
import dev.scrip.pricing.Prose;
import java.math.BigDecimal;
import picocli.CommandLine;

/// What an audit found, in words.
final class AuditText {

    private final CommandLine command;
    private final Screen screen;
    private final boolean terminal;

    AuditText(CommandLine command) {
        this.command = command;
        terminal = Terminal.isWatched();
        screen = new Screen(command.getErr(), command.getColorScheme().ansi(), terminal);
    }

    /// Seen on a terminal only.
    void progress(long facts, long head) {
        if (terminal) {
            screen.progress(
                    (int) (1_000 * facts / head), 1_000, "%,d of %,d facts".formatted(facts, head));
        }
    }

    /// @return the exit code
    int show(AuditReport report) {
        if (terminal) {
            screen.endProgress();
            command.getErr().flush();
        }
        return switch (report) {
            case AuditReport.Sound sound -> show(sound);
            case AuditReport.Unsound unsound -> show(unsound);
        };
    }

    private int show(AuditReport.Sound sound) {
        var out = command.getOut();
        out.printf("facts     %,d%n", sound.facts());
        out.printf("accounts  %,d%n", sound.accounts());
        credits("granted", sound.granted());
        credits("burned", sound.burned());
        credits("held", sound.held());
        credits("lapsed", sound.lapsed());
        credits("voided", sound.voided());
        credits("adjusted", sound.adjusted());
        credits("settled", sound.settled());
        credits("left", sound.left());
        credits("owed", sound.owed());
        out.println("head      " + sound.head() + "  chain " + sound.chain());
        out.println(
                "views     "
                        + (sound.viewsSkipped() == null
                                ? "compared up to fact " + sound.views()
                                : "not compared: " + sound.viewsSkipped()));
        out.println();
        out.println(
                "All is well: granted = burned + held + lapsed + voided + adjusted + settled + left.");
        return ExitCode.DONE;
    }

    private void credits(String what, BigDecimal credits) {
        command.getOut()
                .printf(
                        "%-9s %s %s%n",
                        what, Numbers.plain(credits), Prose.numbered(credits, "credit"));
    }

    private int show(AuditReport.Unsound unsound) {
        var difference = unsound.difference();
        var out = command.getOut();
        out.println(
                command.getColorScheme()
                        .errorText(
                                "The first difference, after "
                                        + Prose.counted(unsound.facts(), "fact")
                                        + ":"));
        out.println("  fact      " + difference.fact());
        if (difference.account() != null) {
            out.println("  account   " + difference.account());
        }
        out.println("  what      " + difference.what());
        out.println("  expected  " + difference.expected());
        out.println("  stated    " + difference.stated());
        return ExitCode.FINDING;
    }

    /// @return the exit code
    int refuse(AuditException e) {
        command.getErr().println(command.getColorScheme().errorText(e.getMessage()));
        return ExitCode.UNUSABLE_INPUT;
    }
}
