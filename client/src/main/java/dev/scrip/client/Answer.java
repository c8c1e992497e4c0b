package dev.scrip.client;

/// What became of a call: done, or refused with nothing changed.
public sealed interface Answer<T> {

    /// @param replayed true when an earlier call with this idempotency key already did it
    record Done<T>(T value, boolean replayed) implements Answer<T> {}

    record Refused<T>(Problem problem) implements Answer<T> {}

    /// The value, for callers who expect no refusal.
    ///
    /// @throws RefusedException if the call was refused
    default T orThrow() {
        return switch (this) {
            case Done<T>(var value, _) -> value;
            case Refused<T>(var problem) -> throw new RefusedException(problem);
        };
    }
}
