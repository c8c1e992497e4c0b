package dev.scrip.storage;

import dev.scrip.ledger.Fact;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Until when holds were extended the last time.
final class HoldExtensions {

    static final String TABLE =
            """
            CREATE TABLE extended_hold (
                hold    INTEGER PRIMARY KEY,
                expires INTEGER NOT NULL
            )
            """;

    private final Map<Long, Instant> ends = new LinkedHashMap<>();

    void add(Fact fact) {
        if (fact instanceof Fact.HoldExtended extended) {
            ends.put(extended.hold(), extended.expires());
        }
    }

    void addTo(Connection connection) throws SQLException {
        if (ends.isEmpty()) {
            return;
        }
        try (var insert =
                connection.prepareStatement("INSERT OR REPLACE INTO extended_hold VALUES (?, ?)")) {
            for (var end : ends.entrySet()) {
                insert.setLong(1, end.getKey());
                insert.setLong(2, FactCodec.toWire(end.getValue()));
                insert.executeUpdate();
            }
        }
    }

    /// Null for a hold that was not extended.
    static @Nullable Instant of(Connection connection, long hold) throws SQLException {
        try (var query =
                connection.prepareStatement("SELECT expires FROM extended_hold WHERE hold = ?")) {
            query.setLong(1, hold);
            try (var rows = query.executeQuery()) {
                return rows.next() ? FactCodec.instant(rows.getLong(1)) : null;
            }
        }
    }
}
