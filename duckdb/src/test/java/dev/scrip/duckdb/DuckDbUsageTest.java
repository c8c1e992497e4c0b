package dev.scrip.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scrip.pricingfile.PricingFile;
import dev.scrip.pricingfile.UsageEvent;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// With the real DuckDB, on files it wrote itself.
final class DuckDbUsageTest {

    private static final String PRICING =
            """
            format: scrip-pricing/1
            currency: USD
            cost_rates: {compute_per_second: 0.001, third_party: {model.token: 0.000002}}
            credit_price: {amount: 1, per: 1000}
            usage: {account: who, time: happened, third_party: {model.token: tokens}}
            operations:
              chat: {unit_cost: 0.5}
              resize: {}
            """;

    private static final String ROWS =
            """
            SELECT * FROM (VALUES
              ('chat',   'ann', TIMESTAMP '2026-03-01 12:00:00.25', 1.0::DOUBLE,  1000::BIGINT, 250.5::DOUBLE),
              ('chat',   'bob', TIMESTAMP '2026-03-02 00:00:00',    2.5::DOUBLE,  NULL,         1e-5::DOUBLE),
              ('resize', NULL,  NULL,                               NULL,         NULL,         100::DOUBLE)
            ) AS usage(operation, who, happened, quantity, tokens, compute_ms)
            """;

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"usage.parquet", "usage.jsonl.gz", "o'clock.csv.gz"})
    void everyKindOfFileSaysTheSame(String name) throws Exception {
        var log = write(name, ROWS);
        var events = new ArrayList<UsageEvent>();
        pricingFile().usageLog(log).forEach(events::add);

        assertThat(events).hasSize(3);
        assertThat(events)
                .extracting(UsageEvent::operation)
                .containsExactly("chat", "chat", "resize");
        assertThat(events).extracting(UsageEvent::account).containsExactly("ann", "bob", null);
        assertThat(events)
                .extracting(UsageEvent::at)
                .containsExactly(
                        Instant.parse("2026-03-01T12:00:00.25Z"),
                        Instant.parse("2026-03-02T00:00:00Z"),
                        null);
        assertThat(events.get(0).use().computeMs()).isEqualByComparingTo("250.5");
        assertThat(events.get(0).use().thirdParty().get("model.token"))
                .isEqualByComparingTo("1000");
        assertThat(events.get(1).quantity()).isEqualByComparingTo("2.5");
        assertThat(events.get(1).use().computeMs()).isEqualByComparingTo("0.00001");
        assertThat(events.get(2).quantity()).isEqualByComparingTo("1");
    }

    @Test
    void aTableIsDesignedFromParquet() throws Exception {
        var file = PricingFile.readWithUsage(pricing(), write("usage.parquet", ROWS));

        // 0.2505 ms … of compute at 0.001 a second, 1,000 tokens, over 3.5 units.
        assertThat(file.design().operation("chat").unitCost())
                .isBetween(
                        new BigDecimal("0.00064300000285714285"),
                        new BigDecimal("0.00064300000285714286"));
        assertThat(file.design().operation("resize").unitCost()).isEqualByComparingTo("0.0001");
    }

    @Test
    void aFileThatIsNoParquetIsNamed() throws IOException {
        var log = Files.writeString(folder.resolve("usage.parquet"), "operation\nchat\n");
        assertThatThrownBy(() -> pricingFile().usageLog(log).forEach(_ -> {}))
                .hasMessageContaining("usage.parquet: cannot be read (DuckDB says: ")
                .hasMessageContaining("expected a usage log");
    }

    @Test
    void aColumnThatIsNotThereIsNamed() throws Exception {
        var log = write("usage.parquet", "SELECT 'chat' AS operation, 5 AS token");
        assertThatThrownBy(() -> pricingFile().usageLog(log).forEach(_ -> {}))
                .hasMessageContaining(
                        "usage.parquet:1:tokens: there is no such column, which"
                                + " usage.third_party.model.token of the pricing file names. Did"
                                + " you mean token?");
    }

    @Test
    void whatIsNoNumberIsNamed() throws Exception {
        var log =
                write(
                        "usage.parquet",
                        "SELECT 'chat' AS operation, 'ann' AS who, now() AS happened, 'NaN'::DOUBLE"
                                + " AS tokens");
        assertThatThrownBy(() -> pricingFile().usageLog(log).forEach(_ -> {}))
                .hasMessageContaining("usage.parquet:1:tokens: \"nan\" is not a plain decimal");
    }

    private Path write(String name, String query) throws SQLException {
        var file = folder.resolve(name);
        var format = name.endsWith(".parquet") ? "parquet" : name.contains("json") ? "json" : "csv";
        try (var database = DriverManager.getConnection("jdbc:duckdb:");
                var statement = database.createStatement()) {
            statement.execute(
                    "COPY (%s) TO '%s' (FORMAT %s%s)"
                            .formatted(
                                    query,
                                    file.toString().replace("'", "''"),
                                    format,
                                    format.equals("parquet") ? "" : ", COMPRESSION gzip"));
        }
        return file;
    }

    private PricingFile pricingFile() throws IOException {
        var plain = PRICING.replace("resize: {}", "resize: {unit_cost: 1}");
        return PricingFile.read(Files.writeString(folder.resolve("plain.yaml"), plain));
    }

    private Path pricing() throws IOException {
        return Files.writeString(folder.resolve("pricing.yaml"), PRICING);
    }
}
