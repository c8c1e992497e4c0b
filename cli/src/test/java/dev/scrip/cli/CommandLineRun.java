package dev.scrip.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import picocli.CommandLine.Help.Ansi;

/// What one command line printed and answered.
record CommandLineRun(int exitCode, String out, String err) {

    static CommandLineRun of(String... args) {
        return of(Ansi.OFF, args);
    }

    static CommandLineRun of(Ansi colours, String... args) {
        var out = new StringWriter();
        var err = new StringWriter();
        int exitCode =
                Main.run(args, new PrintWriter(out, true), new PrintWriter(err, true), colours);
        return new CommandLineRun(exitCode, out.toString(), err.toString());
    }

    /// A file of the project, wherever the tests run.
    static String file(String name) {
        return Path.of(System.getProperty("scrip.home", "..")).resolve(name).toString();
    }
}
