package dev.scrip.ledger;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A command and the caller that waits for its answer.
final class Waiting {

    final Command command;

    /// Made on the caller's thread: hashing is not for the one thread that all wait for.
    final @Nullable Fingerprint requestId;

    private final Thread caller = Thread.currentThread();
    private final long since = System.nanoTime();
    @Nullable Reply reply;
    private @Nullable PartitionException failure;
    private volatile boolean done;

    /// Whether the caller stands at this one: who asked for many waits for the last of them, and is
    /// woken once.
    private volatile boolean awaited;

    Waiting(Command command) {
        this.command = command;
        var request = command.request();
        requestId = request == null ? null : RememberedRequests.id(command.account(), request);
        // The account is looked up by it, and its strings remember their part.
        var _ = command.account().hashCode();
    }

    void answer() {
        done = true;
        if (awaited) {
            LockSupport.unpark(caller);
        }
    }

    void fail(PartitionException exception) {
        if (!done) {
            failure = exception;
            answer();
        }
    }

    void failIfOlder(long nanoTime, PartitionException exception) {
        if (since - nanoTime < 0) {
            fail(exception);
        }
    }

    Reply await() {
        boolean interrupted = false;
        awaited = true;
        while (!done) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw failure;
        }
        if (reply == null) {
            throw new IllegalStateException("A command was answered without a reply.");
        }
        return reply;
    }
}
