package dev.scrip.insight;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// The best levels among the values of a ladder.
///
/// @param distortion Σ wᵢ (ln cᵢ − ln xᵢ)², half even to 12 decimals
/// @param credits the levels in use, rising
/// @param assignment the level of each operation, the nearest by ratio; a tie goes to the lower
public record LadderLevels(
        BigDecimal distortion, List<BigDecimal> credits, SortedMap<String, BigDecimal> assignment) {

    public LadderLevels {
        credits = List.copyOf(credits);
        assignment = Collections.unmodifiableSortedMap(new TreeMap<>(assignment));
    }
}
