package dev.scrip.insight;

import dev.scrip.ledger.Limit;
import dev.scrip.ledger.Overage;
import dev.scrip.pricing.Credits;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How an account that calls were recorded of is taken to pay.
///
/// @param plan of the price book; null for one that pays for all it uses
/// @param overageLimit credits it may owe when those it has are spent; null for any number
/// @param dailyCap credits it may spend in a day, in UTC; null for any number
/// @param weeklyCap credits it may spend in a week
/// @param monthlyCap credits it may spend in a month
public record Subscriber(
        @Nullable String plan,
        @Nullable Credits overageLimit,
        @Nullable Credits dailyCap,
        @Nullable Credits weeklyCap,
        @Nullable Credits monthlyCap) {

    /// Pays for all it uses.
    public static final Subscriber PAY_AS_YOU_GO = new Subscriber(null, null);

    /// One without caps.
    public Subscriber(@Nullable String plan, @Nullable Credits overageLimit) {
        this(plan, overageLimit, null, null, null);
    }

    Overage overage() {
        return overageLimit == null ? Overage.UNLIMITED : new Overage(overageLimit);
    }

    List<Limit> caps() {
        var caps = new ArrayList<Limit>();
        add(caps, Limit.Window.DAY, dailyCap);
        add(caps, Limit.Window.WEEK, weeklyCap);
        add(caps, Limit.Window.MONTH, monthlyCap);
        return caps;
    }

    private static void add(List<Limit> caps, Limit.Window window, @Nullable Credits credits) {
        if (credits != null) {
            caps.add(new Limit.Cap(window.name(), Limit.Scope.ALL, window, credits));
        }
    }
}
