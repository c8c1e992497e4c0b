package dev.scrip.pricingfile;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A supplier's price list as a CSV file: one line a product, one column a unit.
///
/// Such lists are written by machines, so a price may have a small negative exponent: `2.5e-06`.
final class PriceList {

    private static final int LENGTH_MAX = 24;
    private static final Pattern PRICE = Pattern.compile("\\d{1,9}(\\.\\d{1,15})?([eE]-\\d{1,2})?");
    private static final int DECIMALS_MAX = 18;

    private final Path path;
    private final String nameColumn;

    PriceList(Path path, String nameColumn) {
        this.path = path;
        this.nameColumn = nameColumn;
    }

    /// The prices of some products.
    ///
    /// @param products their names in the list, by what we call them
    /// @param units the columns, by what we call the unit
    /// @return prices by `product.unit` in our names
    /// @throws PricingFileException if the list cannot be used, or lacks a product or a price
    SortedMap<String, BigDecimal> prices(Map<String, String> products, Map<String, String> units) {
        var prices = new TreeMap<String, BigDecimal>();
        var missing = new TreeMap<>(products);
        var names = new TreeMap<String, Integer>();
        new CsvTable(path, path.toString())
                .read(table -> {
                    int name = table.column(nameColumn);
                    var columns = new TreeMap<String, Integer>();
                    units.forEach((unit, column) -> columns.put(unit, table.column(column)));
                    return cells -> {
                        names.merge(cells.get(name), 1, Integer::sum);
                        products.forEach((ours, theirs) -> {
                            if (theirs.equals(cells.get(name))) {
                                missing.remove(ours);
                                columns.forEach((unit, column) ->
                                        put(
                                                prices,
                                                ours + "." + unit,
                                                table,
                                                column,
                                                cells.get(column)));
                            }
                        });
                    };
                });
        var problems = new ArrayList<String>();
        missing.forEach((_, theirs) -> {
            var meant = Wording.nearest(theirs, names.keySet());
            problems.add(
                    path
                            + ": column "
                            + nameColumn
                            + " has no "
                            + Wording.quote(theirs)
                            + (meant == null ? "" : ". Did you mean " + meant + "?")
                            + "; expected a line of that name");
        });
        if (!problems.isEmpty()) {
            throw new PricingFileException(problems);
        }
        return prices;
    }

    private static void put(
            Map<String, BigDecimal> prices, String unit, CsvTable table, int column, String text) {
        var price = price(text);
        if (price == null) {
            table.problem(
                    table.header().get(column),
                    Wording.quote(text) + " is no price",
                    "a decimal such as 0.0000025 or 2.5e-06");
        } else if (prices.put(unit, price) != null) {
            table.problem(
                    table.header().get(column), unit + " is priced a second time", "one line");
        }
    }

    private static @Nullable BigDecimal price(String text) {
        if (text.length() > LENGTH_MAX || !PRICE.matcher(text).matches()) {
            return null;
        }
        var price = new BigDecimal(text);
        return price.scale() > DECIMALS_MAX ? null : price.setScale(Math.max(price.scale(), 0));
    }
}
