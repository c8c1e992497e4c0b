package dev.scrip.pricingfile;

import dev.scrip.pricing.ResourceUse;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A log of real calls, and how its columns say what each call used.
///
/// @param family the operation's name without a band, such as `chat.complete`
/// @param log the CSV file
/// @param bands null when all calls have one price
/// @param quantity where it comes from how many of what the operation counts a call is
/// @param use where each resource comes from, by its name: `compute_ms`, `memory_mb`, `storage_kb`,
///   `bandwidth_kb`
/// @param thirdParty where each unit bought from a supplier comes from, by the unit's name
public record MeasuredLog(
        String family,
        Path log,
        @Nullable SizeBands bands,
        Source quantity,
        SortedMap<String, Source> use,
        SortedMap<String, Source> thirdParty) {

    /// Where a figure of a call comes from.
    public sealed interface Source {

        /// The same for every call.
        record Constant(BigDecimal value) implements Source {}

        /// A cell of its row.
        record Column(String name) implements Source {}

        /// For a log whose calls count as one each.
        Source ONE = new Constant(BigDecimal.ONE);
    }

    public MeasuredLog {
        use = Collections.unmodifiableSortedMap(new TreeMap<>(use));
        thirdParty = Collections.unmodifiableSortedMap(new TreeMap<>(thirdParty));
    }

    /// The operations its calls are priced as: one for each band.
    public List<String> operations() {
        return bands == null
                ? List.of(family)
                : bands.upTo().keySet().stream().map(band -> family + "." + band).toList();
    }

    /// Reads the log and hands over its calls in order.
    ///
    /// @throws PricingFileException if the log cannot be used; calls before the bad row have been
    ///   handed over by then
    public void forEachCall(Consumer<LoggedCall> taker) {
        new CsvTable(log, log.toString())
                .read(table -> {
                    var reader = new CallReader(table);
                    return cells -> {
                        var call = reader.call(cells);
                        if (call != null) {
                            taker.accept(call);
                        }
                    };
                });
    }

    /// Turns rows into calls; it has looked the columns up in the header.
    private final class CallReader {

        private final CsvTable table;
        private final List<Cell> uses = new ArrayList<>();
        private final List<Cell> thirdParties = new ArrayList<>();
        private final int sizeColumn;
        private final Cell quantities;
        private boolean usable = true;

        /// @param column −1 for a constant
        private record Cell(String name, int column, BigDecimal constant) {}

        CallReader(CsvTable table) {
            this.table = table;
            quantities = cell("quantity", quantity);
            use.forEach((name, source) -> uses.add(cell(name, source)));
            thirdParty.forEach((name, source) -> thirdParties.add(cell(name, source)));
            sizeColumn = bands == null ? -1 : table.column(bands.column());
        }

        private Cell cell(String name, Source source) {
            return switch (source) {
                case Source.Constant(var value) -> new Cell(name, -1, value);
                case Source.Column(var column) ->
                        new Cell(name, table.column(column), BigDecimal.ZERO);
            };
        }

        /// The call of a row, or null with problems noted.
        @Nullable LoggedCall call(List<String> cells) {
            usable = true;
            var operation = operation(cells);
            var quantity = quantity(cells);
            var used = values(uses, cells);
            var bought = values(thirdParties, cells);
            if (!usable || operation == null) {
                return null;
            }
            return new LoggedCall(
                    table.row(),
                    operation,
                    quantity,
                    new ResourceUse(
                            used.getOrDefault("compute_ms", BigDecimal.ZERO),
                            used.getOrDefault("memory_mb", BigDecimal.ZERO),
                            used.getOrDefault("storage_kb", BigDecimal.ZERO),
                            used.getOrDefault("bandwidth_kb", BigDecimal.ZERO),
                            bought));
        }

        private BigDecimal quantity(List<String> cells) {
            var value = value(quantities, cells);
            if (value.signum() == 0 && usable) {
                usable = false;
                table.problem(
                        table.header().get(quantities.column()),
                        "0 is too small: a call of nothing costs nothing",
                        "a quantity greater than 0");
            }
            return value;
        }

        private @Nullable String operation(List<String> cells) {
            if (bands == null) {
                return family;
            }
            var size = value(sizeColumn, cells);
            var band = bands.of(size);
            if (band == null) {
                usable = false;
                table.problem(
                        bands.column(),
                        "the size " + size.toPlainString() + " is above the last band of " + family,
                        "at most " + List.copyOf(bands.upTo().values()).getLast().toPlainString());
                return null;
            }
            return family + "." + band;
        }

        private SortedMap<String, BigDecimal> values(List<Cell> sources, List<String> cells) {
            var values = new TreeMap<String, BigDecimal>();
            for (var source : sources) {
                values.put(source.name(), value(source, cells));
            }
            return values;
        }

        private BigDecimal value(Cell source, List<String> cells) {
            return source.column() < 0 ? source.constant() : value(source.column(), cells);
        }

        private BigDecimal value(int column, List<String> cells) {
            var text = cells.get(column);
            var value = Figure.plain(text);
            var problem =
                    value == null
                            ? Wording.quote(text) + " is not a plain decimal"
                            : Figure.AMOUNT.problem(value);
            if (value == null || problem != null) {
                usable = false;
                table.problem(
                        table.header().get(column),
                        problem == null ? "" : problem,
                        Figure.AMOUNT.expected());
                return BigDecimal.ZERO;
            }
            return value;
        }
    }
}
