package dev.scrip.cli;

import dev.scrip.cli.report.Bars;
import dev.scrip.cli.report.Block;
import dev.scrip.cli.report.Report;
import dev.scrip.cli.report.TextTable;
import dev.scrip.cli.report.TextTable.Column;
import dev.scrip.insight.WhatIf.Change;
import dev.scrip.insight.WhatIf.Outcome;
import dev.scrip.insight.WhatIf.Step;
import dev.scrip.insight.WhatIf.Verdict;
import dev.scrip.pricing.CreditTableDesign;
import dev.scrip.pricing.Prose;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// A credit table under changing costs, to read and as JSON.
final class WhatIfText implements Result {

    private static final String NONE = "–";

    private final CreditTableDesign design;
    private final List<Step> steps;

    WhatIfText(CreditTableDesign design, List<Step> steps) {
        this.design = design;
        this.steps = steps;
    }

    @Override
    public Report report() {
        var blocks = new ArrayList<Block>();
        for (var step : steps) {
            blocks.add(
                    new Block.Heading(
                            step.from()
                                    + ": "
                                    + step.changes().stream()
                                            .map(WhatIfText::change)
                                            .collect(Collectors.joining(", "))
                                    + "; blended margin "
                                    + percent(design.blendedMargin())
                                    + " → "
                                    + percent(step.blendedMargin())));
            if (step.operations().isEmpty()) {
                blocks.add(
                        new Block.Paragraph(
                                "No operation uses it, or only ones whose cost is stated without a"
                                        + " use."));
            } else {
                blocks.add(new Block.Table("", table(step)));
                blocks.add(margins(step));
                advice(blocks, step);
            }
        }
        return new Report(
                "When costs change",
                steps.isEmpty() ? "Nothing that the pricing file buys changes." : "",
                blocks);
    }

    private static Bars margins(Step step) {
        var bars = new ArrayList<Bars.Bar>();
        for (var one : step.operations()) {
            var margin = one.margin();
            if (margin != null) {
                bars.add(
                        new Bars.Bar(
                                one.before().operation(),
                                margin.doubleValue(),
                                percent(margin),
                                one.verdict() == Verdict.FINE
                                        ? Block.Tone.PLAIN
                                        : Block.Tone.WARNING));
            }
        }
        return new Bars("Margin of each operation then", bars, null, "");
    }

    private TextTable table(Step step) {
        var table =
                new TextTable(
                        Column.left("operation"),
                        Column.right("credits"),
                        Column.right("unit cost"),
                        Column.right("then"),
                        Column.right("margin"),
                        Column.right("then"),
                        Column.right("floor"),
                        Column.left("verdict"),
                        Column.right("credits to keep it"),
                        Column.right("months at 20 %"));
        for (var one : step.operations()) {
            table.add(
                    one.before().operation(),
                    one.before().credits().toString(),
                    MeasuredText.brief(one.before().unitCost()),
                    MeasuredText.brief(one.unitCost()),
                    percent(one.before().margin()),
                    percent(one.margin()),
                    percent(one.before().marginFloor()),
                    one.verdict().word().replace('_', ' '),
                    one.newCredits() == null ? NONE : Numbers.plain(one.newCredits()),
                    one.glideMonths() == null ? NONE : one.glideMonths().toString());
        }
        return table;
    }

    private void advice(List<Block> blocks, Step step) {
        var terms = new ArrayList<Block.Term>();
        for (var one : step.operations()) {
            if (one.verdict() != Verdict.FINE) {
                terms.add(new Block.Term(one.before().operation(), List.of(advice(one))));
            }
        }
        if (!terms.isEmpty()) {
            blocks.add(new Block.Terms(Block.Tone.WARNING, terms));
        }
    }

