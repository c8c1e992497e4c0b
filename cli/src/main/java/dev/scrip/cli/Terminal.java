package dev.scrip.cli;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/// Whether somebody watches.
final class Terminal {

    private Terminal() {}

    // Whether there is always a console depends on the JDK's version and vendor.
    @SuppressWarnings("SystemConsoleNull")
    static boolean isWatched() {
        var console = System.console();
        return console != null && console.isTerminal();
    }

    /// Where progress goes, or null when nobody watches it.
    static @Nullable PrintWriter progress(CommandLine command) {
        return isWatched() ? command.getErr() : null;
    }
}
