package dev.scrip.cli;

import dev.scrip.cli.report.Block;
import dev.scrip.cli.report.TextTable;
import dev.scrip.cli.report.TextTable.Column;
import dev.scrip.insight.SizeBandProposal.Band;
import dev.scrip.pricing.Prose;
import dev.scrip.pricingfile.UsageCosts;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// What a usage log says of costs, to read and as JSON: a line an operation, and size bands.
final class MeasuredText {

    private static final String NONE = "–";

    private MeasuredText() {}

    static List<Block> blocks(UsageCosts costs, List<MeasuredBands.Proposed> bands) {
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Heading("Measured: " + summary(costs)));
        blocks.add(new Block.Table("", profiles(costs)));
        if (!bands.isEmpty()) {
            blocks.add(
                    new Block.Heading("Size bands: one price for all calls hides these margins"));
            blocks.add(new Block.Table("", bands(bands)));
            blocks.add(new Block.Code(toPaste(bands)));
        }
        return blocks;
    }

    private static String summary(UsageCosts costs) {
        var first = costs.first();
        var end = costs.end();
        return Prose.counted(costs.rows(), "call")
                + " in "
                + costs.file().getFileName()
                + (first == null || end == null ? "" : ", " + first + " to " + end);
    }

    private static TextTable profiles(UsageCosts costs) {
        var table =
                new TextTable(
                        Column.left("operation"),
                        Column.right("calls"),
                        Column.right("units"),
                        Column.right("mean"),
                        Column.right("p50"),
                        Column.right("p95"),
                        Column.right("max"),
                        Column.right("p95/p50"));
        costs.units()
                .forEach((operation, units) -> {
                    var profile = costs.profiles().get(operation);
                    var spread = profile == null ? null : profile.spread();
                    table.add(
                            operation,
                            profile == null ? NONE : String.format("%,d", profile.calls()),
                            Numbers.plain(units),
                            profile == null ? NONE : brief(profile.mean()),
                            profile == null ? NONE : brief(profile.p50().toBigDecimal()),
                            profile == null ? NONE : brief(profile.p95().toBigDecimal()),
                            profile == null ? NONE : brief(profile.max().toBigDecimal()),
                            spread == null ? NONE : brief(spread));
                });
        return table;
    }

    private static TextTable bands(List<MeasuredBands.Proposed> proposals) {
        var table =
                new TextTable(
                        Column.left("operation"),
                        Column.right("up to"),
                        Column.left("of"),
                        Column.right("share of calls"),
                        Column.right("mean cost"),
                        Column.right("margin at one price"));
        for (var proposed : proposals) {
            long all = proposed.proposal().bands().stream().mapToLong(Band::calls).sum();
            for (var band : proposed.proposal().bands()) {
                table.add(
                        proposed.operation().operation() + "." + band.name(),
                        Numbers.plain(band.upTo()),
                        proposed.proposal().unit(),
                        Numbers.percent(
                                BigDecimal.valueOf(band.calls())
                                        .divide(BigDecimal.valueOf(all), MathContext.DECIMAL64)),
                        brief(band.meanCost()),
                        Numbers.percent(proposed.margin(band)));
            }
        }
        return table;
    }

    /// What to write into the pricing file to have the bands.
    private static List<String> toPaste(List<MeasuredBands.Proposed> proposals) {
        var lines = new ArrayList<String>();
        for (var proposed : proposals) {
            lines.add(
                    "# "
                            + proposed.operation().operation()
                            + ": bands: {by: "
                            + proposed.proposal().unit()
                            + ", up_to: {"
                            + proposed.proposal().bands().stream()
                                    .map(band -> band.name() + ": " + Numbers.plain(band.upTo()))
                                    .collect(Collectors.joining(", "))
                            + "}}");
        }
        return lines;
    }

    static void write(
            JsonGenerator json, UsageCosts costs, List<MeasuredBands.Proposed> proposals) {
        json.writeName("usage");
        json.writeStartObject();
        json.writeNumberProperty("rows", costs.rows());
        json.writeStringProperty("from", text(costs.first()));
        json.writeStringProperty("to", text(costs.end()));
        json.writeName("units");
        json.writeStartObject();
        costs.units().forEach((id, units) -> JsonText.number(json, id, Numbers.plain(units)));
        json.writeEndObject();
        json.writeEndObject();
        json.writeName("size_bands");
        json.writeStartArray();
        for (var proposed : proposals) {
            json.writeStartObject();
            json.writeStringProperty("operation", proposed.operation().operation());
            json.writeStringProperty("unit", proposed.proposal().unit());
            json.writeName("bands");
            json.writeStartArray();
            for (var band : proposed.proposal().bands()) {
                json.writeStartObject();
                json.writeStringProperty("name", band.name());
                JsonText.number(json, "up_to", Numbers.plain(band.upTo()));
                json.writeNumberProperty("calls", band.calls());
                JsonText.number(json, "mean_cost", Numbers.cost(band.meanCost()));
                JsonText.number(json, "margin_at_one_price", Numbers.rate(proposed.margin(band)));
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    static String brief(BigDecimal value) {
        return Numbers.plain(value.round(new MathContext(4)));
    }
}
