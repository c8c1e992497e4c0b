package dev.scrip.storage;

import dev.scrip.ledger.Fact;
import dev.scrip.metering.CaptureSizes;
import dev.scrip.pricing.Credits;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How many credits the captures of holds came to, counted in buckets whose width grows with them.
///
/// A bucket is at most a 64th of its lower end wide, so that its middle is within 0.8 % of whatever
/// is counted in it. What a lease reports is left out: its lines are no calls that one could hold
/// credits for.
final class CaptureHistograms {

    static final String TABLE =
            """
            CREATE TABLE capture_histogram (
                workspace TEXT    NOT NULL,
                operation TEXT    NOT NULL,
                bucket    INTEGER NOT NULL,
                captures  INTEGER NOT NULL,
                PRIMARY KEY (workspace, operation, bucket)
            ) WITHOUT ROWID
            """;

    static final String LEASE_TABLE = "CREATE TABLE open_lease (seq INTEGER PRIMARY KEY)";

    /// Buckets from one power of two to the next.
    private static final int PER_DOUBLING = 64;

    private static final int DOUBLING_BITS = 6;

    /// In their order: a lease and its captures may come together.
    private final List<Fact> facts = new ArrayList<>();

    private record Cell(String workspace, String operation, int bucket) {}

    void add(Fact fact) {
        boolean counts =
                switch (fact) {
                    case Fact.Held held -> held.lease();
                    case Fact.Captured _, Fact.Released _ -> true;
                    default -> false;
                };
        if (counts) {
            facts.add(fact);
        }
    }

    void addTo(Connection connection) throws SQLException {
        if (facts.isEmpty()) {
            return;
        }
        var cells = new HashMap<Cell, Long>();
        try (var lend = connection.prepareStatement("INSERT INTO open_lease VALUES (?)");
                var end = connection.prepareStatement("DELETE FROM open_lease WHERE seq = ?");
                var find = connection.prepareStatement("SELECT 1 FROM open_lease WHERE seq = ?")) {
            for (var fact : facts) {
                switch (fact) {
                    case Fact.Held lease -> {
                        lend.setLong(1, lease.seq());
                        lend.executeUpdate();
                    }
                    case Fact.Released released -> {
                        end.setLong(1, released.hold());
                        end.executeUpdate();
                    }
                    case Fact.Captured captured -> {
                        find.setLong(1, captured.hold());
                        try (var rows = find.executeQuery()) {
                            boolean lent = rows.next();
                            if (lent && captured.last()) {
                                end.setLong(1, captured.hold());
                                end.executeUpdate();
                            }
                            if (!lent) {
                                var usage = captured.usage();
                                var cell =
                                        new Cell(
                                                captured.account().workspace(),
                                                usage.operation(),
                                                bucket(usage.credits().micros()));
                                cells.merge(cell, 1L, Long::sum);
                            }
                        }
                    }
                    default -> throw new IllegalStateException("Nothing else was added.");
                }
            }
        }
        upsert(connection, cells);
    }

    private static void upsert(Connection connection, Map<Cell, Long> cells) throws SQLException {
        try (var upsert =
                connection.prepareStatement(
                        """
                        INSERT INTO capture_histogram (workspace, operation, bucket, captures)
                        VALUES (?, ?, ?, ?)
                        ON CONFLICT (workspace, operation, bucket) DO UPDATE SET
                            captures = captures + excluded.captures
                        """)) {
            for (var cell : cells.entrySet()) {
                upsert.setString(1, cell.getKey().workspace());
                upsert.setString(2, cell.getKey().operation());
                upsert.setInt(3, cell.getKey().bucket());
                upsert.setLong(4, cell.getValue());
                upsert.executeUpdate();
            }
        }
    }

    static CaptureSizes sizes(Connection connection, String workspace, String operation)
            throws SQLException {
        try (var query =
                connection.prepareStatement(
                        """
                        SELECT bucket, captures FROM capture_histogram
                        WHERE workspace = ? AND operation = ? ORDER BY bucket
                        """)) {
            query.setString(1, workspace);
            query.setString(2, operation);
            var counts = new ArrayList<long[]>();
            long total = 0;
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    counts.add(new long[] {rows.getInt(1), rows.getLong(2)});
                    total += rows.getLong(2);
                }
            }
            return new CaptureSizes(
                    total,
                    atOrBelow(counts, total, 50),
                    atOrBelow(counts, total, 95),
                    atOrBelow(counts, total, 99));
        }
    }

    /// The smallest bucket up to which a share of all is counted.
    private static Credits atOrBelow(List<long[]> counts, long total, int percent) {
        long rank = Math.ceilDiv(Math.multiplyExact(total, percent), 100L);
        long below = 0;
        for (var count : counts) {
            below += count[1];
            if (below >= rank) {
                return new Credits(middle((int) count[0]));
            }
        }
        return Credits.ZERO;
    }

    /// The bucket of an amount in micro-credits: exact below two doublings' buckets, and by its
    /// first seven binary digits from there.
    static int bucket(long micros) {
        if (micros < 2 * PER_DOUBLING) {
            return (int) micros;
        }
        int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(micros) - DOUBLING_BITS;
        return shift * PER_DOUBLING + (int) (micros >> shift);
    }

    /// The middle of a bucket in micro-credits.
    static long middle(int bucket) {
        if (bucket < 2 * PER_DOUBLING) {
            return bucket;
        }
        int shift = bucket / PER_DOUBLING - 1;
        long first = (long) (bucket - shift * PER_DOUBLING) << shift;
        return first + ((1L << shift) >> 1);
    }
}
