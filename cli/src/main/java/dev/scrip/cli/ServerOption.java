package dev.scrip.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which server a command asks, and with which key.
final class ServerOption {

    private static final String KEY_VARIABLE = "SCRIP_API_KEY";

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "A running server, such as http://127.0.0.1:8080.")
    private @Nullable URI server;

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description =
                    "A file with an admin key; otherwise it is taken from " + KEY_VARIABLE + ".")
    private @Nullable Path keyFile;

    boolean isGiven() {
        return server != null;
    }

    /// @throws IllegalArgumentException if no server is named or there is no key for it
    ServerPriceBooks priceBooks() {
        if (server == null) {
            throw new IllegalArgumentException(
                    "Say which server: --server URL, such as http://127.0.0.1:8080.");
        }
        return new ServerPriceBooks(server, key());
    }

    private String key() {
        if (keyFile == null) {
            var key = System.getenv(KEY_VARIABLE);
            if (key == null || key.isBlank()) {
                throw new IllegalArgumentException(
                        "There is no API key: put an admin key into "
                                + KEY_VARIABLE
                                + ", or name a file that has it with --key-file.");
            }
            return key.strip();
        }
        try {
            return Files.readString(keyFile).strip();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "The key file " + keyFile + " cannot be read: " + e.getMessage(), e);
        }
    }
}
