package dev.scrip.pricing;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// What becomes of a plan's credits that a period left: a share of them lives on in the next one.
///
/// @param share 0 to 1, at most 6 decimals; 0 for none
/// @param cap at most so many; null for as many as there are
public record Rollover(BigDecimal share, @Nullable Credits cap) {

    public static final Rollover NONE = new Rollover(BigDecimal.ZERO, null);

    public static final Rollover ALL = new Rollover(BigDecimal.ONE, null);

    private static final int DECIMALS = 6;

    public Rollover {
        share = share.stripTrailingZeros();
        if (share.signum() < 0 || share.compareTo(BigDecimal.ONE) > 0 || share.scale() > DECIMALS) {
            throw new IllegalArgumentException(
                    "The rollover share ("
                            + share.toPlainString()
                            + ") must be 0 to 1 with at most 6 decimals.");
        }
        // Of nothing there is nothing to bound: one way to say it.
        cap = share.signum() == 0 ? null : cap;
        if (cap != null && cap.micros() < 0) {
            throw new IllegalArgumentException(
                    "The rollover cap (" + cap + ") must not be negative.");
        }
    }

    public boolean isNone() {
        return share.signum() == 0;
    }
}