    private String advice(Outcome one) {
        var loss = one.monthlyLoss();
        return (one.verdict() == Verdict.UNDER_WATER
                        ? "a call costs more than it brings"
                                + (loss == null
                                        ? ""
                                        : ", "
                                                + Numbers.plain(
                                                        loss.setScale(2, RoundingMode.HALF_EVEN))
                                                + " "
                                                + design.currency()
                                                + " a month")
                                + "."
                        : "it keeps less than its floor.")
                + (one.newCredits() == null
                        ? " No value of the ladder keeps the floor: raise the price of a credit,"
                                + " or stop selling it."
                        : " "
                                + Numbers.plain(one.newCredits())
                                + " "
                                + Prose.numbered(one.newCredits(), "credit")
                                + (one.newCredits().compareTo(BigDecimal.ONE) == 0
                                        ? " keeps the floor"
                                        : " keep the floor")
                                + (one.glideMonths() == null
                                        ? "."
                                        : "; at most 20 % a month takes "
                                                + Prose.counted(one.glideMonths(), "month")
                                                + ", so announce it by then."));
    }

    private static String change(Change change) {
        var share = change.factor().subtract(BigDecimal.ONE).movePointRight(2);
        return change.name()
                + " "
                + (share.signum() < 0 ? "" : "+")
                + Numbers.plain(share.round(new MathContext(4)))
                + " %";
    }

    @Override
    public List<String> csv() {
        var lines = new ArrayList<String>();
        lines.add(
                "from,operation,credits,unit_cost_before,unit_cost,margin_before,margin,"
                        + "margin_floor,verdict,new_credits,glide_months");
        for (var step : steps) {
            for (var one : step.operations()) {
                lines.add(
                        new CsvLine()
                                .text(step.from().toString())
                                .text(one.before().operation())
                                .figure(one.before().credits().toString())
                                .figure(Numbers.cost(one.before().unitCost()))
                                .figure(Numbers.cost(one.unitCost()))
                                .figure(Numbers.rateOrNull(one.before().margin()))
                                .figure(Numbers.rateOrNull(one.margin()))
                                .figure(Numbers.plain(one.before().marginFloor()))
                                .text(one.verdict().word())
                                .figure(plain(one.newCredits()))
                                .figure(text(one.glideMonths()))
                                .toString());
            }
        }
        return lines;
    }

    @Override
    public String json() {
        return JsonText.of(json -> {
            json.writeStartObject();
            JsonText.number(json, "blended_margin", Numbers.rateOrNull(design.blendedMargin()));
            json.writeName("steps");
            json.writeStartArray();
            steps.forEach(step -> step(json, step));
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void step(JsonGenerator json, Step step) {
        json.writeStartObject();
        json.writeStringProperty("from", step.from().toString());
        json.writeName("changes");
        json.writeStartArray();
        for (var change : step.changes()) {
            json.writeStartObject();
            json.writeStringProperty("name", change.name());
            JsonText.number(json, "factor", Numbers.rate(change.factor()));
            json.writeEndObject();
        }
        json.writeEndArray();
        JsonText.number(json, "blended_margin", Numbers.rateOrNull(step.blendedMargin()));
        json.writeName("operations");
        json.writeStartArray();
        for (var one : step.operations()) {
            json.writeStartObject();
            json.writeStringProperty("operation", one.before().operation());
            JsonText.number(json, "credits", one.before().credits().toString());
            JsonText.number(json, "unit_cost_before", Numbers.cost(one.before().unitCost()));
            JsonText.number(json, "unit_cost", Numbers.cost(one.unitCost()));
            JsonText.number(json, "margin_before", Numbers.rateOrNull(one.before().margin()));
            JsonText.number(json, "margin", Numbers.rateOrNull(one.margin()));
            JsonText.number(json, "margin_floor", Numbers.plain(one.before().marginFloor()));
            json.writeStringProperty("verdict", one.verdict().word());
            JsonText.number(json, "new_credits", plain(one.newCredits()));
            JsonText.number(json, "glide_months", text(one.glideMonths()));
            JsonText.number(json, "monthly_loss", plain(one.monthlyLoss()));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static String percent(@Nullable BigDecimal share) {
        return share == null ? NONE : Numbers.percent(share);
    }

    private static @Nullable String plain(@Nullable BigDecimal value) {
        return value == null ? null : Numbers.cost(value);
    }

    private static @Nullable String text(@Nullable Integer value) {
        return value == null ? null : value.toString();
    }
}
