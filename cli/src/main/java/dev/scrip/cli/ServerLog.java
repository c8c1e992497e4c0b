package dev.scrip.cli;

import java.util.logging.Level;
import java.util.logging.Logger;

/// What a running server writes to standard error: one line an event.
final class ServerLog {

    private static final String FORMAT = "java.util.logging.SimpleFormatter.format";
    private static final String ONE_LINE = "%1$tFT%1$tT.%1$tL%1$tz %4$s %3$s: %5$s%6$s%n";

    // Held, since a logger that nobody holds forgets its level.
    private static final Logger MIGRATIONS = Logger.getLogger("org.flywaydb");

    private ServerLog() {}

    /// To be called before anything is logged. What the user configured stays.
    static void configure() {
        if (System.getProperty("java.util.logging.config.file") == null
                && System.getProperty(FORMAT) == null) {
            System.setProperty(FORMAT, ONE_LINE);
            // At each start it would say in six lines that nothing is to be done.
            MIGRATIONS.setLevel(Level.WARNING);
        }
    }
}
