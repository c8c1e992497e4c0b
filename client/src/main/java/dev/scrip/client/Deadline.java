package dev.scrip.client;

import java.time.Duration;

/// The instant by which a call must have its answer, on the clock that never jumps.
record Deadline(long nanoTime) {

    static Deadline after(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    /// What is left; zero or less when it is over.
    long nanosLeft() {
        return nanoTime - System.nanoTime();
    }
}
