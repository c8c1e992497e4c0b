package dev.scrip.insight;

import dev.scrip.ledger.Overage;
import dev.scrip.pricing.Credits;
import org.jspecify.annotations.Nullable;

/// How an account that calls were recorded of is taken to pay.
///
/// @param plan of the price book; null for one that pays for all it uses
/// @param overageLimit credits it may owe when those it has are spent; null for any number
public record Subscriber(@Nullable String plan, @Nullable Credits overageLimit) {

    /// Pays for all it uses.
    public static final Subscriber PAY_AS_YOU_GO = new Subscriber(null, null);

    Overage overage() {
        return overageLimit == null ? Overage.UNLIMITED : new Overage(overageLimit);
    }
}
