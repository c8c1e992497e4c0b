package dev.scrip.pricingfile;

import dev.scrip.pricing.AdjustmentLimits;
import dev.scrip.pricing.Credits;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Reads how far adjustments may move a price together.
final class LimitsReader {

    private static final BigDecimal SMALLEST = Credits.SMALLEST_CHARGE.toBigDecimal();

    private static final List<String> COST_FLOORS =
            Stream.of(AdjustmentLimits.CostFloor.values())
                    .map(AdjustmentLimits.CostFloor::word)
                    .toList();

    private LimitsReader() {}

    /// None when the section is not there.
    static AdjustmentLimits read(Section root) {
        var section =
                root.section(
                        "adjustment_limits",
                        "lowest_factor, highest_factor, minimum_charge and cost_floor");
        if (section == null) {
            return AdjustmentLimits.NONE;
        }
        var lowest = section.figure("lowest_factor", Figure.LOWEST_FACTOR);
        var highest = section.figure("highest_factor", Figure.HIGHEST_FACTOR);
        var minimum = section.figureOr("minimum_charge", Figure.PRICED_CREDITS, SMALLEST);
        var field = section.field("cost_floor");
        var word = field == null ? null : field.word(COST_FLOORS);
        section.refuseOthers();
        return new AdjustmentLimits(
                lowest,
                highest,
                Credits.of(minimum, RoundingMode.UNNECESSARY),
                word == null
                        ? AdjustmentLimits.CostFloor.NONE
                        : AdjustmentLimits.CostFloor.valueOf(word.toUpperCase(Locale.ROOT)));
    }
}
