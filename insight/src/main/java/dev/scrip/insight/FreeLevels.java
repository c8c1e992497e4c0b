package dev.scrip.insight;

import java.math.BigDecimal;
import java.util.List;

/// The best levels when they may be any figures: how exact so many levels can be at most.
///
/// @param distortion Σ wᵢ (ln cᵢ − ln xᵢ)², half even to 12 decimals
/// @param centres the levels, rising, half even to 6 decimals
/// @param sizes how many operations each has
public record FreeLevels(BigDecimal distortion, List<BigDecimal> centres, List<Integer> sizes) {

    public FreeLevels {
        centres = List.copyOf(centres);
        sizes = List.copyOf(sizes);
    }
}
