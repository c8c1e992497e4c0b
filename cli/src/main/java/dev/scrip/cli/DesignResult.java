package dev.scrip.cli;

import dev.scrip.cli.report.Report;
import dev.scrip.pricing.CreditTableDesign;
import dev.scrip.pricing.DesignWarning;
import dev.scrip.pricingfile.UsageCosts;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A designed credit table.
///
/// @param costs what a usage log said; null when none was given
/// @param bands that would be better sold apart
record DesignResult(
        CreditTableDesign design, @Nullable UsageCosts costs, List<MeasuredBands.Proposed> bands)
        implements Result {

    DesignResult {
        bands = List.copyOf(bands);
    }

    /// The codes a warning may have.
    static List<String> codes() {
        return Arrays.stream(DesignWarning.Kind.values())
                .map(kind -> new DesignWarning(kind, null, "").code())
                .toList();
    }

    @Override
    public Report report() {
        var report = DesignText.report(design);
        return costs == null ? report : report.with(MeasuredText.blocks(costs, bands));
    }

    @Override
    public String json() {
        return DesignJson.of(design, costs, bands);
    }

    @Override
    public List<String> csv() {
        return DesignCsv.lines(design);
    }
}
