package dev.scrip.pricingfile;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The columns of a CSV table by name, and their cells as what they must be.
final class CsvCells {

    private static final int NAME_MAX = 200;

    private final CsvTable table;
    private final Map<String, Integer> columns = new HashMap<>();

    /// Notes a problem for each column the table lacks.
    CsvCells(CsvTable table, String... columns) {
        this.table = table;
        for (var column : columns) {
            this.columns.put(column, table.column(column));
        }
    }

    /// The cell as a figure, or null with a problem noted.
    @Nullable BigDecimal figure(List<String> cells, String column, Figure kind) {
        var text = text(cells, column);
        var value = Figure.plain(text);
        if (value == null) {
            table.problem(column, Wording.quote(text) + " is no plain decimal", kind.expected());
            return null;
        }
        var problem = kind.problem(value);
        if (problem != null) {
            table.problem(column, problem, kind.expected());
            return null;
        }
        return value;
    }

    /// The cell as a name, or null with a problem noted.
    @Nullable String name(List<String> cells, String column) {
        var text = text(cells, column);
        if (text.isBlank()
                || text.length() > NAME_MAX
                || text.chars().anyMatch(Character::isISOControl)) {
            table.problem(
                    column,
                    Wording.quote(text) + " is blank, too long or has control characters",
                    "a name of at most " + NAME_MAX + " characters");
            return null;
        }
        return text;
    }

    private String text(List<String> cells, String column) {
        var index = columns.get(column);
        if (index == null) {
            throw new IllegalStateException("The column " + column + " was not asked for.");
        }
        return cells.get(index);
    }
}
