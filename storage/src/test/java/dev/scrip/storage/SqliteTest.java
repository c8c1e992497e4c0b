package dev.scrip.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteTest {

    private static final int FULL = 2;

    @TempDir Path directory;

    /// A killed process loses nothing without it, so no crash test would notice; a machine does.
    @Test
    void whatMustNotBeLostIsFlushedAtEachCommit() throws SQLException {
        try (var connection = Sqlite.open(directory.resolve("a.db"), Sqlite.Durability.FULL);
                var statement = connection.createStatement();
                var rows = statement.executeQuery("PRAGMA synchronous")) {
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(FULL);
        }
    }
}
