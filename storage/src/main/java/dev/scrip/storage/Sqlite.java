package dev.scrip.storage;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;

/// Opens SQLite files the way this project needs them.
final class Sqlite {

    /// Older versions can lose commits when two connections meet at a WAL reset.
    private static final int[] VERSION_MIN = {3, 51, 3};

    /// How hard a commit tries to survive a power cut.
    enum Durability {
        /// Flushed before commit returns: for what must not be lost.
        FULL,
        /// Not flushed: for what can be rebuilt.
        REBUILDABLE
    }

    private Sqlite() {}

    static Connection open(Path file, Durability durability) throws SQLException {
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(
                durability == Durability.FULL
                        ? SQLiteConfig.SynchronousMode.FULL
                        : SQLiteConfig.SynchronousMode.NORMAL);
        config.setBusyTimeout(5_000);
        // Otherwise each insert is followed by a query for a row id that nobody asks for.
        config.setGetGeneratedKeys(false);
        var connection = config.createConnection("jdbc:sqlite:" + file);
        requireVersion(connection);
        return connection;
    }

    /// A connection that cannot write, beside whoever does.
    static Connection openToRead(Path file) throws SQLException {
        var config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(5_000);
        var connection = config.createConnection("jdbc:sqlite:" + file);
        requireVersion(connection);
        return connection;
    }

    private static void requireVersion(Connection connection) throws SQLException {
        var version = connection.getMetaData().getDatabaseProductVersion();
        var parts = version.split("\\.", -1);
        for (int i = 0; i < VERSION_MIN.length; i++) {
            int part = i < parts.length ? Integer.parseInt(parts[i]) : 0;
            if (part > VERSION_MIN[i]) {
                return;
            }
            if (part < VERSION_MIN[i]) {
                connection.close();
                throw new StorageException(
                        "SQLite " + version + " is too old: 3.51.3 or newer is needed.");
            }
        }
    }
}
