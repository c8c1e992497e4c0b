package dev.scrip.pricingfile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A kind of file that recorded usage is read from: one row a call.
///
/// CSV and JSON lines are built in; further kinds are found by [java.util.ServiceLoader]. A public
/// constructor without parameters is needed.
public interface UsageFormat {

    /// How names of its files end, such as `.parquet`.
    List<String> endings();

    /// Hands over every row in order. Rows are not kept, so a file may be of any size.
    ///
    /// @throws IOException if the file cannot be read
    /// @throws PricingFileException if the file is not what its name says
    void read(Path file, Rows rows) throws IOException;

    /// Takes the rows of one file.
    interface Rows {

        /// Told the names of the columns, once, before the first row.
        ///
        /// @param names null when each row brings names of its own, as in JSON lines
        /// @return the columns it wants, in the order in which it wants their cells; none when the
        ///   file cannot be used
        List<String> wanted(@Nullable List<String> names);

        /// @param row where a person finds it: a line, or a position counted from 1
        /// @param cells as plain text, null where there is nothing; the array is used again for the
        ///   next row
        void row(long row, @Nullable String[] cells);

        /// Whether reading may stop: too much is wrong.
        boolean isEnough();
    }
}
