package dev.scrip.audit;

import dev.scrip.ledger.Fact;
import dev.scrip.ledger.JournalException;
import dev.scrip.ledger.RatedUsage;
import dev.scrip.pricing.Money;
import dev.scrip.storage.FactCodec;
import dev.scrip.storage.JournalRows;
import dev.scrip.storage.PostgresUrl;
import dev.scrip.storage.StorageException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The calls that a journal has charges and captures of, in the order they were charged. What was
/// taken back later is among them: the call was made, and it cost what it cost.
public final class RecordedCalls {

    /// @param account that paid, with its workspace, such as `live/acme`
    /// @param at when it happened, which may be before it was charged
    /// @param cost as the caller measured it, or else what the price book expected
    public record Call(
            String account, String operation, Instant at, BigDecimal quantity, Money cost) {}

    private RecordedCalls() {}

    /// Hands over all calls up to the end the journal has now, one by one: a server may run
    /// meanwhile, and memory holds a few batches.
    ///
    /// @param journalUrl the database that has the journal; null when the directory has it
    /// @throws AuditException if there is no journal, or it cannot be read
    /// @throws IllegalArgumentException if the URL is none
    public static void read(Path data, @Nullable String journalUrl, Consumer<Call> taker) {
        var url = journalUrl == null ? null : new PostgresUrl(journalUrl);
        if (url == null && !Files.isDirectory(data)) {
            throw new AuditException("There is no data directory " + data + ".");
        }
        try (var rows =
                url == null
                        ? JournalRows.ofFile(data.resolve("journal.db"))
                        : JournalRows.ofDatabase(url)) {
            long head = rows.head();
            long at = 0;
            while (at < head) {
                var piece = rows.after(at);
                if (piece.isEmpty()) {
                    throw new AuditException(
                            "The journal has no facts after " + at + ", and should up to " + head);
                }
                for (var row : piece) {
                    at = row.seq();
                    if (at <= head) {
                        for (var fact : FactCodec.decode(row.batch()).facts()) {
                            take(fact, taker);
                        }
                    }
                }
            }
        } catch (StorageException | JournalException e) {
            throw new AuditException(String.valueOf(e.getMessage()), e);
        }
    }

    private static void take(Fact fact, Consumer<Call> taker) {
        if (fact instanceof Fact.Burned burned
                && !burned.usage().operation().equals(RatedUsage.ANY_OPERATION)) {
            var usage = burned.usage();
            taker.accept(
                    new Call(
                            burned.account().toString(),
                            usage.operation(),
                            usage.usedAt() == null ? burned.at() : usage.usedAt(),
                            usage.quantity(),
                            usage.cost()));
        }
    }
}
