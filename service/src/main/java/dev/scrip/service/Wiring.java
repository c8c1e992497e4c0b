package dev.scrip.service;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.JournalException;
import dev.scrip.ledger.Partition;
import dev.scrip.metering.OperationUsage;
import dev.scrip.metering.PriceBooks;
import dev.scrip.metering.ReadModels;
import dev.scrip.pricing.DesignWarning;
import dev.scrip.service.access.ApiKey;
import dev.scrip.service.access.ApiKeys;
import dev.scrip.service.access.KeyStore;
import dev.scrip.service.access.Role;
import dev.scrip.service.access.Sessions;
import dev.scrip.service.api.Api;
import dev.scrip.service.api.ServiceMeters;
import dev.scrip.service.http.Problem;
import dev.scrip.service.http.ProblemType;
import dev.scrip.service.http.Route;
import dev.scrip.service.http.Router;
import dev.scrip.service.http.Transport;
import dev.scrip.service.page.PageRoutes;
import dev.scrip.storage.DataDirectory;
import dev.scrip.storage.OperatorStore;
import dev.scrip.storage.ReadModelProjector;
import dev.scrip.storage.StorageException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The parts of a server, in the order in which they need each other. They are closed in the
/// opposite order: first the port, last the data.
final class Wiring implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Wiring.class.getName());

    private final Deque<Runnable> toClose = new ArrayDeque<>();
    private final List<ScripServer.NewAdminKey> newAdminKeys;
    private final List<Route> routes = new ArrayList<>();
    private final List<DesignWarning> warnings = new ArrayList<>();
    private final PriceBooks priceBooks;
    private final InstantSource clock;
    private final Transport transport;

    static Wiring start(ServeOptions options, InstantSource clock) {
        try {
            return new Wiring(options, clock);
        } catch (StorageException
                | JournalException
                | UncheckedIOException
                | IllegalStateException
                | IllegalArgumentException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    private Wiring(ServeOptions options, InstantSource clock) {
        this.clock = clock;
        try {
            var data = DataDirectory.open(options.dataDirectory(), options.journal());
            toClose.push(data::close);

            priceBooks = priceBooks(options, data.operators());
            var keys = new ApiKeys(new StoredKeys(data.operators()), clock);

            var committed = new CommitSignal();
            var partition =
                    new Partition(
                            data.journal(),
                            data.snapshots(),
                            options.partition(),
                            clock,
                            committed);
            toClose.push(partition::close);
            var projector = data.readModels(partition::head);
            toClose.push(projector::close);
            committed.connect(projector::signal);
            var readModels = new Views(projector);

            var meters = new ServiceMeters(partition, readModels);
            toClose.push(meters::close);
            var sessions = new Sessions(clock);

            routes.addAll(
                    Api.routes(
                            partition,
                            priceBooks,
                            readModels,
                            keys,
                            meters,
                            options.topUpUrl(),
                            clock));
            routes.addAll(
                    PageRoutes.routes(partition, priceBooks, readModels, keys, sessions, clock));

            transport =
                    Transport.start(
                            options.host(),
                            options.port(),
                            options.bodyBytesMax(),
                            new Router(keys, routes));
            toClose.push(transport::close);
            // Last, since whoever starts us shows them only when the start succeeds.
            newAdminKeys = newAdminKeys(keys, options.workspaces());
        } catch (RuntimeException e) {
            closeAll(e);
            throw e;
        }
    }

    private PriceBooks priceBooks(ServeOptions options, OperatorStore store) {
        var books = new PriceBooks(new StoredPriceBooks(store));
        if (options.pricingFile() != null) {
            warnings.addAll(
                    StoredPriceBooks.publish(books, options.pricingFile(), clock.instant()));
        }
        if (books.all().isEmpty()) {
            throw new StartException(
                    "No price book was published in "
                            + options.dataDirectory()
                            + " yet. Start once with a pricing file.");
        }
        return books;
    }

    private static List<ScripServer.NewAdminKey> newAdminKeys(
            ApiKeys keys, List<String> workspaces) {
        var made = new ArrayList<ScripServer.NewAdminKey>();
        for (var workspace : workspaces) {
            if (keys.of(workspace).stream().noneMatch(key -> key.role() == Role.ADMIN)) {
                made.add(
                        new ScripServer.NewAdminKey(
                                workspace, keys.issue(workspace, Role.ADMIN).secret()));
            }
        }
        return List.copyOf(made);
    }

    List<DesignWarning> warnings() {
        return List.copyOf(warnings);
    }

    int port() {
        return transport.port();
    }

    String priceBookVersion() {
        return priceBooks.at(clock.instant()).version();
    }

    List<ScripServer.NewAdminKey> newAdminKeys() {
        return newAdminKeys;
    }

    List<Route> routes() {
        return List.copyOf(routes);
    }

    @Override
    public void close() {
        closeAll(null);
    }

    private synchronized void closeAll(@Nullable RuntimeException why) {
        var failure = why;
        while (!toClose.isEmpty()) {
            try {
                toClose.pop().run();
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (why == null && failure != null) {
            throw failure;
        }
    }

    /// Read models that answer 503 while they cannot keep up: the ledger goes on without them.
    private record Views(ReadModelProjector projector) implements ReadModels {

        @Override
        public List<Fact> entries(AccountId account, long before, int limit) {
            return read(() -> projector.entries(account, before, limit));
        }

        @Override
        public @Nullable Fact fact(long seq) {
            return read(() -> projector.fact(seq));
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

        private static <T extends @Nullable Object> T read(Supplier<T> query) {
            try {
                return query.get();
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

    /// API keys in the operator store.
    private record StoredKeys(OperatorStore store) implements KeyStore {

        @Override
        public List<ApiKey> all() {
            return store.keys().stream()
                    .map(stored ->
                            new ApiKey(
                                    stored.id(),
                                    stored.workspace(),
                                    Role.of(stored.role()),
                                    stored.secretHash(),
                                    stored.createdAt()))
                    .toList();
        }

        @Override
        public void remove(String id) {
            store.removeKey(id);
        }

        @Override
        public void add(ApiKey key) {
            store.addKey(
                    new OperatorStore.StoredKey(
                            key.id(),
                            key.workspace(),
                            key.role().label(),
                            key.secretHash(),
                            key.createdAt()));
        }
    }
}
