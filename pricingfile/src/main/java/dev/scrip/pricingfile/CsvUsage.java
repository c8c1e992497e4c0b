package dev.scrip.pricingfile;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Usage in a CSV file with a header line.
final class CsvUsage implements UsageFormat {

    @Override
    public List<String> endings() {
        return List.of(".csv");
    }

    @Override
    public void read(Path file, Rows rows) {
        CsvTable.ofAnySize(file, file.toString())
                .read(table -> {
                    var names = table.header();
                    var wanted = rows.wanted(names);
                    if (wanted.isEmpty()) {
                        table.stop();
                    }
                    int[] columns = wanted.stream().mapToInt(names::indexOf).toArray();
                    var chosen = new @Nullable String[columns.length];
                    return cells -> {
                        for (int i = 0; i < columns.length; i++) {
                            chosen[i] = cells.get(columns[i]);
                        }
                        rows.row(table.row(), chosen);
                        if (rows.isEnough()) {
                            table.stop();
                        }
                    };
                });
    }
}
