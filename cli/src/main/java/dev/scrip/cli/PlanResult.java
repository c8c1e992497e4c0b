package dev.scrip.cli;

import dev.scrip.cli.report.Block;
import dev.scrip.cli.report.Report;
import dev.scrip.insight.Backtest.Outcome;
import dev.scrip.pricing.PriceBookDiff;
import dev.scrip.pricing.PriceBookRules.Violation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What publishing a pricing file would change, and whether its rules allow it.
///
/// @param calledOff versions still to come that publishing would call off
/// @param backtest recorded usage under both books; null when none was given
record PlanResult(
        PriceBookDiff diff,
        List<String> calledOff,
        List<Violation> violations,
        @Nullable Outcome backtest)
        implements Result {

    PlanResult {
        calledOff = List.copyOf(calledOff);
        violations = List.copyOf(violations);
    }

    @Override
    public Report report() {
        var blocks = new ArrayList<Block>();
        if (!diff.isEmpty()) {
            blocks.add(new Block.Paragraph(DiffText.summary(diff) + "."));
        }
        if (!diff.isEmpty() && !calledOff.isEmpty()) {
            blocks.add(
                    new Block.Paragraph(
                            "Publishing it would call off what is still to come: "
                                    + String.join(", ", calledOff)
                                    + "."));
        }
        blocks.addAll(RuleCheck.blocks(violations));
        blocks.add(new Block.Heading("What changes"));
        blocks.addAll(DiffText.blocks(diff));
        if (backtest != null) {
            var currency = diff.after().currency();
            blocks.add(new Block.Heading("On recorded usage"));
            blocks.add(new Block.Paragraph(BacktestText.summary(backtest, currency) + "."));
            blocks.addAll(BacktestText.blocks(backtest, currency));
        }
        return new Report("Plan of a price change", lead(), blocks);
    }

    private String lead() {
        if (diff.isEmpty()) {
            return "Nothing to publish: "
                    + diff.before().version()
                    + " says the same"
                    + (violations.isEmpty() ? "." : ", and breaks rules of the file.");
        }
        return switch (violations.size()) {
            case 0 -> "It can be published: no rule of the file is broken.";
            case 1 -> "A rule is broken: scrip apply would refuse it without --override.";
            default ->
                    violations.size()
                            + " rules are broken: scrip apply would refuse it without --override.";
        };
    }

    @Override
    public String json() {
        return JsonText.of(json -> {
            json.writeStartObject();
            json.writeStringProperty("based_on", diff.before().version());
            json.writeStringProperty("effective_from", diff.after().effectiveFrom().toString());
            json.writeName("called_off");
            json.writeStartArray();
            calledOff.forEach(json::writeString);
            json.writeEndArray();
            RuleCheck.write(json, violations);
            DiffResult.write(json, diff);
            json.writeName("backtest");
            if (backtest == null) {
                json.writeNull();
            } else {
                json.writeStartObject();
                BacktestResult.write(json, backtest, diff.after().currency());
                json.writeEndObject();
            }
            json.writeEndObject();
        });
    }

    @Override
    public List<String> csv() {
        return new DiffResult(diff).csv();
    }
}
