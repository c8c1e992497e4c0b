package dev.scrip.client;

import java.math.BigDecimal;
import java.time.Instant;

/// What became of a charge. Being out of credits is an ordinary answer, not an exception.
public sealed interface ChargeOutcome {

    /// The credits were taken.
    ///
    /// @param replayed true when an earlier call with this idempotency key already took them
    record Charged(Charge charge, boolean replayed) implements ChargeOutcome {}

    /// The account cannot pay. Only credits mend this: a top-up, another plan, or the next period.
    record TooFewCredits(
            Problem problem, BigDecimal required, BigDecimal remaining, Instant resetsAt)
            implements ChargeOutcome {}

    /// Anything else the server would not do, such as an operation it does not know.
    record Refused(Problem problem) implements ChargeOutcome {}
}
