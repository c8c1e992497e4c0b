package dev.scrip.cli;

import dev.scrip.cli.report.Block;
import dev.scrip.cli.report.Report;
import dev.scrip.cli.report.TextTable;
import dev.scrip.cli.report.TextTable.Column;
import dev.scrip.pricing.AdjustmentKind;
import dev.scrip.pricing.AppliedAdjustment;
import dev.scrip.pricing.PriceBook;
import dev.scrip.pricing.Prose;
import dev.scrip.pricing.Quote;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A quote to read: every step from the base to what is charged, and what that leaves.
record QuoteText(PriceBook book, Quote quote, Quote table, Instant at) implements Result {

    private static final String NONE = "–";

    /// @param factor as it is shown; empty where there is none
    private record Step(String name, String what, String factor, String credits) {}

    @Override
    public Report report() {
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Table("", table(steps())));
        sentences().forEach(one -> blocks.add(new Block.Paragraph(one)));
        return new Report("Price of a call", heading(), blocks);
    }

    @Override
    public List<String> csv() {
        var lines = new ArrayList<String>();
        lines.add("step,kind,factor,credits");
        for (var step : steps()) {
            lines.add(
                    new CsvLine()
                            .text(step.name())
                            .text(step.what())
                            .figure(step.factor())
                            .figure(step.credits())
                            .toString());
        }
        return lines;
    }

    @Override
    public String json() {
        return JsonText.of(json -> {
            json.writeStartObject();
            json.writeStringProperty("operation", quote.operation());
            JsonText.number(json, "quantity", Numbers.plain(quote.quantity()));
            json.writeStringProperty("at", at.toString());
            var price = book.operations().get(quote.operation());
            JsonText.unit(json, "unit", price == null ? null : price.unit());
            JsonText.number(json, "base", quote.base().toString());
            json.writeName("adjustments");
            json.writeStartArray();
            for (var one : quote.adjustments()) {
                json.writeStartObject();
                json.writeStringProperty("id", one.id());
                json.writeStringProperty("kind", one.kind().word());
                JsonText.number(json, "factor", Numbers.plainOrNull(one.factor()));
                var fixed = one.fixed();
                JsonText.number(json, "fixed_credits", fixed == null ? null : fixed.toString());
                JsonText.number(json, "credits_after", one.after().toString());
                json.writeEndObject();
            }
            json.writeEndArray();
            JsonText.number(json, "credits", quote.credits().toString());
            JsonText.number(json, "list_value", quote.listValue().toString());
            JsonText.number(json, "cost", quote.cost().toString());
            JsonText.number(json, "margin", Numbers.rateOrNull(quote.margin()));
            JsonText.number(json, "table_credits", table.credits().toString());
            JsonText.number(json, "table_margin", Numbers.rateOrNull(table.margin()));
            json.writeStringProperty("currency", book.currency());
            json.writeEndObject();
        });
    }

    private String heading() {
        return quote.operation() + " × " + Numbers.plain(quote.quantity()) + " at " + at;
    }

    private List<Step> steps() {
        var steps = new ArrayList<Step>();
        steps.add(new Step("base", "table", "", quote.base().toString()));
        var last = quote.base();
        for (var one : quote.adjustments()) {
            if (isFloor(one) && !last.isChargeable()) {
                steps.add(rounded(last.toSmallestCharge(RoundingMode.HALF_UP).toString()));
            }
            steps.add(new Step(one.id(), one.kind().word(), factor(one), one.after().toString()));
            last = one.after();
        }
        if (!last.equals(quote.credits())) {
            steps.add(rounded(quote.credits().toString()));
        }
        steps.add(new Step("charged", "total", "", quote.credits().toString()));
        return steps;
    }

    private static boolean isFloor(AppliedAdjustment one) {
        return one.kind() == AdjustmentKind.COST_FLOOR
                || one.kind() == AdjustmentKind.MINIMUM_CHARGE;
    }

    private static Step rounded(String credits) {
        return new Step("rounded", "half up to 0.001", "", credits);
    }

    private static String factor(AppliedAdjustment one) {
        return one.factor() == null ? "" : Numbers.plain(one.factor());
    }

    private static TextTable table(List<Step> steps) {
        var table =
                new TextTable(
                        Column.left("step"),
                        Column.left("kind"),
                        Column.right("factor"),
                        Column.right("credits"));
        for (var step : steps) {
            table.add(
                    step.name(),
                    step.what(),
                    step.factor().isEmpty() ? "" : "× " + step.factor(),
                    step.credits());
        }
        return table;
    }

    private List<String> sentences() {
        var lines = new ArrayList<String>();
        var price = book.operations().get(quote.operation());
        if (price != null && price.unit() != null) {
            lines.add(
                    "The table says "
                            + price.credits()
                            + " "
                            + Prose.numbered(price.credits().toBigDecimal(), "credit")
                            + " "
                            + price.unit().words()
                            + ".");
        }
        lines.add(
                "List value "
                        + book.currency()
                        + " "
                        + quote.listValue()
                        + ", cost "
                        + quote.cost()
                        + ", margin at this price "
                        + percent(quote.margin())
                        + (quote.adjustments().isEmpty()
                                ? "."
                                : "; at the table's " + percent(table.margin()) + "."));
        var still =
                book.adjustments().rules().stream()
                        .filter(rule -> rule.operations().contains(quote.operation()))
                        .map(rule -> rule.id())
                        .filter(id ->
                                quote.adjustments().stream().noneMatch(one -> one.id().equals(id)))
                        .toList();
        if (!still.isEmpty()) {
            lines.add("Not applied in these circumstances: " + String.join(", ", still) + ".");
        }
        return lines;
    }

    static String percent(@Nullable BigDecimal share) {
        return share == null ? NONE : Numbers.percent(share);
    }
}
