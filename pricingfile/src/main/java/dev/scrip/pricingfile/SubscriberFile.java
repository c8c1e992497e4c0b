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

/// Which account is on which plan, as a CSV file: `account,plan` and perhaps `overage`.
///
/// @param rows by account
public record SubscriberFile(SortedMap<String, Row> rows) {

    private static final String ACCOUNT = "account";
    private static final String PLAN = "plan";
    private static final String OVERAGE = "overage";
    private static final String UNLIMITED = "unlimited";
    private static final String REFUSED = "refuse";

    /// @param plan null for an account that pays for all it uses: the cell is empty
    /// @param overageLimit credits it may owe; null for any number
    public record Row(@Nullable String plan, @Nullable Credits overageLimit) {}

    public SubscriberFile {
        rows = Collections.unmodifiableSortedMap(new TreeMap<>(rows));
    }

    /// @param plans the ids in both pricing files
    /// @throws PricingFileException if there is anything wrong with the file
    public static SubscriberFile read(Path path, Set<String> plans) {
        var rows = new TreeMap<String, Row>();
        new CsvTable(path, path.toString())
                .read(table -> {
                    var hasOverage = table.header().contains(OVERAGE);
                    var account = new CsvCells(table, ACCOUNT);
                    int plan = table.column(PLAN);
                    int overage = hasOverage ? table.column(OVERAGE) : -1;
                    return cells -> {
                        var name = account.name(cells, ACCOUNT);
                        var row = row(table, cells, plan, overage, plans);
                        if (name != null && row != null && rows.put(name, row) != null) {
                            table.problem(
                                    ACCOUNT, Wording.quote(name) + " is there twice", "it once");
                        }
                    };
                });
        return new SubscriberFile(rows);
    }

    private static @Nullable Row row(
            CsvTable table, List<String> cells, int plan, int overage, Set<String> plans) {
        var id = cells.get(plan).strip();
        if (!id.isEmpty() && !plans.contains(id)) {
            table.problem(
                    PLAN,
                    Wording.quote(id) + " is no plan of both pricing files",
                    "one of " + String.join(", ", plans) + ", or nothing");
            return null;
        }
        var limit = overage < 0 ? UNLIMITED : cells.get(overage).strip();
        if (limit.isEmpty() || limit.equals(UNLIMITED)) {
            return new Row(id.isEmpty() ? null : id, null);
        }
        if (limit.equals(REFUSED)) {
            return new Row(id.isEmpty() ? null : id, Credits.ZERO);
        }
        var figure = Figure.plain(limit);
        var problem = figure == null ? "is no plain decimal" : Figure.CREDITS.problem(figure);
        if (figure == null || problem != null) {
            table.problem(
                    OVERAGE,
                    Wording.quote(limit) + " is no limit",
                    "unlimited, refuse, or " + Figure.CREDITS.expected());
            return null;
        }
        return new Row(id.isEmpty() ? null : id, Credits.of(figure, RoundingMode.UNNECESSARY));
    }

    /// The row of an account, or null.
    public @Nullable Row of(String account) {
        return rows.get(account);
    }
}
