package dev.scrip.ledger;

import dev.scrip.pricing.Credits;

/// How far an account may go on when its credits are spent. What it then uses is owed: a
/// receivable, never a grant below zero.
///
/// @param limit credits that may be owed at once; zero for none
/// @param payment how what is owed gets paid
public record Overage(Credits limit, Payment payment) {

    /// How what is owed gets paid.
    public enum Payment {
        /// By the next credits that are bought, first of all.
        FROM_PURCHASES,
        /// By an invoice: bought credits are left alone.
        INVOICED
    }

    /// Charges are refused when the credits are spent.
    public static final Overage REFUSED = new Overage(Credits.ZERO);

    public static final Overage UNLIMITED = new Overage(new Credits(Long.MAX_VALUE));

    public Overage {
        if (limit.micros() < 0) {
            throw new IllegalArgumentException(
                    "The overage limit (" + limit + ") must not be negative.");
        }
    }

    /// One that is paid from purchases.
    public Overage(Credits limit) {
        this(limit, Payment.FROM_PURCHASES);
    }

    public boolean isUnlimited() {
        return limit.equals(UNLIMITED.limit);
    }

    /// Whether so much more may be owed by an account that owes that already.
    boolean allows(Credits more, Credits owed) {
        return more.micros() <= limit.micros() - owed.micros();
    }
}
