package dev.scrip.audit;

/// Nothing can be said about the data, because it is not there or cannot be read. The message says
/// what to do.
public final class AuditException extends RuntimeException {

    private static final long serialVersionUID = 1;

    AuditException(String message) {
        super(message);
    }

    AuditException(String message, Throwable cause) {
        super(message, cause);
    }
}
