package dev.scrip.audit;

import dev.scrip.storage.DataCopy;
import dev.scrip.storage.StorageException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Copies of a data directory, and the way back from them.
public final class Backup {

    private Backup() {}

    /// Copies the journal and the operator data. A server may write meanwhile.
    ///
    /// @param to a folder that is empty or not there yet
    /// @throws AuditException if there is nothing to copy, or it cannot be copied
    public static void make(Path data, Path to) {
        requireJournal(data);
        copy(data, to);
    }

    /// Checks a copy and makes a data directory of it. Snapshot and projections are built anew by
    /// the server that starts there.
    ///
    /// @param data a folder that is empty or not there yet
    /// @return what the check found; nothing was restored unless it is [AuditReport.Sound]
    /// @throws AuditException if there is nothing to restore, or it cannot be copied
    public static AuditReport restore(Path from, Path data, Audit.Progress progress) {
        requireJournal(from);
        var report = Audit.of(from, null, progress);
        switch (report) {
            case AuditReport.Sound _ -> copy(from, data);
            case AuditReport.Unsound _ -> {}
        }
        return report;
    }

    private static void requireJournal(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new AuditException("There is no directory " + directory + ".");
        }
        if (!Files.isRegularFile(directory.resolve(DataCopy.JOURNAL))) {
            throw new AuditException(
                    "There is no journal in "
                            + directory
                            + ". If it is kept in PostgreSQL (serve --journal), back it up and"
                            + " restore it with pg_dump --schema=scrip and pg_restore: price books and"
                            + " keys are there too.");
        }
    }

    private static void copy(Path from, Path to) {
        try {
            DataCopy.make(from, to);
        } catch (StorageException e) {
            throw new AuditException(String.valueOf(e.getMessage()), e);
        }
    }
}
