package dev.scrip.cli;

import dev.scrip.cli.demo.Customer;
import dev.scrip.cli.demo.DemoServer;
import dev.scrip.cli.demo.Replay;
import dev.scrip.cli.demo.TracedCall;
import dev.scrip.cli.demo.Traffic;
import dev.scrip.client.AccountOpening;
import dev.scrip.client.AccountState;
import dev.scrip.client.IdempotencyKey;
import dev.scrip.client.MarginReport.OperationMargin;
import dev.scrip.pricing.Prose;
import dev.scrip.pricingfile.PricingFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// The acts of `scrip demo`, in their order. Each does something real through the HTTP API, shows
/// it and checks it.
final class Demonstration implements AutoCloseable {

    private static final String PRICING = "examples/llm-api/pricing.yaml";
    private static final int CUSTOMERS = 60;
    private static final int CALLERS = 64;
    private static final long SEED = 2023;
    private static final int MARGIN_HOURS = 24;
    private static final int FAILURES_SHOWN = 5;

    private final Screen screen;
    private final Wishes wishes;
    private final Path pricing = Home.file(PRICING);
    private final TemporaryDirectory directory = TemporaryDirectory.create();
    private @Nullable DemoServer started;

    /// @param port null for the usual one, or any that is free when that is taken
    /// @param speed how many times faster than it happened; null for as fast as it goes
    record Wishes(@Nullable Integer port, @Nullable Integer speed) {}

    Demonstration(Screen screen, Wishes wishes) {
        this.screen = screen;
        this.wishes = wishes;
    }

    void play() throws InterruptedException {
        long start = System.nanoTime();
        screen.title("Scrip: sell API usage in credits without losing money on any operation.");
        var file = design();
        var server = serve();
        var customers = openAccounts(server, file);
        var calls = Traffic.of(file.measured());
        var result = replay(server, customers, calls);
        var shown = new ShownCharges(screen, server);
        shown.paidOnceThoughSentTwice(customers.getLast().account(), calls.getFirst().operation());
        if (result.tooFew().isEmpty()) {
            screen.check(false, "No account ran dry");
        } else {
            shown.refusedForWantOfCredits(result.tooFew().getLast());
        }
        killAndRestart(server, customers);
        showMargins(server, result.charged() + 1);
        screen.gap();
        screen.line(
                (screen.checksFailed() == 0
                                ? "All " + screen.checksHeld() + " checks held"
                                : screen.checksFailed() + " checks did NOT hold")
                        + ", "
                        + DemoText.seconds(Duration.ofNanos(System.nanoTime() - start))
                        + " in all.");
    }

    private PricingFile design() {
        screen.part("Design a credit table", "from what an hour of real calls used: " + PRICING);
        var file = PricingFile.read(pricing);
        screen.lines(DesignText.report(file.design()).toText(screen.colours()));
        return file;
    }

    private DemoServer serve() {
        screen.part("Publish it and serve", "a process of its own, its data in one directory");
        var server =
                new DemoServer(directory.path().resolve("data"), pricing, wishes.port(), CALLERS);
        started = server;
        showServing(server);
        return server;
    }

    private void showServing(DemoServer server) {
        screen.line(
                "Serving at "
                        + server.address()
                        + " after "
                        + DemoText.seconds(server.startUp())
                        + " (process "
                        + server.pid()
                        + ")");
    }

    private List<Customer> openAccounts(DemoServer server, PricingFile file) {
        screen.part("Open accounts", "through the API");
        var plans = file.design().brief().plans().values();
        var customers = Customer.of(plans, CUSTOMERS, new Random(SEED));
        for (var customer : customers) {
            var _ =
                    server.client()
                            .openAccount(
                                    AccountOpening.onPlan(customer.account(), customer.plan()),
                                    new IdempotencyKey("open/" + customer.account()))
                            .orThrow();
        }
        screen.table(DemoText.plans(plans, customers, file.currency()));
        return customers;
    }

    private Replay.Result replay(
            DemoServer server, List<Customer> customers, List<TracedCall> calls)
            throws InterruptedException {
        screen.part(
                "Charge the calls", CALLERS + " at a time over HTTP, each with the tokens it used");
        long start = System.nanoTime();
        var result =
                new Replay(server.client(), calls, customers, new Random(SEED))
                        .run(
                                CALLERS,
                                wishes.speed(),
                                done ->
                                        screen.progress(
                                                done,
                                                calls.size(),
                                                DemoText.progress(done, calls.size(), start)));
        screen.endProgress();
        screen.lines(DemoText.replay(result));
        screen.check(result.failures().isEmpty(), "Every call was answered 201 or 402");
        result.failures().stream().distinct().limit(FAILURES_SHOWN).forEach(screen::warning);
        return result;
    }

    private void killAndRestart(DemoServer server, List<Customer> customers)
            throws InterruptedException {
        screen.part("Kill it and start again", "SIGKILL: no chance to save anything");
        var before = states(server, customers);
        screen.line("Killing process " + server.pid());
        server.killAndRestart();
        showServing(server);
        var after = states(server, customers);
        long same =
                customers.stream()
                        .map(Customer::account)
                        .filter(account -> Objects.equals(before.get(account), after.get(account)))
                        .count();
        screen.check(
                same == customers.size(),
                same
                        + " of "
                        + Prose.counted(customers.size(), "account")
                        + " with the same balance and the same grants as before");
    }

    private static Map<String, AccountState> states(DemoServer server, List<Customer> customers) {
        var states = new HashMap<String, AccountState>();
        for (var customer : customers) {
            states.put(customer.account(), server.client().account(customer.account()).orThrow());
        }
        return states;
    }

    private void showMargins(DemoServer server, long charged) {
        screen.part(
                "The margin of every operation", "what was charged against what it really cost");
        var report = server.client().margins(MARGIN_HOURS).orThrow();
        screen.table(DemoText.margins(report));
        screen.gap();
        screen.line(DemoText.yieldRemark(report));
        var leaks = report.operations().stream().filter(OperationMargin::leak).toList();
        if (leaks.isEmpty()) {
            screen.line("No operation leaks: at list price each keeps more than its floor.");
        }
        leaks.forEach(leak -> screen.warning(leak.operation() + " leaks money"));
        long counted = report.operations().stream().mapToLong(OperationMargin::calls).sum();
        screen.check(
                counted == charged,
                Prose.counted(counted, "call")
                        + " counted, "
                        + DemoText.count(charged)
                        + " answered 201: each is there once");
    }

    /// Says where to look, and waits until somebody stops the server.
    void serveOn() throws InterruptedException {
        var server = started;
        if (server == null) {
            return;
        }
        screen.part("Look around", "Ctrl-C stops the server and removes its data");
        var url = server.address();
        screen.line("The page    " + url + "/  (sign in with the key)");
        screen.line("Admin key   " + server.adminKey());
        screen.gap();
        screen.line("KEY=" + server.adminKey());
        for (var path : List.of("/v1/price-book", "/v1/margins", "/metrics", "/openapi.yaml")) {
            screen.line("curl -H \"Authorization: Bearer $KEY\" " + url + path);
        }
        server.await();
    }

    /// Stops the server and removes its data. Does nothing the second time.
    @Override
    public synchronized void close() {
        var server = started;
        if (server != null) {
            server.close();
        }
        directory.close();
    }
}
