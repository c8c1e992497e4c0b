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
import java.sql.Connection;
import java.sql.SQLException;
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
/// - `journal.id`: which journal the others belong to;
/// - `lock`: held by the process that serves.
public final class DataDirectory implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(DataDirectory.class.getName());
    private static final String LOCK_FILE = "lock";
    private static final String JOURNAL_FILE = "journal.id";

    private final Path directory;
    private final FileChannel lockChannel;
    private final @Nullable Connection journalLock;
    private final OperatorStore operators;
    private final Supplier<StoredJournal> journals;
    private final String journalId;

    private DataDirectory(
            Path directory,
            FileChannel lockChannel,
            @Nullable Connection journalLock,
            OperatorStore operators,
            Supplier<StoredJournal> journals,
            String journalId) {
        this.directory = directory;
        this.lockChannel = lockChannel;
        this.journalLock = journalLock;
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
        Connection journalLock = null;
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
                journalLock = database.lock();
                journals = () -> new PostgresJournal(database);
                journalId = database.journalId();
            }
            requireSameJournal(directory, journalId);
            return new DataDirectory(
                    directory,
                    channel,
                    journalLock,
                    new OperatorStore(directory.resolve("operators.db")),
                    journals,
                    journalId);
        } catch (IOException e) {
            closeQuietly(channel);
            closeQuietly(journalLock);
            throw new StorageException(
                    "The data directory " + directory + " cannot be used: " + reason(e), e);
        } catch (StorageException | JournalException e) {
            closeQuietly(channel);
            closeQuietly(journalLock);
            throw e;
        }
    }

    /// Refuses another journal than last time: its facts would seem to be gone.
    private static void requireSameJournal(Path directory, String journalId) throws IOException {
        var file = directory.resolve(JOURNAL_FILE);
        var journal = journalId.isEmpty() ? "journal.db" : journalId;
        if (!Files.exists(file)) {
            Files.writeString(file, journal);
            return;
        }
        var before = Files.readString(file).strip();
        if (!before.equals(journal)) {
            throw new StorageException(
                    "The data directory "
                            + directory
                            + " belongs to another journal: "
                            + (before.equals("journal.db")
                                    ? "the one in the folder. Start without --journal"
                                    : journalId.isEmpty()
                                            ? "one in PostgreSQL. Start with its --journal"
                                            : "one in another database. Start with that one")
                            + ", or choose another folder with --data.");
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
        closeQuietly(journalLock);
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
    private static void closeQuietly(@Nullable FileChannel lock) {
        if (lock != null) {
            try {
                lock.close();
            } catch (IOException e) {
                LOG.log(System.Logger.Level.WARNING, "The lock file cannot be closed", e);
            }
        }
    }

    private static void closeQuietly(@Nullable Connection lock) {
        if (lock != null) {
            try {
                lock.close();
            } catch (SQLException e) {
                LOG.log(System.Logger.Level.WARNING, "The journal cannot be unlocked", e);
            }
        }
    }
}
