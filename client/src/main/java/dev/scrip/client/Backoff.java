package dev.scrip.client;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/// The pauses between the attempts of one call: doubling, each drawn at random up to its size, so
/// that many clients of a server that was away do not come back in step.
final class Backoff {

    private static final long FIRST_NANOS = Duration.ofMillis(50).toNanos();
    private static final long LARGEST_NANOS = Duration.ofSeconds(2).toNanos();

    private long sizeNanos = FIRST_NANOS;

    /// @param notBefore how long the server asked to be left alone, at least
    long nextNanos(Duration notBefore) {
        long drawn = ThreadLocalRandom.current().nextLong(sizeNanos / 4, sizeNanos + 1);
        sizeNanos = Math.min(2 * sizeNanos, LARGEST_NANOS);
        return notBefore.toNanos() + drawn;
    }
}
