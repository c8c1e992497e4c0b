package dev.scrip.cli;

import dev.scrip.pricing.Glide;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `scrip glide`: a price change in steps that customers can bear.
@Command(
        name = "glide",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        header = {
            "Finds the shortest way from one credit value to another in monthly steps.",
            "",
            "Examples:",
            "  scrip glide --from 10 --to 250",
            "  scrip glide --from 1 --to 5 -o json",
            "  scrip glide --from 10 --to 16 --start 2027-03-01 --notice-days 30 \\",
            "      --operation image.analyze          with dates and the notices to send",
            ""
        },
        footer = {"", "Exit codes: 0 done, 1 there is no way in these credits, 2 unusable input."})
final class GlideCommand implements Callable<Integer> {

    private static final int NOTICE_DAYS_MAX = 3_650;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "CREDITS",
            description = "What a call costs now.")
    private BigDecimal from = BigDecimal.ONE;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "CREDITS",
            description = "What it shall cost.")
    private BigDecimal to = BigDecimal.ONE;

    @Option(
            names = "--max-step",
            paramLabel = "SHARE",
            defaultValue = "0.2",
            description = "Largest change in a month; 0.2 (default) is 20 %.")
    private BigDecimal maxStep = BigDecimal.ONE;

    @Option(
            names = "--decimals",
            paramLabel = "N",
            defaultValue = "0",
            description = "Decimals the values may have; 0 (default) for whole credits.")
    private int decimals;

    @Option(
            names = "--start",
            paramLabel = "DATE",
            description = "First day of the first new value, such as 2027-03-01.")
    private @Nullable LocalDate start;

    @Option(
            names = "--notice-days",
            paramLabel = "N",
            defaultValue = "30",
            description = "How many days before each step customers are told; 30 (default).")
    private int noticeDays;

    @Option(
            names = "--operation",
            paramLabel = "NAME",
            description = "Writes the notice of each step for this operation.")
    private @Nullable String operation;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "Why, as customers read it in the notices.")
    private @Nullable String reason;

    @Mixin private Output output = new Output();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        check();
        var glide = new Glide(from, to, maxStep, decimals);
        var path = glide.path();
        var calendar =
                start == null
                        ? null
                        : new GlideResult.Calendar(start, noticeDays, operation, reason);
        var result = new GlideResult(glide, path, glide.redenominated(), calendar);
        output.print(result, spec.commandLine());
        remark(result);
        return path == null ? ExitCode.FINDING : ExitCode.DONE;
    }

    private void check() {
        if (noticeDays < 0 || noticeDays > NOTICE_DAYS_MAX) {
            throw unusable(
                    "--notice-days (" + noticeDays + ") must be from 0 to " + NOTICE_DAYS_MAX);
        }
        if (start == null && (operation != null || reason != null)) {
            throw unusable(
                    (operation == null ? "--reason" : "--operation")
                            + " writes notices, which have dates: add --start DATE");
        }
        if (operation == null && reason != null) {
            throw unusable("--reason is for notices: add --operation NAME");
        }
    }

    private void remark(GlideResult result) {
        var err = spec.commandLine().getErr();
        if (operation != null && reason == null) {
            err.println(
                    "The notices give no reason of yours. Say why with --reason TEXT: people"
                            + " accept what they understand.");
        }
        var first = result.firstNotice();
        if (first != null && first.isBefore(LocalDate.now(ZoneId.systemDefault()))) {
            err.println(
                    "The first notice would have been due on "
                            + first
                            + ", which is past. Start later, or give shorter notice.");
        }
    }

    private ParameterException unusable(String problem) {
        return new ParameterException(spec.commandLine(), problem);
    }
}
