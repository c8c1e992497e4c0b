package dev.scrip.cli;

import dev.scrip.cli.report.Block;
import dev.scrip.cli.report.Report;
import dev.scrip.cli.report.TextTable;
import dev.scrip.cli.report.TextTable.Column;
import dev.scrip.pricing.Ladder;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/// Figures and the values of a ladder they took.
record Rounded(Ladder ladder, List<Row> rows) implements Result {

    record Row(BigDecimal value, BigDecimal credits) {}

    Rounded {
        rows = List.copyOf(rows);
    }

    @Override
    public Report report() {
        var table = new TextTable(Column.right("value"), Column.right("credits"));
        for (var row : rows) {
            table.add(Numbers.plain(row.value()), Numbers.plain(row.credits()));
        }
        return new Report("Friendly numbers", "", List.of(new Block.Table("", table)));
    }

    @Override
    public String json() {
        return JsonText.of(json -> {
            json.writeStartArray();
            for (var row : rows) {
                json.writeStartObject();
                JsonText.number(json, "value", Numbers.plain(row.value()));
                JsonText.number(json, "credits", Numbers.plain(row.credits()));
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    @Override
    public List<String> csv() {
        var lines = new ArrayList<String>();
        lines.add("value,credits");
        rows.forEach(
                row -> lines.add(Numbers.plain(row.value()) + "," + Numbers.plain(row.credits())));
        return lines;
    }
}
