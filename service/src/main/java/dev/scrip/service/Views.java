package dev.scrip.service;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.JournalException;
import dev.scrip.ledger.Term;
import dev.scrip.metering.BackfillCharge;
import dev.scrip.metering.CaptureSizes;
import dev.scrip.metering.OperationUsage;
import dev.scrip.metering.ReadModels;
import dev.scrip.service.http.Problem;
import dev.scrip.service.http.ProblemType;
import dev.scrip.storage.ReadModelProjector;
import dev.scrip.storage.StorageException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Read models that answer 503 while they cannot keep up: the ledger goes on without them. Also
/// when the writer's term ended meanwhile, for they may be old then.
record Views(ReadModelProjector projector, Term term) implements ReadModels {

    private static final System.Logger LOG = System.getLogger(Views.class.getName());

    @Override
    public List<Fact> entries(AccountId account, long before, int limit) {
        return read(() -> projector.entries(account, before, limit));
    }

    @Override
    public @Nullable Fact fact(long seq) {
        return read(() -> projector.fact(seq));
    }

    @Override
    public @Nullable Fact before(Fact fact) {
        return read(() -> projector.before(fact));
    }

    @Override
    public List<Fact> tookEffect(AccountId account, Instant after, Instant until) {
        return read(() -> projector.tookEffect(account, after, until));
    }

    @Override
    public @Nullable Instant extendedTo(long hold) {
        return read(() -> projector.extendedTo(hold));
    }

    @Override
    public List<BackfillCharge> backfillCharges(String workspace, String backfill) {
        return read(() -> projector.backfillCharges(workspace, backfill));
    }

    @Override
    public Map<String, BackfillCharge> backfilled(String workspace, List<String> events) {
        return read(() -> projector.backfilled(workspace, events));
    }

    @Override
    public CaptureSizes captureSizes(String workspace, String operation) {
        return read(() -> projector.captureSizes(workspace, operation));
    }

    @Override
    public List<Fact> openTopUps(String workspace, long after, int limit) {
        return read(() -> projector.openTopUps(workspace, after, limit));
    }

    @Override
    public List<OperationUsage> usage(AccountId account, Instant from, Instant to) {
        return read(() -> projector.usage(account, from, to));
    }

    @Override
    public List<OperationUsage> usage(String workspace, Instant from, Instant to) {
        return read(() -> projector.usage(workspace, from, to));
    }

    @Override
    public long lag() {
        return projector.lag();
    }

    private <T extends @Nullable Object> T read(Supplier<T> query) {
        long epoch = term.epoch();
        try {
            var answer = query.get();
            if (epoch == 0 || term.epoch() != epoch) {
                throw new StorageException("Another server may have written.");
            }
            return answer;
        } catch (StorageException | JournalException e) {
            LOG.log(System.Logger.Level.WARNING, "The read models do not answer", e);
            throw Problem.of(
                            ProblemType.UNAVAILABLE,
                            "The reports do not answer at the moment. Charges are not"
                                    + " concerned; ask again in a moment.")
                    .toException();
        }
    }
}
