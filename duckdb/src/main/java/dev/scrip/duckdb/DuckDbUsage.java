package dev.scrip.duckdb;

import dev.scrip.pricingfile.UsageFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Usage in the files that DuckDB reads. Only the columns that are wanted are read, and rows come
/// in chunks, so a file may be larger than memory.
public final class DuckDbUsage implements UsageFormat {

    @Override
    public List<String> endings() {
        return List.of(".parquet", ".csv.gz", ".jsonl.gz", ".ndjson.gz");
    }

    @Override
    public void read(Path file, Rows rows) throws IOException {
        var settings = new Properties();
        settings.setProperty("jdbc_stream_results", "true");
        // Nothing but this file: no extension from the network, no other file by a clever name.
        settings.setProperty("autoinstall_known_extensions", "false");
        try (var database = DriverManager.getConnection("jdbc:duckdb:", settings)) {
            var source = source(file);
            var columns = columns(database, source);
            var wanted = rows.wanted(List.copyOf(columns.keySet()));
            if (!wanted.isEmpty()) {
                var query =
                        wanted.stream()
                                .map(columns::get)
                                .collect(Collectors.joining(", ", "SELECT ", " FROM " + source));
                read(database, query, wanted.size(), rows);
            }
        } catch (SQLException e) {
            throw new IOException("DuckDB says: " + firstLine(e), e);
        }
    }

    private static void read(Connection database, String query, int columns, Rows rows)
            throws SQLException {
        var cells = new @Nullable String[columns];
        try (var statement = database.createStatement();
                var found = statement.executeQuery(query)) {
            for (long row = 1; found.next() && !rows.isEnough(); row++) {
                for (int i = 0; i < columns; i++) {
                    cells[i] = found.getString(i + 1);
                }
                rows.row(row, cells);
            }
        }
    }

    /// The columns, and how each becomes text; the times of a zone too, without asking which.
    private static Map<String, String> columns(Connection database, String source)
            throws SQLException {
        var columns = new LinkedHashMap<String, String>();
        try (var statement = database.createStatement();
                var found = statement.executeQuery("DESCRIBE SELECT * FROM " + source)) {
            while (found.next()) {
                var name = found.getString("column_name");
                var quoted = "\"" + name.replace("\"", "\"\"") + "\"";
                boolean isTime =
                        found.getString("column_type")
                                .toUpperCase(Locale.ROOT)
                                .startsWith("TIMESTAMP");
                columns.put(
                        name,
                        isTime
                                ? "strftime(make_timestamp(epoch_us("
                                        + quoted
                                        + ")), '%Y-%m-%dT%H:%M:%S.%fZ')"
                                : "CAST(" + quoted + " AS VARCHAR)");
            }
        }
        return columns;
    }

    private static String source(Path file) {
        var quoted = "'" + file.toString().replace("'", "''") + "'";
        var name = file.toString();
        if (name.endsWith(".parquet")) {
            return "read_parquet(" + quoted + ")";
        }
        return name.endsWith(".csv.gz")
                ? "read_csv(" + quoted + ", all_varchar=true, header=true)"
                : "read_json_auto(" + quoted + ", format='newline_delimited')";
    }

    private static String firstLine(SQLException e) {
        var lines = new ArrayList<>(String.valueOf(e.getMessage()).lines().toList());
        return lines.isEmpty() ? "nothing" : lines.getFirst();
    }
}
