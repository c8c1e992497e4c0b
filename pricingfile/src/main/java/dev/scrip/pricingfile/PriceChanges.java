package dev.scrip.pricingfile;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// Dated changes of a supplier's prices, from a CSV file with `date`, `model`, `old_input_usd`,
/// `new_input_usd`, `old_output_usd` and `new_output_usd`.
public final class PriceChanges {

    /// A price that became another.
    ///
    /// @param unit such as `gpt-4o.input_token`
    /// @param factor new over old
    public record PriceChange(LocalDate date, String unit, BigDecimal factor) {}

    private PriceChanges() {}

    /// Changes of the units a pricing file buys; others are passed over, and so are prices that
    /// were not known before.
    ///
    /// @param products what suppliers call the products, by what the pricing file calls them
    /// @throws PricingFileException if the file cannot be used
    public static List<PriceChange> read(Path file, SortedMap<String, String> products) {
        var changes = new ArrayList<PriceChange>();
        new CsvTable(file, file.toString())
                .read(table -> {
                    int date = table.column("date");
                    int model = table.column("model");
                    int[] input = {table.column("old_input_usd"), table.column("new_input_usd")};
                    int[] output = {table.column("old_output_usd"), table.column("new_output_usd")};
                    return cells -> {
                        var day = day(table, cells.get(date));
                        if (day == null) {
                            return;
                        }
                        var names = new ArrayList<String>();
                        names.add(cells.get(model));
                        products.forEach((ours, theirs) -> {
                            if (theirs.equals(cells.get(model)) && !names.contains(ours)) {
                                names.add(ours);
                            }
                        });
                        var inputs = factor(table, cells, input);
                        var outputs = factor(table, cells, output);
                        for (var name : names) {
                            if (inputs != null) {
                                changes.add(new PriceChange(day, name + ".input_token", inputs));
                            }
                            if (outputs != null) {
                                changes.add(new PriceChange(day, name + ".output_token", outputs));
                            }
                        }
                    };
                });
        return changes;
    }

    private static @Nullable LocalDate day(CsvTable table, String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            table.problem("date", Wording.quote(text) + " is no day", "a day such as 2026-03-01");
            return null;
        }
    }

    private static @Nullable BigDecimal factor(CsvTable table, List<String> cells, int[] columns) {
        var old = price(table, cells, columns[0]);
        var now = price(table, cells, columns[1]);
        return old == null || now == null || old.signum() == 0 || old.compareTo(now) == 0
                ? null
                : now.divide(old, MathContext.DECIMAL128);
    }

    private static @Nullable BigDecimal price(CsvTable table, List<String> cells, int column) {
        var text = cells.get(column);
        if (text.isEmpty()) {
            return null;
        }
        var price = PlainDecimal.of(text);
        if (price == null || price.signum() < 0) {
            table.problem(
                    table.header().get(column),
                    Wording.quote(text) + " is no price",
                    "a decimal such as 0.0000025 or 2.5e-06");
            return null;
        }
        return price;
    }
}
