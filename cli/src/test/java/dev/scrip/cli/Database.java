package dev.scrip.cli;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A real PostgreSQL server with one database, which flushes as one in service does.
final class Database implements AutoCloseable {

    private final Path directory;
    private int port;
    private @Nullable EmbeddedPostgres running;

    Database(Path directory) {
        this.directory = directory;
        start();
    }

    private void start() {
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

    /// As `pg_ctl restart -m fast` does: open connections are cut.
    void restart() {
        close();
        start();
    }

    /// @param application what its connections are called
    String url(String application) {
        return "jdbc:postgresql://localhost:"
                + port
                + "/postgres?user=postgres&ApplicationName="
                + application;
    }

    /// The processes of the database that serve an application's connections.
    List<Long> processesOf(String application) throws SQLException {
        var server = running;
        if (server == null) {
            throw new IllegalStateException("stopped");
        }
        try (var connection = server.getPostgresDatabase().getConnection();
                var query =
                        connection.prepareStatement(
                                "SELECT pid FROM pg_stat_activity WHERE application_name = ?")) {
            query.setString(1, application);
            try (var rows = query.executeQuery()) {
                var found = new ArrayList<Long>();
                while (rows.next()) {
                    found.add(rows.getLong(1));
                }
                return found;
            }
        }
    }

    @Override
    public void close() {
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
}
