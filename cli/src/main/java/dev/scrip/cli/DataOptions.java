package dev.scrip.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where what a server keeps is read, by every command that reads it beside the server.
final class DataOptions {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            required = true,
            description = "The data directory of a server, or a copy of it.")
    private Path directory = Path.of("");

    @Option(
            names = "--journal",
            paramLabel = "URL",
            description = "The PostgreSQL database that has the journal, as given to serve.")
    private @Nullable String journal;

    Path directory() {
        return directory;
    }

    /// Null when the directory has it.
    @Nullable String journal() {
        return journal;
    }
}
