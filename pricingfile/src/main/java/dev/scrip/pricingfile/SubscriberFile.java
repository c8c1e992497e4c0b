package dev.scrip.pricingfile;

import dev.scrip.pricing.Credits;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Which account is on which plan, as a CSV file: `account,plan` and perhaps `overage` and caps on
/// what it spends.
///
/// @param rows by account
public record SubscriberFile(SortedMap<String, Row> rows) {

    private static final String ACCOUNT = "account";
    private static final String PLAN = "plan";
    private static final String OVERAGE = "overage";
    private static final String DAILY_CAP = "daily_cap";
    private static final String WEEKLY_CAP = "weekly_cap";
    private static final String MONTHLY_CAP = "monthly_cap";
    private static final String UNLIMITED = "unlimited";
    private static final String REFUSED = "refuse";

    /// @param plan null for an account that pays for all it uses: the cell is empty
    /// @param overageLimit credits it may owe; null for any number
    /// @param dailyCap credits it may spend in a day; null for any number
    /// @param weeklyCap credits it may spend in a week; null for any number
    /// @param monthlyCap credits it may spend in a month; null for any number
    public record Row(
            @Nullable String plan,
            @Nullable Credits overageLimit,
            @Nullable Credits dailyCap,
            @Nullable Credits weeklyCap,
            @Nullable Credits monthlyCap) {}

    public SubscriberFile {
        rows = Collections.unmodifiableSortedMap(new TreeMap<>(rows));
    }

    /// @param plans the ids in both pricing files
    /// @throws PricingFileException if there is anything wrong with the file
    public static SubscriberFile read(Path path, Set<String> plans) {
        var rows = new TreeMap<String, Row>();
        new CsvTable(path, path.toString())
                .read(table -> {
                    var account = new CsvCells(table, ACCOUNT);
                    int plan = table.column(PLAN);
                    return cells -> {
                        var name = account.name(cells, ACCOUNT);
                        var row = row(table, cells, plan, plans);
                        if (name != null && row != null && rows.put(name, row) != null) {
                            table.problem(
                                    ACCOUNT, Wording.quote(name) + " is there twice", "it once");
                        }
                    };
                });
        return new SubscriberFile(rows);
    }

    private static @Nullable Row row(
            CsvTable table, List<String> cells, int plan, Set<String> plans) {
        var id = cells.get(plan).strip();
        if (!id.isEmpty() && !plans.contains(id)) {
            table.problem(
                    PLAN,
                    Wording.quote(id) + " is no plan of both pricing files",
                    "one of " + String.join(", ", plans) + ", or nothing");
            return null;
        }
        var overage = optional(table, cells, OVERAGE);
        return new Row(
                id.isEmpty() ? null : id,
                overage.equals(UNLIMITED)
                        ? null
                        : overage.equals(REFUSED)
                                ? Credits.ZERO
                                : credits(table, OVERAGE, overage, "unlimited, refuse, or "),
                cap(table, cells, DAILY_CAP),
                cap(table, cells, WEEKLY_CAP),
                cap(table, cells, MONTHLY_CAP));
    }

    private static @Nullable Credits cap(CsvTable table, List<String> cells, String column) {
        return credits(table, column, optional(table, cells, column), "nothing, or ");
    }

    /// The cell of a column that need not be there; empty when it is not.
    private static String optional(CsvTable table, List<String> cells, String column) {
        int index = table.header().indexOf(column);
        return index < 0 ? "" : cells.get(index).strip();
    }

    /// Null for any number, or with a problem noted.
    private static @Nullable Credits credits(
            CsvTable table, String column, String text, String orElse) {
        if (text.isEmpty()) {
            return null;
        }
        var figure = Figure.plain(text);
        if (figure == null || Figure.CREDITS.problem(figure) != null) {
            table.problem(
                    column,
                    Wording.quote(text) + " is no limit",
                    orElse + Figure.CREDITS.expected());
            return null;
        }
        return Credits.of(figure, RoundingMode.UNNECESSARY);
    }

    /// The row of an account, or null.
    public @Nullable Row of(String account) {
        return rows.get(account);
    }
}
