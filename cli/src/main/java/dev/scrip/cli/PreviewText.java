package dev.scrip.cli;

import dev.scrip.cli.report.Block;
import dev.scrip.cli.report.Curves;
import dev.scrip.cli.report.Report;
import dev.scrip.cli.report.TextTable;
import dev.scrip.cli.report.TextTable.Column;
import dev.scrip.insight.DayPreview;
import dev.scrip.pricing.Money;
import dev.scrip.pricing.Prose;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// A previewed day to read: a row for each hour, the day beneath them.
record PreviewText(DayPreview preview, String currency) implements Result {

    private static final String NONE = "–";

    @Override
    public Report report() {
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Table("", table()));
        blocks.add(revenue());
        sentences().forEach(one -> blocks.add(new Block.Paragraph(one)));
        return new Report("A day of calls", heading(), blocks);
    }

    @Override
    public List<String> csv() {
        var lines = new ArrayList<String>();
        lines.add(
                "hour,calls,refused,load,factor,adjustments,credits,table_credits,revenue,"
                        + "table_revenue,cost,margin,table_margin");
        for (var hour : preview.hours()) {
            lines.add(
                    new CsvLine()
                            .figure(hour.start().toString())
                            .figure(Long.toString(hour.calls()))
                            .figure(Long.toString(hour.refused()))
                            .figure(plain(hour.load(), ""))
                            .figure(plain(hour.factor(), ""))
                            .text(String.join(" ", hour.inForce()))
                            .figure(hour.credits().toString())
                            .figure(hour.tableCredits().toString())
                            .figure(hour.revenue().toString())
                            .figure(hour.tableRevenue().toString())
                            .figure(hour.cost().toString())
                            .figure(plain(hour.margin(), ""))
                            .figure(plain(hour.tableMargin(), ""))
                            .toString());
        }
        return lines;
    }

    @Override
    public String json() {
        return JsonText.of(json -> {
            json.writeStartObject();
            json.writeStringProperty("day", date().toString());
            json.writeStringProperty("currency", currency);
            json.writeName("hours");
            json.writeStartArray();
            preview.hours().forEach(hour -> write(json, hour));
            json.writeEndArray();
            json.writeName("total");
            write(json, preview.day());
            json.writeName("unknown_operations");
            json.writeStartObject();
            preview.unknown().forEach(json::writeNumberProperty);
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, DayPreview.Hour hour) {
        json.writeStartObject();
        json.writeStringProperty("start", hour.start().toString());
        json.writeNumberProperty("calls", hour.calls());
        json.writeNumberProperty("refused", hour.refused());
        number(json, "load", hour.load());
        number(json, "factor", hour.factor());
        json.writeName("adjustments");
        json.writeStartArray();
        hour.inForce().forEach(json::writeString);
        json.writeEndArray();
        JsonText.number(json, "credits", hour.credits().toString());
        JsonText.number(json, "table_credits", hour.tableCredits().toString());
        JsonText.number(json, "revenue", hour.revenue().toString());
        JsonText.number(json, "table_revenue", hour.tableRevenue().toString());
        JsonText.number(json, "cost", hour.cost().toString());
        number(json, "margin", hour.margin());
        number(json, "table_margin", hour.tableMargin());
        json.writeEndObject();
    }

    private static void number(JsonGenerator json, String name, @Nullable BigDecimal value) {
        JsonText.number(json, name, value == null ? null : Numbers.plain(value));
    }

    private LocalDate date() {
        return preview.day().start().atZone(ZoneOffset.UTC).toLocalDate();
    }

    private String heading() {
        return date()
                + " in UTC, "
                + Prose.counted(preview.day().calls(), "call")
                + ", money in "
                + currency;
    }

    private TextTable table() {
        var table =
                new TextTable(
                        Column.left("hour"),
                        Column.right("calls"),
                        Column.right("load"),
                        Column.right("factor"),
                        Column.right("credits"),
                        Column.right("revenue"),
                        Column.right("cost"),
                        Column.right("margin"),
                        Column.right("by table"),
                        Column.right("margin"),
                        Column.left("in force"));
        for (var hour : preview.hours()) {
            row(table, hour.start().atZone(ZoneOffset.UTC).toLocalTime().toString(), hour);
        }
        row(table, "day", preview.day());
        return table;
    }

    private static void row(TextTable table, String name, DayPreview.Hour hour) {
        table.add(
                name,
                Long.toString(hour.calls()),
                hour.load() == null
                        ? NONE
                        : hour.load().setScale(2, RoundingMode.HALF_EVEN).toPlainString(),
                plain(hour.factor(), NONE),
                hour.credits().toString(),
                cents(hour.revenue()),
                cents(hour.cost()),
                QuoteText.percent(hour.margin()),
                cents(hour.tableRevenue()),
                QuoteText.percent(hour.tableMargin()),
                String.join(", ", hour.inForce()));
    }

    private Curves revenue() {
        var adjusted = new ArrayList<Curves.Point>();
        var byTable = new ArrayList<Curves.Point>();
        for (int i = 0; i < preview.hours().size(); i++) {
            var hour = preview.hours().get(i);
            adjusted.add(new Curves.Point(i, hour.revenue().toBigDecimal().doubleValue()));
            byTable.add(new Curves.Point(i, hour.tableRevenue().toBigDecimal().doubleValue()));
        }
        return new Curves(
                "Revenue of each hour",
                new Curves.Axis("hour, UTC", Curves.Scale.LINEAR),
                new Curves.Axis(currency, Curves.Scale.LINEAR),
                List.of(
                        new Curves.Curve("with adjustments", Curves.Shape.LINE, adjusted),
                        new Curves.Curve("by the table", Curves.Shape.LINE, byTable)),
                null,
                List.of());
    }

    private List<String> sentences() {
        var day = preview.day();
        var lines = new ArrayList<String>();
        lines.add(
                "With adjustments "
                        + cents(day.revenue())
                        + " at a margin of "
                        + QuoteText.percent(day.margin())
                        + "; by the table alone "
                        + cents(day.tableRevenue())
                        + " at "
                        + QuoteText.percent(day.tableMargin())
                        + ". The same calls are assumed: nobody calls more or less for the price.");
        if (day.refused() > 0) {
            lines.add(
                    "Refused: "
                            + Prose.counted(day.refused(), "call")
                            + ", which would be sold under cost.");
        }
        if (!preview.unknown().isEmpty()) {
            lines.add(
                    "Left out, since the pricing file does not have them: "
                            + String.join(", ", preview.unknown().keySet())
                            + ".");
        }
        return lines;
    }

    private static String plain(@Nullable BigDecimal value, String otherwise) {
        return value == null ? otherwise : Numbers.plain(value);
    }

    private static String cents(Money money) {
        return money.toBigDecimal().setScale(2, RoundingMode.HALF_EVEN).toPlainString();
    }
}
