package dev.scrip.metering;

import dev.scrip.ledger.Fact;
import dev.scrip.ledger.Fingerprint;
import dev.scrip.ledger.RequestKey;
import dev.scrip.pricing.Credits;
import org.jspecify.annotations.Nullable;

/// The request keys of backfills. They say in the journal which backfill charged which event, so
/// that nothing else needs to be kept.
public final class BackfillKeys {

    private static final String CHARGE = "backfill:";
    private static final String REVERT = "backfill-revert:";

    private BackfillKeys() {}

    static RequestKey charge(String backfill, String event, Fingerprint fingerprint) {
        return new RequestKey(CHARGE + backfill + ":" + event, fingerprint);
    }

    static RequestKey revert(BackfillCharge charge) {
        // The same whatever reason is given: it is done once.
        return new RequestKey(
                REVERT + charge.backfill() + ":" + charge.seq(), new Fingerprint(0, charge.seq()));
    }

    /// The charge as a backfill's, or null when it is none.
    public static @Nullable BackfillCharge of(Fact.Charged charged) {
        var key = charged.request().key();
        int colon = key.lastIndexOf(':');
        // Other charges have no time of their own, whatever their keys look like.
        if (charged.usage().usedAt() == null
                || !key.startsWith(CHARGE)
                || colon < CHARGE.length()) {
            return null;
        }
        return new BackfillCharge(
                key.substring(CHARGE.length(), colon),
                key.substring(colon + 1),
                charged.asked(),
                charged.seq(),
                charged.usage().credits(),
                Credits.ZERO,
                false);
    }

    /// Whether it was taken back with the whole backfill.
    public static boolean isRevert(Fact.Reversed reversed) {
        return reversed.request().key().startsWith(REVERT);
    }
}
