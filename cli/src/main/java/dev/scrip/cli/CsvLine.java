package dev.scrip.cli;

import dev.scrip.cli.report.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One line of CSV: UTF-8, comma, quoted where it must be.
///
/// A text that a spreadsheet would run as a formula gets an apostrophe in front of it; figures stay
/// figures.
final class CsvLine {

    private static final String FORMULA_STARTS = "=+-@\t\r\uFF1D\uFF0B\uFF0D\uFF20";

    private final List<String> cells = new ArrayList<>();

    @CanIgnoreReturnValue
    CsvLine text(String text) {
        cells.add(
                quoted(
                        !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0
                                ? "'" + text
                                : text));
        return this;
    }

    /// A figure, or nothing where there is none.
    @CanIgnoreReturnValue
    CsvLine figure(@Nullable String figure) {
        cells.add(figure == null ? "" : figure);
        return this;
    }

    @Override
    public String toString() {
        return String.join(",", cells);
    }

    private static String quoted(String text) {
        return text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                ? "\"" + text.replace("\"", "\"\"") + "\""
                : text;
    }
}
