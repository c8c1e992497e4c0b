package dev.scrip.pricingfile;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// A CSV file with a header line: UTF-8, comma, every row as long as the header. A byte order mark
/// and either line end are fine.
///
/// Rows are numbered by line, the header being line 1. Problems read `file:row:column: problem;
/// expected …`; at most a few are collected before reading stops.
final class CsvTable {

    private static final long BYTES_MAX = 1L << 30;
    private static final int CELL_MAX = 1 << 16;
    private static final int ROWS_MAX = 5_000_000;
    private static final int PROBLEMS_MAX = 10;

    private final Path path;
    private final String shown;
    private final List<String> problems = new ArrayList<>();
    private List<String> header = List.of();
    private final long bytesMax;
    private final long rowsMax;
    private long row = 1;
    private boolean stopped;

    /// Takes one row; it may note problems about its cells.
    interface RowReader {

        void read(List<String> cells);
    }

    /// Looks up columns in the header, once, before the first row.
    interface HeaderReader {

        RowReader read(CsvTable table);
    }

    CsvTable(Path path, String shown) {
        this(path, shown, BYTES_MAX, ROWS_MAX);
    }

    private CsvTable(Path path, String shown, long bytesMax, long rowsMax) {
        this.path = path;
        this.shown = shown;
        this.bytesMax = bytesMax;
        this.rowsMax = rowsMax;
    }

    /// A file whose rows are not kept by anybody.
    static CsvTable ofAnySize(Path path, String shown) {
        return new CsvTable(path, shown, Long.MAX_VALUE, Long.MAX_VALUE);
    }

    /// Reads the whole file.
    ///
    /// @throws PricingFileException if there is anything wrong with it
    void read(HeaderReader start) {
        try {
            if (Files.isDirectory(path)) {
                problems.add(shown + ": is a folder; expected a CSV file");
            } else if (Files.size(path) > bytesMax) {
                problems.add(shown + ": is larger than 1 GiB; expected a smaller sample of calls");
            } else {
                readRows(start);
            }
        } catch (NoSuchFileException e) {
            problems.add(shown + ": there is no such file; expected a CSV file");
        } catch (CharacterCodingException e) {
            problems.add(notUtf8());
        } catch (CsvParseException e) {
            problems.add(e.getCause() instanceof CharacterCodingException ? notUtf8() : bad(e));
        } catch (UncheckedIOException e) {
            problems.add(
                    e.getCause() instanceof CharacterCodingException
                            ? notUtf8()
                            : shown
                                    + ":"
                                    + (row + 1)
                                    + ": cannot be read ("
                                    + e.getMessage()
                                    + ")");
        } catch (IOException e) {
            problems.add(shown + ": cannot be read (" + e.getMessage() + ")");
        }
        if (!problems.isEmpty()) {
            throw new PricingFileException(problems);
        }
    }

    /// The line of the row being read.
    long row() {
        return row;
    }

    /// The position of a column, or −1 with a problem noted.
    int column(String name) {
        int index = header.indexOf(name);
        if (index < 0) {
            var meant = Wording.nearest(name, header);
            problem(
                    name,
                    "there is no such column"
                            + (meant == null ? "" : ". Did you mean " + meant + "?")
                            + (header.size() == 1 && header.getFirst().contains(";")
                                    ? " Maybe the file is separated by semicolons"
                                    : ""),
                    "one of " + String.join(", ", header.stream().map(Wording::quote).toList()));
        }
        return index;
    }

    /// Leaves the rest of the file unread.
    void stop() {
        stopped = true;
    }

    List<String> header() {
        return header;
    }

    void problem(String column, String problem, String expected) {
        problems.add(shown + ":" + row + ":" + column + ": " + problem + "; expected " + expected);
    }

    private void readRows(HeaderReader start) throws IOException {
        try (var reader = Files.newBufferedReader(path, StandardCharsets.UTF_8);
                var records =
                        CsvReader.builder()
                                .detectBomHeader(false)
                                .maxBufferSize(CELL_MAX)
                                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                                .allowUnclosedQuote(false)
                                .ofCsvRecord(reader)) {
            var iterator = records.iterator();
            if (!iterator.hasNext()) {
                problems.add(shown + ": is empty; expected a header line and rows");
                return;
            }
            header = header(iterator.next());
            var rows = start.read(this);
            if (!problems.isEmpty()) {
                return;
            }
            if (!iterator.hasNext()) {
                problems.add(shown + ": has a header line only; expected rows beneath it");
            }
            for (long count = 0;
                    !stopped && problems.size() < PROBLEMS_MAX && iterator.hasNext();
                    count++) {
                if (count == rowsMax) {
                    problems.add(shown + ": has more than 5,000,000 rows; expected a sample");
                    return;
                }
                readRow(iterator.next(), rows);
            }
        }
    }

    private void readRow(CsvRecord record, RowReader rows) {
        row = record.getStartingLineNumber();
        var cells = record.getFields();
        if (cells.size() != header.size()) {
            problems.add(
                    shown
                            + ":"
                            + row
                            + ": the row has "
                            + cells.size()
                            + " cells; expected "
                            + header.size()
                            + " as in the header");
            return;
        }
        rows.read(cells);
    }

    private List<String> header(CsvRecord record) {
        var names = new ArrayList<>(record.getFields());
        if (names.getFirst().startsWith("\uFEFF")) {
            names.set(0, names.getFirst().substring(1));
        }
        var seen = new HashSet<String>();
        for (var name : names) {
            if (!seen.add(name)) {
                problem(Wording.quote(name), "the column is there twice", "different names");
            }
        }
        return List.copyOf(names);
    }

    private String bad(CsvParseException e) {
        var cause = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
        return shown
                + ":"
                + (row + 1)
                + ": the row cannot be read ("
                + cause
                + "); expected cells of at most "
                + CELL_MAX
                + " characters and closed quotes";
    }

    /// Finds the row with the bad byte. A reader notices it a buffer ahead, so the rows are gone
    /// through again.
    private String notUtf8() {
        int line = 1;
        try (var bytes = new BufferedInputStream(Files.newInputStream(path))) {
            var text = new ByteArrayOutputStream();
            for (int b = bytes.read(); b >= 0; b = bytes.read()) {
                text.write(b);
                if (b == '\n') {
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text.toByteArray()));
                    text.reset();
                    line++;
                }
            }
        } catch (IOException e) {
            // The bad line ends the search; so does a file that can no longer be read.
        }
        return shown + ":" + line + ": the text is not UTF-8; expected UTF-8. Maybe it is Latin-1";
    }
}
