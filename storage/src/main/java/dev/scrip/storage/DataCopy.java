package dev.scrip.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.List;

/// Copies what a data directory must not lose: the journal, and the operator data after it, so that
/// the copy has every price book that one of its facts names. What can be rebuilt is left out.
public final class DataCopy {

    public static final String JOURNAL = "journal.db";
    private static final List<String> FILES = List.of(JOURNAL, "operators.db");

    private DataCopy() {}

    /// Makes the folder and the copies, all flushed. Safe while a server writes: each file is
    /// copied as of one moment.
    ///
    /// @param to a folder that is empty or not there yet
    /// @throws StorageException if something cannot be read or written; nothing may be used then
    public static void make(Path from, Path to) {
        for (var file : FILES) {
            if (!Files.isRegularFile(from.resolve(file))) {
                throw new StorageException("There is no " + file + " in " + from + ".");
            }
        }
        try {
            DataDirectory.create(to);
            if (!isEmpty(to)) {
                throw new StorageException(
                        to + " is not empty. Name a directory that is not there yet.");
            }
            for (var file : FILES) {
                copy(from.resolve(file), to.resolve(file));
            }
            flush(to, StandardOpenOption.READ);
        } catch (IOException e) {
            throw new StorageException("The copy " + to + " cannot be written: " + e, e);
        }
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.findAny().isEmpty();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var connection = Sqlite.openToRead(from);
                var vacuum = connection.prepareStatement("VACUUM INTO ?")) {
            vacuum.setString(1, to.toString());
            vacuum.execute();
        } catch (SQLException e) {
            throw new StorageException(
                    from + " cannot be copied to " + to + ": " + e.getMessage(), e);
        }
        // SQLite leaves that to the system.
        flush(to, StandardOpenOption.WRITE);
    }

    private static void flush(Path path, StandardOpenOption option) throws IOException {
        try (var channel = FileChannel.open(path, option)) {
            channel.force(true);
        }
    }
}
