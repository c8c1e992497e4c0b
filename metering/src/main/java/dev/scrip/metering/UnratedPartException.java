package dev.scrip.metering;

/// One part of what was to be done together cannot be priced.
public final class UnratedPartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int index;
    private final RuntimeException why;

    UnratedPartException(int index, RuntimeException why) {
        super("Part " + index + " cannot be priced: " + why.getMessage(), why);
        this.index = index;
        this.why = why;
    }

    /// Of the part, from 0.
    public int index() {
        return index;
    }

    /// [UnknownOperationException], [UnknownUnitException], or [IllegalArgumentException].
    public RuntimeException why() {
        return why;
    }
}
