package dev.scrip.storage;

import java.time.Duration;

/// How long a writer's term lasts without being renewed, and how often it is looked at.
///
/// A standby serves at the latest `lasts + lookEvery` after the writer's last renewal, plus what
/// taking the term and reading the rest of the journal takes: 1.7 s and some 50 ms by default.
///
/// @param lasts from a renewal, by the database's clock
/// @param renewEvery how often the writer renews it; a few times in what it lasts, so that one lost
///   answer does not end it
/// @param lookEvery how often a standby looks whether it is over
/// @param drift how much sooner the writer counts it as over by its own clock, which may run slower
///   than the database's
record TermSettings(Duration lasts, Duration renewEvery, Duration lookEvery, Duration drift) {

    static final TermSettings DEFAULT =
            new TermSettings(
                    Duration.ofMillis(1_500),
                    Duration.ofMillis(500),
                    Duration.ofMillis(200),
                    Duration.ofMillis(100));

    TermSettings {
        if (renewEvery.plus(drift).compareTo(lasts) >= 0) {
            throw new IllegalArgumentException(
                    "A term that lasts "
                            + lasts
                            + " cannot be kept by renewing it every "
                            + renewEvery
                            + ".");
        }
    }
}
