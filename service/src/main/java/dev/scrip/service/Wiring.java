package dev.scrip.service;

import dev.scrip.ledger.JournalException;
import dev.scrip.ledger.Partition;
import dev.scrip.ledger.Term;
import dev.scrip.metering.LoadWatch;
import dev.scrip.metering.PriceBooks;
import dev.scrip.service.access.ApiKeys;
import dev.scrip.service.access.Role;
import dev.scrip.service.access.Sessions;
import dev.scrip.service.api.Api;
import dev.scrip.service.api.ServiceMeters;
import dev.scrip.service.http.ProblemException;
import dev.scrip.service.http.Route;
import dev.scrip.service.http.Router;
import dev.scrip.service.http.Transport;
import dev.scrip.service.page.PageRoutes;
import dev.scrip.service.standby.Forwarding;
import dev.scrip.service.standby.RoleSwitch;
import dev.scrip.service.standby.Writer;
import dev.scrip.storage.DataDirectory;
import dev.scrip.storage.OperatorStore;
import dev.scrip.storage.StorageException;
import dev.scrip.storage.WriterTerm;
import io.helidon.webserver.http.Handler;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The parts of a server, in the order in which they need each other. They are closed in the
/// opposite order: first the port, last the data.
final class Wiring implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Wiring.class.getName());
    private static final Duration LEAD_LOOK = Duration.ofMillis(5);

    private final Deque<Runnable> toClose = new ArrayDeque<>();
    private final List<ScripServer.NewAdminKey> newAdminKeys;
    private final List<Route> routes = new ArrayList<>();
    private final @Nullable WriterTerm term;
    private final Partition partition;
    private final PriceBooks priceBooks;
    private StoredPriceBooks.AtStart atStart = StoredPriceBooks.AtStart.NOTHING_NEW;
    private final ApiKeys keys;

    /// Of the moment of the start.
    private final boolean isStandby;

    private final InstantSource clock;
    private final Transport transport;

    static Wiring start(ServeOptions options, InstantSource clock) {
        try {
            return new Wiring(options, clock);
        } catch (StorageException
                | JournalException
                | ProblemException
                | UncheckedIOException
                | IllegalStateException
                | IllegalArgumentException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    private Wiring(ServeOptions options, InstantSource clock) {
        this.clock = clock;
        requireReachable(options);
        try {
            var data = DataDirectory.open(options.dataDirectory(), options.journal());
            toClose.push(data::close);
            term = data.term();

            var committed = new CommitSignal();
            partition =
                    new Partition(
                            data.journal(),
                            data.snapshots(),
                            options.partition(),
                            clock,
                            committed,
                            term == null ? Term.ENDLESS : term);
            toClose.push(partition::close);
            var projector = data.readModels(partition::head);
            toClose.push(projector::close);
            committed.connect(projector::signal);
            if (term != null) {
                begin(term);
            }
            data.bringOver();
            isStandby = term != null && term.epoch() == 0;

            priceBooks = priceBooks(options, data.operators());
            keys = new ApiKeys(new StoredKeys(data.operators()), clock);
            var readModels = new Views(projector, term == null ? Term.ENDLESS : term);
            var meters = new ServiceMeters(partition, readModels);
            toClose.push(meters::close);
            var sessions = new Sessions(keys, clock);
            var loads = new LoadWatch();
            if (options.loadMetric() != null) {
                var source = LoadMetric.Source.parse(options.loadMetric());
                toClose.push(new LoadMetric(source, loads, priceBooks, clock)::close);
            }

            routes.addAll(
                    Api.routes(
                            partition,
                            priceBooks,
                            readModels,
                            keys,
                            meters,
                            options.topUpUrl(),
                            loads,
                            new Api.QuoteTerms(
                                    new QuoteSecret(data.operators())::get,
                                    options.quoteLife(),
                                    ServeOptions.QUOTE_LIFE_MAX),
                            options.workspaces().getFirst(),
                            clock));
            routes.addAll(
                    PageRoutes.routes(partition, priceBooks, readModels, keys, sessions, clock));

            var router = new Router(keys, routes);
            transport = term == null ? open(options, router) : open(options, term, router, meters);
            // Last, since whoever starts us shows them only when the start succeeds.
            newAdminKeys = isStandby ? List.of() : newAdminKeys(keys, options.workspaces());
        } catch (RuntimeException e) {
            closeAll(e);
            throw e;
        }
    }

    /// Refuses a server that others of its journal could not find.
    private static void requireReachable(ServeOptions options) {
        boolean isEverywhere = Set.of("0.0.0.0", "::", "[::]").contains(options.host());
        if (options.journal() != null && options.advertised() == null && isEverywhere) {
            throw new StartException(
                    "Other servers of this journal cannot reach this one at "
                            + options.host()
                            + ". Say with --advertise where they can, as http://HOST:PORT.");
        }
    }

    /// Becomes the writer, if there is none, and waits until the ledger serves.
    private void begin(WriterTerm term) {
        term.begin();
        partition.wake();
        while (term.epoch() != 0 && term.epoch() != partition.standing().epoch()) {
            if (partition.stopped()) {
                throw new IllegalStateException(String.valueOf(partition.unavailable()));
            }
            LockSupport.parkNanos(LEAD_LOOK.toNanos());
        }
    }

    private Transport open(ServeOptions options, Handler handler) {
        var opened =
                Transport.start(options.host(), options.port(), options.bodyBytesMax(), handler);
        toClose.push(opened::close);
        return opened;
    }

    /// Opens the port of a server that may be the writer or stand by.
    private Transport open(
            ServeOptions options, WriterTerm term, Router writer, ServiceMeters meters) {
        var forwarding = new Forwarding(() -> writer(term));
        var standby = new Router(keys, Api.routesOfAStandby(partition, meters), forwarding);
        var roles =
                new RoleSwitch(
                        term,
                        partition,
                        isStandby ? 0 : term.epoch(),
                        this::reload,
                        forwarding,
                        writer,
                        standby);
        // Given up before the ledger leaves its snapshot, so that nobody waits for that.
        toClose.push(term::close);
        toClose.push(roles::close);
        var opened = open(options, roles);
        term.stand(
                options.advertised() == null
                        ? ScripServer.url(options.host(), opened.port())
                        : options.advertised(),
                roles::isFit,
                partition::wake);
        return opened;
    }

    private static @Nullable Writer writer(WriterTerm term) {
        var writer = term.writer();
        return writer == null ? null : new Writer(writer.epoch(), URI.create(writer.url()));
    }

    private boolean reload(boolean asWriter) {
        try {
            keys.reload();
            priceBooks.reload();
        } catch (StorageException e) {
            LOG.log(
                    asWriter ? System.Logger.Level.WARNING : System.Logger.Level.DEBUG,
                    "The price books and keys cannot be loaded",
                    e);
            return false;
        }
        if (asWriter && priceBooks.all().isEmpty()) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "No price book was published yet. Start a server with a pricing file while"
                            + " no other is the writer.");
            return false;
        }
        return true;
    }

    private PriceBooks priceBooks(ServeOptions options, OperatorStore store) {
        var books = new PriceBooks(new StoredPriceBooks(store));
        if (isStandby) {
            return books;
        }
        if (options.pricingFile() != null) {
            atStart = StoredPriceBooks.publish(books, options.pricingFile(), clock.instant());
        }
        if (books.all().isEmpty()) {
            throw new StartException(
                    "No price book was published in "
                            + (options.journal() == null
                                    ? options.dataDirectory()
                                    : options.journal())
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

    StoredPriceBooks.AtStart atStart() {
        return atStart;
    }

    int port() {
        return transport.port();
    }

    boolean isStandby() {
        return isStandby;
    }

    @Nullable String writerUrl() {
        var writer = term == null ? null : term.writer();
        return writer == null ? null : writer.url();
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
}
