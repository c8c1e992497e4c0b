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
/// - `operators.db`: price books and API keys, unless they are kept in PostgreSQL with the journal;
/// - `views.db`: read models, rebuilt from the journal when missing;
/// - `journal.id`: which journal the others belong to;
/// - `lock`: held by the process that serves.
public final class DataDirectory implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(DataDirectory.class.getName());
    private static final String LOCK_FILE = "lock";
    private static final String JOURNAL_FILE = "journal.id";
    private static final String OPERATORS_FILE = "operators.db";

    private final Path directory;
    private final FileChannel lockChannel;
    private final @Nullable WriterTerm term;
    private final OperatorStore operators;
    private final Supplier<StoredJournal> journals;
    private final String journalId;

    private DataDirectory(
            Path directory,
            FileChannel lockChannel,
            @Nullable WriterTerm term,
            OperatorStore operators,
            Supplier<StoredJournal> journals,
            String journalId) {
        this.directory = directory;
        this.lockChannel = lockChannel;
        this.term = term;
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
            return journalUrl == null
                    ? alone(directory, channel)
                    : withDatabase(directory, channel, new Postgres(journalUrl));
        } catch (IOException e) {
            closeQuietly(channel);
            throw new StorageException(
                    "The data directory " + directory + " cannot be used: " + reason(e), e);
        } catch (StorageException | JournalException e) {
            closeQuietly(channel);
            throw e;
        }
    }

    private static DataDirectory alone(Path directory, FileChannel channel) throws IOException {
        requireSameJournal(directory, "");
        return new DataDirectory(
                directory,
                channel,
                null,
                OperatorStore.inFile(directory.resolve(OPERATORS_FILE)),
                () -> new SqliteJournal(directory.resolve("journal.db")),
                "");
    }

    private static DataDirectory withDatabase(
            Path directory, FileChannel channel, Postgres database) throws IOException {
        database.migrate();
        var journalId = database.journalId();
        requireSameJournal(directory, journalId);
        var term = new WriterTerm(database, TermSettings.DEFAULT);
        var operators = OperatorStore.inDatabase(database, term);
        return new DataDirectory(
                directory,
                channel,
                term,
                operators,
                () -> new PostgresJournal(database, term),
                journalId);
    }

    /// Once, the operator data that the folder has goes to where other servers see it too. The file
    /// stays under another name. To be called when it is known who is the writer.
    ///
    /// @throws StorageException if the database has others, or none and this is not the writer
    public void bringOver() {
        var file = directory.resolve(OPERATORS_FILE);
        if (term == null || !Files.exists(file)) {
            return;
        }
        try (var before = OperatorStore.inFile(file)) {
            operators.bringOver(before.priceBooks(), before.keys(), file.toString());
        }
        try {
            Files.move(file, directory.resolve(OPERATORS_FILE + ".moved"));
        } catch (IOException e) {
            throw new StorageException(
                    "The file "
                            + file
                            + " cannot be renamed, though all of it is in the database: "
                            + reason(e),
                    e);
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
        var journal = journals.get();
        if (term != null) {
            term.whenDeposed(journal::breakOff);
        }
        return journal;
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

    /// This server's part in who is the writer, to be begun by whoever serves; null when the folder
    /// has the journal, and nobody else can write.
    public @Nullable WriterTerm term() {
        return term;
    }

    /// Gives the writer's term up, closes the operator data and lets another process have the
    /// folder.
    @Override
    public void close() {
        if (term != null) {
            term.close();
        }
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
    private static void closeQuietly(@Nullable FileChannel lock) {
        if (lock != null) {
            try {
                lock.close();
            } catch (IOException e) {
                LOG.log(System.Logger.Level.WARNING, "The lock file cannot be closed", e);
            }
        }
    }
}
