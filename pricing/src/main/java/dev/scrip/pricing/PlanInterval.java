package dev.scrip.pricing;

import java.util.Locale;

/// How long a period of a plan lasts: for its fee, it grants its credits once in each.
public enum PlanInterval {
    DAY,
    WEEK,
    MONTH,
    YEAR;

    /// As files and people write it, such as `month`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
