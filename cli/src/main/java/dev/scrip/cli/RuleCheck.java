package dev.scrip.cli;

import dev.scrip.cli.report.Block;
import dev.scrip.insight.Backtest.Outcome;
import dev.scrip.pricing.PriceBookDiff;
import dev.scrip.pricing.PriceBookRules;
import dev.scrip.pricing.PriceBookRules.Violation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// The rules of a pricing file against what is to be published, and how a broken one is shown.
final class RuleCheck {

    private RuleCheck() {}

    /// @param publishedAt when it would be published
    /// @param backtest recorded usage under both books; null when there is none, and the rules
    ///   about the whole and about bills are not checked
    static List<Violation> of(
            PriceBookRules rules,
            PriceBookDiff diff,
            Instant publishedAt,
            @Nullable Outcome backtest) {
        var violations = new ArrayList<>(rules.check(diff.after()));
        violations.addAll(rules.check(diff, publishedAt));
        if (backtest != null) {
            violations.addAll(rules.checkBlended(backtest.after().margin()));
            for (var account : backtest.losers()) {
                violations.addAll(rules.checkBill(account.account(), account.billChangeShare()));
            }
        }
        return violations;
    }

    /// Whether there are rules that only recorded usage can check.
    static boolean needsUsage(PriceBookRules rules) {
        return rules.minBlendedMargin() != null || rules.maxBillRise() != null;
    }

    static List<Block> blocks(List<Violation> violations) {
        return violations.isEmpty()
                ? List.of()
                : List.of(
                        new Block.Heading("Broken rules"),
                        new Block.Terms(
                                Block.Tone.WARNING,
                                violations.stream().map(RuleCheck::term).toList()));
    }

    private static Block.Term term(Violation violation) {
        var operation = violation.operation();
        return new Block.Term(
                operation == null ? violation.rule() : operation + " " + violation.rule(),
                List.of(violation.message()));
    }

    static void write(JsonGenerator json, List<Violation> violations) {
        json.writeName("violations");
        json.writeStartArray();
        for (var violation : violations) {
            json.writeStartObject();
            json.writeStringProperty("rule", violation.rule());
            json.writeStringProperty("operation", violation.operation());
            json.writeStringProperty("message", violation.message());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
