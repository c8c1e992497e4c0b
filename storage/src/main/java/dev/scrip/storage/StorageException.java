package dev.scrip.storage;

/// The store cannot be used: damaged, locked, or of another version. Not for a failed append, whose
/// outcome is unknown; that is a [dev.scrip.ledger.JournalException].
public final class StorageException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public StorageException(String message) {
        super(message);
    }

    public StorageException(String message, Throwable cause) {
        super(message, cause);
    }
}
