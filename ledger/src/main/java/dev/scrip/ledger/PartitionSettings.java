package dev.scrip.ledger;

import java.time.Duration;

/// How a partition hosts its ledger.
///
/// @param queueLengthMax commands that may wait; more are refused as overload
/// @param batchLengthMax commands in one group commit
/// @param factsBetweenSnapshots how many facts a restart may have to replay
/// @param answerWithin a caller that waits longer is told that the outcome is unknown
public record PartitionSettings(
        LedgerSettings ledger,
        int queueLengthMax,
        int batchLengthMax,
        int factsBetweenSnapshots,
        Duration answerWithin) {

    public static final PartitionSettings DEFAULT =
            new PartitionSettings(
                    LedgerSettings.DEFAULT, 20_000, 4_096, 1_000_000, Duration.ofSeconds(5));
}
