package dev.scrip.metering;

import dev.scrip.ledger.AccountId;
import dev.scrip.pricing.Credits;

/// A charge that a backfill made, as the journal has it: whatever is forgotten elsewhere, this is
/// not.
///
/// @param event what identifies the event wherever it comes from
/// @param seq the number of the charge's fact
/// @param takenBack of its credits
/// @param reverted whether the backfill as a whole was taken back
public record BackfillCharge(
        String backfill,
        String event,
        AccountId account,
        long seq,
        Credits credits,
        Credits takenBack,
        boolean reverted) {

    /// Whether the event is paid for: one that was taken back may be charged again.
    public boolean counts() {
        return credits.isZero() || !takenBack.equals(credits);
    }
}
