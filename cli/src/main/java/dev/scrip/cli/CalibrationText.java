package dev.scrip.cli;

import dev.scrip.cli.report.Block;
import dev.scrip.cli.report.Report;
import dev.scrip.cli.report.TextTable;
import dev.scrip.cli.report.TextTable.Column;
import dev.scrip.insight.Calibration;
import dev.scrip.insight.UnratedUse;
import dev.scrip.pricingfile.Bill;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.JsonGenerator;

/// A calibration to read, to paste and as JSON.
final class CalibrationText implements Result {

    private static final String WHOLE_LOG = "all";
    private static final int SHOWN_DECIMALS = 6;

    private final Calibration found;
    private final List<UnratedUse> unrated;
    private final Bill bill;
    private final String currency;

    CalibrationText(Calibration found, List<UnratedUse> unrated, Bill bill, String currency) {
        this.found = found;
        this.unrated = List.copyOf(unrated);
        this.bill = bill;
        this.currency = currency;
    }

    @Override
    public Report report() {
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Table("", categories()));
        unused(blocks);
        unrated(blocks);
        if (!found.overhead().isEmpty() || !found.fixed().isEmpty()) {
            blocks.add(new Block.Heading("Overhead: no call causes it by itself"));
            blocks.add(new Block.Table("", overhead()));
        }
        blocks.add(new Block.Heading("For the pricing file"));
        blocks.add(new Block.Code(toPaste()));
        return new Report(
                "Cost rates and the bill",
                "Billed ("
                        + bill.column()
                        + ", "
                        + currency
                        + ") and modelled, by category and period",
                blocks);
    }

    private TextTable categories() {
        var table =
                new TextTable(
                        Column.left("category"),
                        Column.left("period"),
                        Column.right("billed"),
                        Column.right("modelled"),
                        Column.right("factor"),
                        Column.right("calibrated"),
                        Column.right("residual"));
        for (var line : found.lines()) {
            var factor = found.factors().get(line.category());
            table.add(
                    line.category(),
                    line.period().isEmpty() ? WHOLE_LOG : line.period(),
                    amount(line.billed()),
                    amount(line.before()),
                    factor == null ? "–" : Numbers.plain(factor.round(new MathContext(6))),
                    amount(line.after()),
                    amount(line.residual()));
        }
        return table;
    }

    /// Money for something that the log says nothing of cannot be scaled to anything.
    private void unused(List<Block> blocks) {
        for (var line : found.lines()) {
            boolean isUsed = unrated.stream().anyMatch(one -> one.line().equals(line.category()));
            if (line.billed().signum() != 0 && line.before().signum() == 0 && !isUsed) {
                blocks.add(
                        new Block.Paragraph(
                                line.category()
                                        + (line.period().isEmpty() ? "" : " in " + line.period())
                                        + ": "
                                        + amount(line.billed())
                                        + " billed, and no recorded call uses it at these rates. Record"
                                        + " it, give it a rate to scale, or count it as overhead."));
            }
        }
    }

    /// A rate of 0 stays 0 whatever it is multiplied by.
    private void unrated(List<Block> blocks) {
        if (unrated.isEmpty()) {
            return;
        }
        var terms = new ArrayList<Block.Term>();
        for (var one : unrated) {
            var rate = one.rate();
            terms.add(
                    new Block.Term(
                            one.field(),
                            List.of(
                                    "It is 0, so none of the "
                                            + amount(one.billed())
                                            + " billed for "
                                            + one.line()
                                            + " goes to it, though recorded calls used "
                                            + amount(one.used())
                                            + ". "
                                            + (rate == null
                                                    ? "That line pays for other use too, and"
                                                            + " nothing tells how much: set a rate"
                                                            + " and calibrate again."
                                                    : Numbers.plain(rate)
                                                            + " would make its use add up to the"
                                                            + " bill."))));
        }
        blocks.add(new Block.Heading("Used and billed, and without a rate"));
        blocks.add(new Block.Terms(Block.Tone.WARNING, terms));
    }

    private TextTable overhead() {
        var table = new TextTable(Column.left("service"), Column.right("amount"));
        found.overhead().forEach((service, amount) -> table.add(service, amount(amount)));
        found.fixed()
                .forEach((category, amount) ->
                        table.add("fixed part of " + category + ", each period", amount(amount)));
        return table;
    }

    private List<String> toPaste() {
        var rates = found.rates();
        var lines = new ArrayList<String>();
        lines.add("cost_rates:");
        lines.add(rate("  ", "", "compute_per_second", rates.computePerSecond()));
        lines.add(rate("  ", "", "memory_per_gb_second", rates.memoryPerGbSecond()));
        lines.add(rate("  ", "", "storage_per_gb", rates.storagePerGb()));
        lines.add(rate("  ", "", "bandwidth_per_gb", rates.bandwidthPerGb()));
        if (!rates.thirdParty().isEmpty()) {
            lines.add("  third_party:");
            rates.thirdParty()
                    .forEach((unit, rate) -> lines.add(rate("    ", "third_party.", unit, rate)));
        }
        return lines;
    }

    /// With what is proposed beside it: whether something is to have a rate is not ours to decide.
    private String rate(String indent, String group, String name, BigDecimal rate) {
        var proposed =
                unrated.stream()
                        .filter(one -> one.field().equals(group + name) && one.rate() != null)
                        .map(one ->
                                "  # or "
                                        + Numbers.plain(Objects.requireNonNull(one.rate()))
                                        + ", by the bill of "
                                        + one.line())
                        .findFirst()
                        .orElse("");
        return indent + name + ": " + Numbers.plain(rate) + proposed;
    }

    @Override
    public List<String> csv() {
        var lines = new ArrayList<String>();
        lines.add("category,period,billed,modelled,calibrated,residual");
        for (var line : found.lines()) {
            lines.add(
                    new CsvLine()
                            .text(line.category())
                            .text(line.period())
                            .figure(Numbers.plain(line.billed()))
                            .figure(Numbers.cost(line.before()))
                            .figure(Numbers.cost(line.after()))
                            .figure(Numbers.cost(line.residual()))
                            .toString());
        }
        return lines;
    }

    @Override
    public String json() {
        return JsonText.of(json -> {
            json.writeStartObject();
            json.writeStringProperty("currency", currency);
            json.writeStringProperty("bill_column", bill.column());
            figures(json, "factors", found.factors());
            figures(json, "fixed", found.fixed());
            figures(json, "overhead", found.overhead());
            json.writeName("lines");
            json.writeStartArray();
            for (var line : found.lines()) {
                json.writeStartObject();
                json.writeStringProperty("category", line.category());
                json.writeStringProperty("period", line.period());
                JsonText.number(json, "billed", Numbers.plain(line.billed()));
                JsonText.number(json, "modelled", Numbers.cost(line.before()));
                JsonText.number(json, "calibrated", Numbers.cost(line.after()));
                JsonText.number(json, "residual", Numbers.cost(line.residual()));
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeName("unrated");
            json.writeStartArray();
            for (var one : unrated) {
                json.writeStartObject();
                json.writeStringProperty("field", one.field());
                json.writeStringProperty("category", one.line());
                JsonText.number(json, "used", Numbers.plain(one.used()));
                JsonText.number(json, "billed", Numbers.plain(one.billed()));
                JsonText.number(json, "proposed_rate", Numbers.plainOrNull(one.rate()));
                json.writeEndObject();
            }
            json.writeEndArray();
            var rates = found.rates();
            json.writeName("cost_rates");
            json.writeStartObject();
            JsonText.number(json, "compute_per_second", Numbers.plain(rates.computePerSecond()));
            JsonText.number(json, "memory_per_gb_second", Numbers.plain(rates.memoryPerGbSecond()));
            JsonText.number(json, "storage_per_gb", Numbers.plain(rates.storagePerGb()));
            JsonText.number(json, "bandwidth_per_gb", Numbers.plain(rates.bandwidthPerGb()));
            figures(json, "third_party", rates.thirdParty());
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    private static void figures(JsonGenerator json, String name, Map<String, BigDecimal> figures) {
        json.writeName(name);
        json.writeStartObject();
        figures.forEach((key, value) -> JsonText.number(json, key, Numbers.plain(value)));
        json.writeEndObject();
    }

    private static String amount(BigDecimal amount) {
        return Numbers.plain(amount.setScale(SHOWN_DECIMALS, RoundingMode.HALF_EVEN));
    }
}
