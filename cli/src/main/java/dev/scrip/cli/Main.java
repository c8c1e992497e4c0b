package dev.scrip.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/// The `scrip` command. Without a subcommand it prints its help.
///
/// A new subcommand is one class and one entry in the list below.
@Command(
        name = "scrip",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        usageHelpAutoWidth = true,
        subcommands = {
            DemoCommand.class,
            ServeCommand.class,
            DesignCommand.class,
            DiffCommand.class,
            BacktestCommand.class,
            PlanCommand.class,
            ApplyCommand.class,
            HistoryCommand.class,
            RoundCommand.class,
            QuoteCommand.class,
            PreviewCommand.class,
            SimplifyCommand.class,
            GlideCommand.class,
            CohortsCommand.class,
            BundleCommand.class,
            CalibrateCommand.class,
            WhatIfCommand.class,
            ExportUsageCommand.class,
            VerifyCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            RehearseCommand.class,
            CommandLine.HelpCommand.class
        },
        header = {
            "Sell API usage in credits without losing money on any operation.",
            "",
            "Examples:",
            "  scrip demo                                        the whole job, on real calls",
            "  scrip serve --data data --pricing pricing.yaml    the HTTP API and its pages",
            "  scrip design examples/image-api/pricing.yaml      the credit table, and why",
            "  scrip design pricing.yaml -o json                 the same for a program",
            "  scrip round 112.5 240 --ladder 1-2.5-5            friendly numbers",
            "  scrip quote pricing.yaml image.resize             what a call costs, step by step",
            "  scrip simplify table.csv --levels 5               47 tiers become the best 5",
            "  scrip glide --from 10 --to 250                    a correction in bearable steps",
            "  scrip bundle plans.json                           credits a plan should include",
            "  scrip apply pricing.yaml --server URL             publish it on a running server",
            "  scrip verify --data data                          is what is stored right?",
            "  scrip backup --data data --to backups/monday      a copy, while it serves",
            ""
        },
        footer = {
            "",
            "Exit codes: 0 done, 1 a refusal or a finding, 2 unusable input.",
            "NO_COLOR=1 turns colours off."
        })
public final class Main implements Runnable {

    @Spec private CommandSpec spec = CommandSpec.create();

    public static void main(String[] args) {
        // Always UTF-8: the locale of a container is often POSIX, which would print × as ?.
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int exitCode = run(args, out, err, Ansi.AUTO);
        out.flush();
        err.flush();
        System.exit(exitCode);
    }

    /// Runs one command line.
    ///
    /// @return the exit code
    static int run(String[] args, PrintWriter out, PrintWriter err, Ansi colours) {
        var scrip = new CommandLine(new Main());
        Converters.registerAt(scrip);
        return scrip.setOut(out)
                .setErr(err)
                .setColorScheme(CommandLine.Help.defaultColorScheme(colours))
                .setParameterExceptionHandler(Main::refuseCommandLine)
                .setExecutionExceptionHandler((e, command, _) -> explain(e, command))
                .execute(args);
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /// One line that says what is wrong, one that says how the command is used.
    private static int refuseCommandLine(ParameterException e, String[] args) {
        var command = e.getCommandLine();
        var err = command.getErr();
        err.println(command.getColorScheme().errorText("scrip: " + e.getMessage()));
        if (!UnmatchedArgumentException.printSuggestions(e, err)) {
            err.print(command.getHelp().fullSynopsis().stripTrailing() + System.lineSeparator());
        }
        err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.UNUSABLE_INPUT;
    }

    /// Bad input is explained; anything else is a defect, and its stack trace is what helps.
    private static int explain(Exception e, CommandLine command) {
        var err = command.getErr();
        if (e instanceof IllegalArgumentException) {
            err.println(command.getColorScheme().errorText(String.valueOf(e.getMessage())));
            return ExitCode.UNUSABLE_INPUT;
        }
        err.println("scrip: this is a defect in scrip. Please report it with these lines:");
        e.printStackTrace(err);
        return ExitCode.DEFECT;
    }
}
