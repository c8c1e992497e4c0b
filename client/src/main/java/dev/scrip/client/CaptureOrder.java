package dev.scrip.client;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// What a held call came to, as credits or as a quantity.
///
/// @param quantity priced by the price book that was in force when the credits were set aside
/// @param use what the call used, when it was measured
/// @param more whether the hold goes on; null when it ends
/// @param overage whether more than is held may be taken; null when not
public record CaptureOrder(
        @Nullable BigDecimal credits,
        @Nullable BigDecimal quantity,
        @Nullable MeasuredUse use,
        @Nullable More more,
        @Nullable Overage overage) {

    /// Whether more captures of the hold come.
    public enum More {
        @JsonProperty("follows")
        FOLLOWS
    }

    /// What becomes of a capture of more than is held.
    public enum Overage {
        @JsonProperty("allow")
        ALLOW
    }

    public static CaptureOrder ofCredits(BigDecimal credits) {
        return new CaptureOrder(credits, null, null, null, null);
    }

    public static CaptureOrder ofQuantity(BigDecimal quantity) {
        return new CaptureOrder(null, quantity, null, null, null);
    }

    public CaptureOrder withUse(MeasuredUse use) {
        return new CaptureOrder(credits, quantity, use, more, overage);
    }

    /// More captures follow, so the hold goes on.
    public CaptureOrder withMoreToFollow() {
        return new CaptureOrder(credits, quantity, use, More.FOLLOWS, overage);
    }

    /// What is beyond the hold is drawn from the account.
    public CaptureOrder withOverage() {
        return new CaptureOrder(credits, quantity, use, more, Overage.ALLOW);
    }
}
