package dev.scrip.cli;

import java.util.logging.Level;
import java.util.logging.Logger;

/// What a running server writes to standard error: one line an event, and of the HTTP library only
/// what is wrong.
final class ServerLog {

    private static final String ONE_LINE = "%1$tFT%1$tT.%1$tL%1$tz %4$s %3$s: %5$s%6$s%n";

    /// Held, since the JDK forgets the level of a logger that nobody holds.
    private static final Logger HTTP_LIBRARY = Logger.getLogger("io.helidon");

    private ServerLog() {}

    /// To be called before anything is logged. What the user configured stays.
    static void configure() {
        if (System.getProperty("java.util.logging.config.file") != null) {
            return;
        }
        if (System.getProperty("java.util.logging.SimpleFormatter.format") == null) {
            System.setProperty("java.util.logging.SimpleFormatter.format", ONE_LINE);
        }
        HTTP_LIBRARY.setLevel(Level.WARNING);
    }
}
