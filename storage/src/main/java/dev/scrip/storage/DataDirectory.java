package dev.scrip.storage;

import dev.scrip.ledger.Journal;
import dev.scrip.ledger.JournalException;
import dev.scrip.ledger.Snapshots;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A folder that holds everything one embedded service keeps:
///
/// - `journal.db`: the facts, the only thing that must never be lost, unless they are kept in
///   PostgreSQL;
/// - `ledger.snapshot`: the state up to some fact, for a faster start; with a journal elsewhere its
///   id is part of the name, so that no journal starts from another's state;
/// - `operators.db`: price books and API keys;
/// - `views.db`: read models, rebuilt from the journal when missing;
/// - `lock`: held by the process that serves.
public final class DataDirectory implements AutoCloseable {

    private static final String LOCK_FILE = "lock";

    private final Path directory;
    private final FileChannel lockChannel;
    private final OperatorStore operators;
    private final Supplier<StoredJournal> journals;
    private final String journalId;

    private DataDirectory(
            Path directory,
            FileChannel lockChannel,
            OperatorStore operators,
            Supplier<StoredJournal> journals,
            String journalId) {
        this.directory = directory;
        this.lockChannel = lockChannel;
        this.operators = operators;
        this.journals = journals;
        this.journalId = journalId;
    }

    /// As [#open(Path, PostgresUrl)] with the journal in the folder too.
    public static DataDirectory open(Path directory) {
        return open(directory, null);
    }

    /// Opens the folder for this process alone, and creates it if it is missing.
    ///
    /// @param journalUrl the database that has the journal; null when the folder has it
    /// @throws StorageException if it cannot be written, or another process holds it
    /// @throws JournalException if the database does not answer
    public static DataDirectory open(Path directory, @Nullable PostgresUrl journalUrl) {
        FileChannel channel = null;
        try {
            create(directory);
            channel =
                    FileChannel.open(
                            directory.resolve(LOCK_FILE),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                throw new StorageException(
                        "Another process serves the data directory "
                                + directory
                                + ". Stop it first, or choose another with --data.");
            }
            Supplier<StoredJournal> journals =
                    () -> new SqliteJournal(directory.resolve("journal.db"));
            var journalId = "";
            if (journalUrl != null) {
                var database = new Postgres(journalUrl);
                database.migrate();
                journals = () -> new PostgresJournal(database);
                journalId = database.journalId();
            }
            return new DataDirectory(
                    directory,
                    channel,
                    new OperatorStore(directory.resolve("operators.db")),
                    journals,
                    journalId);
        } catch (IOException e) {
            throw new StorageException(
                    "The data directory " + directory + " cannot be used: " + reason(e), e);
        } catch (StorageException | JournalException e) {
            closeQuietly(channel);
            throw e;
        }
    }

    /// Opens the partition's journal. The caller closes it.
    public Journal journal() {
        return journals.get();
    }

    public Snapshots snapshots() {
        return new SnapshotFile(
                directory.resolve(
                        journalId.isEmpty()
                                ? "ledger.snapshot"
                                : "ledger-" + journalId + ".snapshot"));
    }

    /// Starts to project the journal into read models. The caller closes them.
    ///
    /// @param durableHead the number of the last fact that may be shown
    public ReadModelProjector readModels(LongSupplier durableHead) {
        return new ReadModelProjector(
                journals, journalId, directory.resolve("views.db"), durableHead);
    }

    public OperatorStore operators() {
        return operators;
    }

    /// Closes the operator data and lets another process have the folder.
    @Override
    public void close() {
        operators.close();
        closeQuietly(lockChannel);
    }

    static void create(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        var parent = directory.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        try {
            if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createDirectory(
                        directory,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
            } else {
                Files.createDirectory(directory);
            }
        } catch (FileAlreadyExistsException e) {
            throw new IOException("it is a file, not a folder", e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException _) {
            return null;
        }
    }

    private static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException _ -> "this user may not write there.";
            case FileSystemException cause when cause.getReason() != null ->
                    cause.getReason() + ".";
            default -> e.getMessage() + ".";
        };
    }

    // The lock goes with the process in any case.
    private static void closeQuietly(@Nullable FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                System.getLogger(DataDirectory.class.getName())
                        .log(System.Logger.Level.WARNING, "The lock file cannot be closed", e);
            }
        }
    }
}
