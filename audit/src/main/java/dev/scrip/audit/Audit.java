package dev.scrip.audit;

import dev.scrip.ledger.Batch;
import dev.scrip.ledger.JournalException;
import dev.scrip.ledger.LedgerSettings;
import dev.scrip.pricing.Credits;
import dev.scrip.storage.BatchChain;
import dev.scrip.storage.FactCodec;
import dev.scrip.storage.JournalRows;
import dev.scrip.storage.PostgresUrl;
import dev.scrip.storage.StorageException;
import dev.scrip.storage.StoredBatch;
import dev.scrip.storage.StoredViews;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// Checks a journal from its first fact to its head, and the projections beside it. A server may
/// run meanwhile: what it appends after the start is left out.
///
/// Memory holds every account with its grants, the requests of a day, and the usage of each account
/// by hour and operation when there are projections to compare it with.
public final class Audit {

    private static final int FACTS_BETWEEN_NEWS = 20_000;

    private final JournalRows rows;
    private final FactCheck check;
    private final @Nullable RollupCheck rollups;
    private final Progress progress;
    private final BatchChain chain = new BatchChain();
    private final long head;
    private byte[] last = BatchChain.start();
    private long nextNews = FACTS_BETWEEN_NEWS;

    /// Hears how far an audit is.
    public interface Progress {
        void at(long facts, long head);
    }

    private Audit(
            JournalRows rows,
            @Nullable RollupCheck rollups,
            LedgerSettings settings,
            Progress progress) {
        this.rows = rows;
        this.rollups = rollups;
        this.progress = progress;
        head = rows.head();
        check = new FactCheck(settings, rows::fact);
    }

    /// Checks what a data directory has.
    ///
    /// @param journalUrl the database that has the journal; null when the directory has it
    /// @throws AuditException if there is nothing to check, or it cannot be read
    /// @throws IllegalArgumentException if the URL is none
    public static AuditReport of(Path data, @Nullable String journalUrl, Progress progress) {
        return of(data, journalUrl, LedgerSettings.DEFAULT, progress);
    }

    /// @param settings how long requests were remembered
    static AuditReport of(
            Path data, @Nullable String journalUrl, LedgerSettings settings, Progress progress) {
        var url = journalUrl == null ? null : new PostgresUrl(journalUrl);
        if (!Files.isDirectory(data)) {
            throw new AuditException("There is no data directory " + data + ".");
        }
        // The projections are read first, so that the journal has all they know of.
        @Nullable StoredViews views = null;
        @Nullable String skipped = null;
        try {
            views = StoredViews.of(data.resolve("views.db"));
            skipped = views == null ? "there is no views.db" : null;
        } catch (StorageException e) {
            skipped = "views.db is of another layout or damaged (" + e.getMessage() + ")";
        }
        try (var rows =
                url == null
                        ? JournalRows.ofFile(data.resolve("journal.db"))
                        : JournalRows.ofDatabase(url)) {
            if (views != null && !views.journal().equals(rows.journalId())) {
                views = null;
                skipped = "views.db was made from another journal";
            }
            var rollups = views == null ? null : new RollupCheck(views);
            return new Audit(rows, rollups, settings, progress)
                    .run(views == null ? 0 : views.progress(), skipped);
        } catch (StorageException | JournalException e) {
            throw new AuditException(String.valueOf(e.getMessage()), e);
        }
    }

    private AuditReport run(long viewsUpTo, @Nullable String viewsSkipped) {
        try {
            long at = 0;
            while (at < head) {
                var piece = rows.after(at);
                if (piece.isEmpty()) {
                    throw batch(at, "the facts up to " + head, "stored", "gone");
                }
                for (var row : piece) {
                    if (at < head) {
                        check(row);
                        at = row.seq();
                    }
                }
            }
            if (rollups != null) {
                rollups.compare(head);
            }
            for (var account : check.accounts().entrySet()) {
                if (!account.getValue().addsUp()) {
                    throw unbalanced(account.getKey().toString(), account.getValue());
                }
            }
            return sound(viewsUpTo, viewsSkipped);
        } catch (Mismatch e) {
            return new AuditReport.Unsound(check.lastSeq(), e.difference());
        }
    }

    private void check(StoredBatch row) {
        long first = check.lastSeq() + 1;
        var hash = chain.next(last, first, row.seq(), row.batch());
        boolean chained = Arrays.equals(hash, row.chain());
        var batch = decode(row, chained);
        // Which facts a batch has says more than that the chain is broken by it.
        if (batch.facts().isEmpty() || batch.firstSeq() != first) {
            throw batch(
                    row.seq(),
                    "the first fact of the batch",
                    first,
                    batch.facts().isEmpty() ? "none" : batch.firstSeq());
        }
        if (batch.lastSeq() != row.seq()) {
            throw batch(row.seq(), "the last fact of the batch", row.seq(), batch.lastSeq());
        }
        if (!chained) {
            throw batch(row.seq(), "the chain of the batch", hex(hash), hex(row.chain()));
        }
        for (var fact : batch.facts()) {
            check.check(fact);
            if (rollups != null) {
                rollups.add(fact);
            }
        }
        check.endBatch(batch.facts().getLast());
        last = row.chain();
        if (check.lastSeq() >= nextNews) {
            progress.at(check.lastSeq(), head);
            nextNews = check.lastSeq() + FACTS_BETWEEN_NEWS;
        }
    }

    private static Batch decode(StoredBatch row, boolean chained) {
        try {
            return FactCodec.decode(row.batch());
        } catch (StorageException
                | IllegalArgumentException
                | ArithmeticException
                | DateTimeException e) {
            throw batch(
                    row.seq(),
                    "the bytes of the batch",
                    chained ? "facts" : "what its chain was made from",
                    e.getMessage());
        }
    }

    private static Mismatch batch(long seq, String what, Object expected, @Nullable Object stated) {
        return new Mismatch(
                new Difference(
                        "batch up to fact " + seq,
                        null,
                        what,
                        String.valueOf(expected),
                        String.valueOf(stated)));
    }

    private static Mismatch unbalanced(String id, AccountBook account) {
        return new Mismatch(
                new Difference(
                        "all facts",
                        id,
                        "burned + held + lapsed + voided + adjusted + settled + left",
                        new Credits(account.granted).toString(),
                        account.burned
                                + " + "
                                + account.held()
                                + " + "
                                + account.lapsed
                                + " + "
                                + account.voided
                                + " + "
                                + account.adjusted
                                + " + "
                                + account.settled
                                + " + "
                                + account.left()
                                + " µcredits"));
    }

    private AuditReport sound(long viewsUpTo, @Nullable String viewsSkipped) {
        return new AuditReport.Sound(
                check.lastSeq(),
                check.accounts().size(),
                total(account -> account.granted),
                total(account -> account.burned),
                total(account -> account.takenBack),
                total(AccountBook::held),
                total(account -> account.lapsed),
                total(account -> account.voided),
                total(account -> account.adjusted),
                total(account -> account.settled),
                total(account -> account.owed),
                total(AccountBook::left),
                head,
                hex(last),
                viewsUpTo,
                viewsSkipped);
    }

    /// Exact even where the sum over all accounts leaves the range of [Credits].
    private BigDecimal total(ToLongFunction<AccountBook> part) {
        return check.accounts().values().stream()
                .map(account -> new Credits(part.applyAsLong(account)).toBigDecimal())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
