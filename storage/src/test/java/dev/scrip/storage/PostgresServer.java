package dev.scrip.storage;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// A real PostgreSQL server, which flushes as one in service does and can be restarted.
final class PostgresServer implements AutoCloseable {

    private final Path directory;
    private int port;
    private int databases;
    private @Nullable EmbeddedPostgres running;

    PostgresServer(Path directory) {
        this.directory = directory;
        start();
    }

    void start() {
        var builder =
                EmbeddedPostgres.builder()
                        .setDataDirectory(directory)
                        .setCleanDataDirectory(false)
                        .setServerConfig("fsync", "on")
                        .setServerConfig("full_page_writes", "on")
                        .setServerConfig("synchronous_commit", "on");
        if (port != 0) {
            builder.setPort(port);
        }
        try {
            var started = builder.start();
            port = started.getPort();
            running = started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void stop() {
        var stopping = running;
        running = null;
        if (stopping != null) {
            try {
                stopping.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// An empty database.
    PostgresUrl database() {
        var name = "scrip_" + ++databases;
        execute("CREATE DATABASE " + name);
        return new PostgresUrl(
                "jdbc:postgresql://localhost:" + port + "/" + name + "?user=postgres");
    }

    void execute(String sql) {
        var server = running;
        if (server == null) {
            throw new IllegalStateException("stopped");
        }
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        stop();
    }
}
