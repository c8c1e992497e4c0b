package dev.scrip.pricingfile;

import dev.scrip.pricing.Circumstances;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.PriceBook;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Logs of when what was called by whom, and of how high the load was.
public final class DayLog {

    private static final String INSTANT = "an instant such as 2026-03-01T02:30:00Z";

    private DayLog() {}

    /// A call of a log.
    public record LoggedAt(String operation, BigDecimal quantity, Circumstances circumstances) {}

    /// Reads a CSV file with the columns `at` and `operation`, and perhaps `quantity`, `account`,
    /// `plan` and `commitment`. An empty cell is as if the column were missing.
    ///
    /// @param plans the only ones there may be
    /// @throws PricingFileException if it cannot be used
    public static List<LoggedAt> calls(Path file, Set<String> plans) {
        var calls = new ArrayList<LoggedAt>();
        new CsvTable(file, file.toString())
                .read(table -> {
                    int at = table.column("at");
                    int operation = table.column("operation");
                    int quantity = table.header().indexOf("quantity");
                    int account = table.header().indexOf("account");
                    int plan = table.header().indexOf("plan");
                    int commitment = table.header().indexOf("commitment");
                    return cells -> {
                        var when = instant(table, cells.get(at));
                        var units = amount(table, cells, quantity, "quantity", BigDecimal.ONE);
                        if (units != null && units.signum() == 0) {
                            table.problem("quantity", "0 is too small", "more than 0");
                            units = null;
                        }
                        var promised =
                                amount(table, cells, commitment, "commitment", BigDecimal.ZERO);
                        if (when == null || units == null || promised == null) {
                            return;
                        }
                        var circumstances = Circumstances.at(when);
                        var who = text(cells, account);
                        var its = text(cells, plan);
                        if (its != null && !plans.contains(its)) {
                            unknownPlan(table, its, plans);
                            return;
                        }
                        calls.add(
                                new LoggedAt(
                                        cells.get(operation),
                                        units,
                                        circumstances.by(
                                                who,
                                                its,
                                                Credits.of(promised, RoundingMode.HALF_UP),
                                                Credits.ZERO)));
                    };
                });
        return calls;
    }

    private static void unknownPlan(CsvTable table, String plan, Set<String> plans) {
        table.problem(
                "plan",
                Wording.quote(plan) + " is no plan of the pricing file",
                (plans.isEmpty() ? "" : "one of " + String.join(", ", plans) + ", or ")
                        + "nothing");
    }

    /// Reads a CSV file with the columns `at` and `load`, where 1 is full capacity.
    ///
    /// @throws PricingFileException if it cannot be used
    public static NavigableMap<Instant, BigDecimal> loads(Path file) {
        var loads = new TreeMap<Instant, BigDecimal>();
        new CsvTable(file, file.toString())
                .read(table -> {
                    int at = table.column("at");
                    int load = table.column("load");
                    return cells -> {
                        var when = instant(table, cells.get(at));
                        var value = Figure.plain(cells.get(load));
                        if (value == null || Figure.LOAD.problem(value) != null) {
                            table.problem(
                                    "load",
                                    Wording.quote(cells.get(load)) + " is no load",
                                    Figure.LOAD.expected());
                        } else if (when != null) {
                            loads.put(when, value);
                        }
                    };
                });
        return loads;
    }

    private static @Nullable Instant instant(CsvTable table, String cell) {
        try {
            return Instant.parse(cell);
        } catch (DateTimeParseException _) {
            table.problem("at", Wording.quote(cell) + " is no instant", INSTANT);
            return null;
        }
    }

    private static @Nullable BigDecimal amount(
            CsvTable table, List<String> cells, int column, String name, BigDecimal otherwise) {
        var cell = text(cells, column);
        if (cell == null) {
            return otherwise;
        }
        var value = Figure.plain(cell);
        if (value == null
                || value.signum() < 0
                || value.scale() > PriceBook.QUANTITY_DECIMALS
                || value.compareTo(PriceBook.QUANTITY_MAX) > 0) {
            table.problem(
                    name,
                    Wording.quote(cell) + " is no amount",
                    "a plain decimal up to a billion with at most 6 decimals");
            return null;
        }
        return value;
    }

    private static @Nullable String text(List<String> cells, int column) {
        return column < 0 || cells.get(column).isEmpty() ? null : cells.get(column);
    }
}
