package dev.scrip.pricingfile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/// Recorded usage in a file: CSV, JSON lines, or what an installed part reads, such as Parquet.
///
/// Events are handed over one by one and not kept, so a log may be larger than memory.
///
/// @param columns which columns of the log mean what, as the pricing file says
public record UsageLog(Path file, UsageColumns columns) {

    private static final List<UsageFormat> BUILT_IN = List.of(new CsvUsage(), new JsonLinesUsage());
    private static final List<String> WITH_DUCKDB = List.of(".parquet", ".csv.gz", ".jsonl.gz");

    /// Reads the log and hands over its calls in order.
    ///
    /// @throws PricingFileException if the log cannot be used: at most ten problems, each naming
    ///   file, row, column and value; events before a bad row have been handed over by then
    public void forEach(Consumer<UsageEvent> taker) {
        var rows = new UsageRows(this, taker);
        try {
            if (!Files.exists(file)) {
                rows.add("there is no such file; expected a usage log");
            } else if (Files.isDirectory(file)) {
                rows.add("is a folder; expected a usage log");
            } else {
                format().read(file, rows);
                rows.end();
            }
        } catch (NoSuchFileException e) {
            rows.add("there is no such file; expected a usage log");
        } catch (IOException e) {
            rows.add("cannot be read (" + e.getMessage() + "); expected a usage log");
        }
        rows.throwIfAny();
    }

    private UsageFormat format() {
        var known = new ArrayList<>(BUILT_IN);
        ServiceLoader.load(UsageFormat.class).forEach(known::add);
        var name = String.valueOf(file.getFileName());
        for (var format : known) {
            if (format.endings().stream().anyMatch(name::endsWith)) {
                return format;
            }
        }
        var missing = WITH_DUCKDB.stream().filter(name::endsWith).findFirst();
        if (missing.isPresent()) {
            throw new PricingFileException(
                    List.of(
                            file
                                    + ": "
                                    + missing.get()
                                    + " files are read by the part duckdb, which is not"
                                    + " installed; expected .csv or .jsonl. To install it, once:"
                                    + " ./scrip install duckdb"));
        }
        throw new PricingFileException(
                List.of(
                        file
                                + ": its name does not say what it is; expected a name that ends"
                                + " in "
                                + String.join(
                                        ", ",
                                        known.stream()
                                                .flatMap(format -> format.endings().stream())
                                                .toList())));
    }
}
