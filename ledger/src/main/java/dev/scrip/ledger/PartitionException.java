package dev.scrip.ledger;

import org.jspecify.annotations.Nullable;

/// A partition could not answer. Asking again under the same request key is safe in every case.
public final class PartitionException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /// What is known of the command.
    public enum Kind {
        /// Not taken: too many wait already.
        OVERLOADED,
        /// Not taken: the partition does not serve at the moment.
        UNAVAILABLE,
        /// It may have happened or not; the request key settles it.
        OUTCOME_UNKNOWN
    }

    private final Kind kind;

    private PartitionException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    static PartitionException overloaded(int queueLengthMax) {
        return new PartitionException(
                Kind.OVERLOADED, "More than " + queueLengthMax + " commands wait.", null);
    }

    static PartitionException unavailable(String reason) {
        return new PartitionException(Kind.UNAVAILABLE, "Not serving: " + reason, null);
    }

    static PartitionException outcomeUnknown(Throwable cause) {
        return new PartitionException(
                Kind.OUTCOME_UNKNOWN, "It is unknown whether the command was stored.", cause);
    }

    public Kind kind() {
        return kind;
    }
}
