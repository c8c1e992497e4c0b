package dev.scrip.cli;

import dev.scrip.cli.report.Report;
import dev.scrip.pricing.CreditTableDesign;
import dev.scrip.pricing.DesignWarning;
import java.util.Arrays;
import java.util.List;

/// A designed credit table.
record DesignResult(CreditTableDesign design) implements Result {

    /// The codes a warning may have.
    static List<String> codes() {
        return Arrays.stream(DesignWarning.Kind.values())
                .map(kind -> new DesignWarning(kind, null, "").code())
                .toList();
    }

    @Override
    public Report report() {
        return DesignText.report(design);
    }

    @Override
    public String json() {
        return DesignJson.of(design);
    }

    @Override
    public List<String> csv() {
        return DesignCsv.lines(design);
    }
}
