package dev.scrip.client;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Credits lent to a program that serves calls from them without asking for each, and reports
/// later. A lease that nobody returns ends by itself; what was not reported by then goes back.
public final class Leases {

    private static final String PATH = "/v1/leases";

    private final Calls calls;

    Leases(Calls calls) {
        this.calls = calls;
    }

    /// What was used of one operation.
    ///
    /// @param use what the calls used, when it was measured
    public record Line(String operation, BigDecimal quantity, @Nullable MeasuredUse use) {

        public static Line of(String operation, BigDecimal quantity) {
            return new Line(operation, quantity, null);
        }

        public Line withUse(MeasuredUse use) {
            return new Line(operation, quantity, use);
        }
    }

    /// Lends credits.
    ///
    /// @throws NoAnswerException if it is not known what became of it
    public Answer<Lease> lend(LeaseOrder order, IdempotencyKey key) {
        return calls.post(PATH, order, key, Lease.class);
    }

    /// Charges what was used, all lines or none; never more than was lent. The lease goes on.
    ///
    /// @param lease its id
    /// @param usage 1 to 1,000 lines
    /// @param key at most 250 characters here
    /// @throws NoAnswerException if it is not known what became of it
    public Answer<LeaseReport> report(String lease, List<Line> usage, IdempotencyKey key) {
        return calls.post(path(lease, "report"), Map.of("usage", usage), key, LeaseReport.class);
    }

    /// As [#report], and ends the lease: its rest goes back.
    ///
    /// @throws NoAnswerException if it is not known what became of it
    public Answer<LeaseReport> reportLast(String lease, List<Line> usage, IdempotencyKey key) {
        return calls.post(
                path(lease, "report"),
                Map.of("usage", usage, "final", true),
                key,
                LeaseReport.class);
    }

    /// Gives a lease more time.
    ///
    /// @param life from now on, in whole seconds
    /// @throws NoAnswerException if it is not known what became of it
    public Answer<EntryPage.Entry> extend(String lease, Duration life, IdempotencyKey key) {
        return calls.post(
                path(lease, "extend"),
                Map.of("expires_in", life.toSeconds()),
                key,
                EntryPage.Entry.class);
    }

    /// Ends a lease: what was not reported goes back.
    ///
    /// @throws NoAnswerException if it is not known what became of it
    public Answer<EntryPage.Entry> giveBack(String lease, IdempotencyKey key) {
        return calls.post(path(lease, "return"), key, EntryPage.Entry.class);
    }

    private static String path(String lease, String verb) {
        return PATH + "/" + Calls.encoded(lease) + "/" + verb;
    }
}
