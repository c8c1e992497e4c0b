package dev.scrip.pricingfile;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A credit table before it is made simple, as a CSV file: `operation,exact_credits` and, where it
/// is known, `monthly_calls`.
///
/// @param rows in the order of the file, at least one
/// @param hasCalls whether the file has the column `monthly_calls`
public record ExactTable(List<Row> rows, boolean hasCalls) {

    private static final String OPERATION = "operation";
    private static final String CREDITS = "exact_credits";
    private static final String CALLS = "monthly_calls";

    /// @param monthlyCalls null where the file has no such column
    public record Row(
            String operation, BigDecimal exactCredits, @Nullable BigDecimal monthlyCalls) {}

    public ExactTable {
        rows = List.copyOf(rows);
    }

    /// @throws PricingFileException if there is anything wrong with the file
    public static ExactTable read(Path path) {
        var rows = new ArrayList<Row>();
        var lines = new HashMap<String, Long>();
        var hasCalls = new ArrayList<Boolean>();
        new CsvTable(path, path.toString())
                .read(table -> {
                    hasCalls.add(table.header().contains(CALLS));
                    var cells =
                            hasCalls.getFirst()
                                    ? new CsvCells(table, OPERATION, CREDITS, CALLS)
                                    : new CsvCells(table, OPERATION, CREDITS);
                    return row -> {
                        var read = row(cells, row, hasCalls.getFirst());
                        if (read == null) {
                            return;
                        }
                        var earlier = lines.putIfAbsent(read.operation(), table.row());
                        if (earlier == null) {
                            rows.add(read);
                        } else {
                            table.problem(
                                    OPERATION,
                                    Wording.quote(read.operation())
                                            + " is there twice, first in line "
                                            + earlier,
                                    "it once");
                        }
                    };
                });
        return new ExactTable(rows, hasCalls.getFirst());
    }

    private static @Nullable Row row(CsvCells cells, List<String> row, boolean hasCalls) {
        var operation = cells.name(row, OPERATION);
        var credits = cells.figure(row, CREDITS, Figure.EXACT_CREDITS);
        var calls = hasCalls ? cells.figure(row, CALLS, Figure.AMOUNT) : null;
        return operation == null || credits == null || (hasCalls && calls == null)
                ? null
                : new Row(operation, credits, calls);
    }
}
