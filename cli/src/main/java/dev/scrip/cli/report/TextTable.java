package dev.scrip.cli.report;

import java.util.ArrayList;
import java.util.List;

/// Rows under headings, shown as aligned columns, as Markdown or on a page.
public final class TextTable {

    private static final String GAP = "  ";

    private final List<Column> columns;
    private final List<List<String>> rows = new ArrayList<>();

    /// @param heading what stands over it
    public record Column(String heading, Side side) {

        public static Column left(String heading) {
            return new Column(heading, Side.LEFT);
        }

        public static Column right(String heading) {
            return new Column(heading, Side.RIGHT);
        }
    }

    public enum Side {
        LEFT,
        RIGHT
    }

    public TextTable(Column... columns) {
        this.columns = List.of(columns);
    }

    public void add(String... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalStateException(
                    "A row of " + cells.length + " cells in a table of " + columns.size());
        }
        rows.add(List.of(cells));
    }

    /// Lines of aligned columns, the headings first.
    public List<String> toLines() {
        var lines = new ArrayList<String>();
        lines.add(aligned(columns.stream().map(Column::heading).toList()));
        for (var row : rows) {
            lines.add(aligned(row));
        }
        return lines;
    }

    public List<String> toMarkdown() {
        var lines = new ArrayList<String>();
        lines.add(piped(columns.stream().map(Column::heading).toList()));
        lines.add(
                piped(
                        columns.stream()
                                .map(column -> column.side() == Side.LEFT ? "---" : "---:")
                                .toList()));
        for (var row : rows) {
            lines.add(piped(row.stream().map(TextTable::escaped).toList()));
        }
        return lines;
    }

    List<Column> columns() {
        return columns;
    }

    List<List<String>> rows() {
        return List.copyOf(rows);
    }

    private String aligned(List<String> cells) {
        var line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            var padding = " ".repeat(width(i) - length(cells.get(i)));
            var left = columns.get(i).side() == Side.LEFT;
            line.append(i == 0 ? "" : GAP)
                    .append(left ? "" : padding)
                    .append(cells.get(i))
                    .append(left ? padding : "");
        }
        return line.toString().stripTrailing();
    }

    private int width(int column) {
        int width = length(columns.get(column).heading());
        for (var row : rows) {
            width = Math.max(width, length(row.get(column)));
        }
        return width;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String piped(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    private static String escaped(String cell) {
        return cell.replace("|", "\\|");
    }
}
