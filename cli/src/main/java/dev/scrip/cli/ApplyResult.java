package dev.scrip.cli;

import dev.scrip.cli.report.Block;
import dev.scrip.cli.report.Report;
import dev.scrip.pricing.PriceBookDiff;
import dev.scrip.pricing.PriceBookRules.Violation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What became of a price book that was to be published.
///
/// @param diff what it changes beside the last one
/// @param violations the rules it breaks
record ApplyResult(PriceBookDiff diff, List<Violation> violations, Outcome outcome)
        implements Result {

    sealed interface Outcome permits Published, Unchanged, Broken {}

    /// @param calledOff versions that were to take effect then or later, and never will
    record Published(String version, Instant effectiveFrom, List<String> calledOff)
            implements Outcome {}

    /// There was nothing to change.
    record Unchanged() implements Outcome {}

    /// Rules were broken, so nothing was published.
    record Broken() implements Outcome {}

    ApplyResult {
        violations = List.copyOf(violations);
    }

    @Override
    public Report report() {
        var blocks = new ArrayList<Block>();
        blocks.addAll(RuleCheck.blocks(violations));
        if (!diff.isEmpty()) {
            blocks.add(new Block.Heading("What changes beside " + diff.before().version()));
            blocks.add(new Block.Paragraph(DiffText.summary(diff)));
            blocks.addAll(DiffText.blocks(diff));
        }
        return new Report("Price book", lead(), blocks);
    }

    private String lead() {
        return switch (outcome) {
            case Published(var version, var from, var calledOff) ->
                    "Published as "
                            + version
                            + ", in force from "
                            + from
                            + (violations.isEmpty() ? "." : ", although it breaks its rules.")
                            + (calledOff.isEmpty()
                                    ? ""
                                    : " Called off by it: " + String.join(", ", calledOff) + ".");
            case Unchanged _ ->
                    "Nothing to change: "
                            + diff.before().version()
                            + ", the last price book, says the same.";
            case Broken _ ->
                    "Nothing was published: "
                            + (violations.size() == 1
                                    ? "a rule is broken."
                                    : violations.size() + " rules are broken.")
                            + " With a reason, --override publishes it all the same.";
        };
    }

    @Override
    public String json() {
        return JsonText.of(json -> {
            json.writeStartObject();
            switch (outcome) {
                case Published(var version, var from, var calledOff) -> {
                    json.writeStringProperty("outcome", "published");
                    json.writeStringProperty("version", version);
                    json.writeStringProperty("effective_from", from.toString());
                    json.writeName("called_off");
                    json.writeStartArray();
                    calledOff.forEach(json::writeString);
                    json.writeEndArray();
                }
                case Unchanged _ -> json.writeStringProperty("outcome", "unchanged");
                case Broken _ -> json.writeStringProperty("outcome", "refused");
            }
            json.writeStringProperty("based_on", diff.before().version());
            RuleCheck.write(json, violations);
            DiffResult.write(json, diff);
            json.writeEndObject();
        });
    }

    @Override
    public List<String> csv() {
        return new DiffResult(diff).csv();
    }
}
