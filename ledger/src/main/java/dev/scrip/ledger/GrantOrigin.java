package dev.scrip.ledger;

/// Why credits were granted.
///
/// @param cause the sequence number of the fact it follows from; 0 when there is none
/// @param reason in an operator's words; empty when nobody gave any
public record GrantOrigin(Kind kind, long cause, String reason) {

    public enum Kind {
        /// Somebody asked for it.
        ASKED,
        /// A period of the plan began.
        PLAN,
        /// The period before left credits of the plan.
        ROLLOVER,
        /// It came on top of a purchase, the cause.
        BONUS,
        /// A top-up, the cause, was paid.
        TOP_UP,
        /// A charge, the cause, was taken back after what it owed had been paid.
        REVERSAL,
        /// An operator set an account right.
        ADJUSTMENT
    }

    public static final GrantOrigin ASKED = new GrantOrigin(Kind.ASKED, 0, "");
    public static final GrantOrigin PLAN = new GrantOrigin(Kind.PLAN, 0, "");
    public static final GrantOrigin ROLLOVER = new GrantOrigin(Kind.ROLLOVER, 0, "");

    public static GrantOrigin causedBy(Kind kind, long cause) {
        return new GrantOrigin(kind, cause, "");
    }

    public static GrantOrigin adjustment(String reason) {
        return new GrantOrigin(Kind.ADJUSTMENT, 0, reason);
    }
}
