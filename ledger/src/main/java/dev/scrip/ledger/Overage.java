package dev.scrip.ledger;

import dev.scrip.pricing.Credits;

/// How far an account may go on when its credits are spent. What it then uses is owed: a
/// receivable, never a grant below zero.
///
/// @param limit credits that may be owed at once; zero for none
public record Overage(Credits limit) {

    /// Charges are refused when the credits are spent.
    public static final Overage REFUSED = new Overage(Credits.ZERO);

    public static final Overage UNLIMITED = new Overage(new Credits(Long.MAX_VALUE));

    public Overage {
        if (limit.micros() < 0) {
            throw new IllegalArgumentException(
                    "The overage limit (" + limit + ") must not be negative.");
        }
    }

    public boolean isUnlimited() {
        return equals(UNLIMITED);
    }

    /// Whether so much more may be owed by an account that owes that already.
    boolean allows(Credits more, Credits owed) {
        return more.micros() <= limit.micros() - owed.micros();
    }
}
