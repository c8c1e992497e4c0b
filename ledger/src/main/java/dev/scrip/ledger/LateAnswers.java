package dev.scrip.ledger;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// Answers callers that have waited too long, say on a disk that hangs. One look over all now and
/// then costs less than a timer for each.
final class LateAnswers implements Runnable {

    private static final long LOOK_NANOS = 200_000_000L;

    private final Thread owner;
    private final Duration answerWithin;
    private final Queue<Waiting> queue;
    private final Supplier<List<Waiting>> inFlight;

    /// @param owner who answers otherwise; it ends with this thread's work
    LateAnswers(
            Thread owner,
            Duration answerWithin,
            Queue<Waiting> queue,
            Supplier<List<Waiting>> inFlight) {
        this.owner = owner;
        this.answerWithin = answerWithin;
        this.queue = queue;
        this.inFlight = inFlight;
    }

    @Override
    public void run() {
        while (owner.isAlive()) {
            long start = System.nanoTime() - answerWithin.toNanos();
            var overdue =
                    PartitionException.outcomeUnknown(
                            new IllegalStateException("no answer within " + answerWithin));
            for (var waiting : inFlight.get()) {
                waiting.failIfOlder(start, overdue);
            }
            for (var waiting : queue) {
                waiting.failIfOlder(start, overdue);
            }
            LockSupport.parkNanos(this, LOOK_NANOS);
        }
    }
}
