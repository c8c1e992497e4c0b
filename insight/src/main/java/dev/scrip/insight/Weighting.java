package dev.scrip.insight;

/// How much each operation counts when a table is made simpler.
public enum Weighting {
    /// Every operation the same.
    UNIT,
    /// By its share of revenue: exact credits × calls over the sum of these.
    REVENUE
}
