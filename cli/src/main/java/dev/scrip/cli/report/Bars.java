package dev.scrip.cli.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Horizontal bars from zero, negative ones to the left.
///
/// @param reference where a line is drawn across all bars, such as a margin floor; null for none
/// @param referenceLabel what that line is; empty for none
public record Bars(String title, List<Bar> bars, @Nullable Double reference, String referenceLabel)
        implements Block.Picture {

    /// @param shown the value as it is written beside the bar
    public record Bar(String label, double value, String shown, Block.Tone tone) {}

    public Bars {
        bars = List.copyOf(bars);
        for (var bar : bars) {
            Curves.checkFinite(bar.value());
        }
    }
}
