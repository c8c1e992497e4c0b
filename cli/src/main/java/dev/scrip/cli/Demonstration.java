package dev.scrip.cli;

import dev.scrip.cli.demo.Customer;
import dev.scrip.cli.demo.RawCall;
import dev.scrip.cli.demo.Replay;
import dev.scrip.cli.demo.ServerProcess;
import dev.scrip.cli.demo.TracedCall;
import dev.scrip.cli.demo.Traffic;
import dev.scrip.client.AccountOpening;
import dev.scrip.client.AccountState;
import dev.scrip.client.ClientSettings;
import dev.scrip.client.IdempotencyKey;
import dev.scrip.client.ScripClient;
import dev.scrip.pricingfile.PricingFile;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// The acts of `scrip demo`, in their order.
///
/// Each does something real through the HTTP API, shows it and checks it.
final class Demonstration implements AutoCloseable {

    private static final String PRICING = "examples/llm-api/pricing.yaml";
    private static final String WORKSPACE = "live";
    private static final int CUSTOMERS = 60;
    private static final int CALLERS = 64;
    private static final int PORT_LIKED = 8080;
    private static final long SEED = 2023;
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final int MARGIN_HOURS = 24;

    private final Screen screen;
    private final Wishes wishes;
    private final TemporaryDirectory directory = TemporaryDirectory.create();
    private final Path pricing = Home.file(PRICING);
    private @Nullable ServerProcess server;

    /// @param port null for the usual one, or any when that is taken
    /// @param speed how many times faster than it happened; null for as fast as it goes
    record Wishes(@Nullable Integer port, @Nullable Integer speed) {}

    /// What is running, and what is asked through it.
    private record Running(ServerProcess server, String adminKey, ScripClient client) {}

    Demonstration(Screen screen, Wishes wishes) {
        this.screen = screen;
        this.wishes = wishes;
    }

    void play() throws InterruptedException {
        long start = System.nanoTime();
        screen.title("Scrip: sell API usage in credits without losing money on any operation.");
        var file = design();
        var running = serve();
        try (var client = running.client()) {
            var customers = openAccounts(running, file);
            var calls = Traffic.of(file.measured());
            var result = replay(running, customers, calls);
            long charged = result.charged();
            charged += showCharge(running, customers, calls);
            showRefusal(running, result);
            var before = states(client, customers);
            running = killAndRestart(running, customers, before);
            showMargins(running, charged);
        }
        showWhereToLook(running);
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
        screen.lines(DesignText.lines(file.design(), screen.colours()));
        return file;
    }

    private Running serve() {
        screen.part("Publish it and serve", "a process of its own, its data in one directory");
        return start(freePort());
    }

    private Running start(int port) {
        var started =
                ServerProcess.start(directory.path().resolve("data"), pricing, WORKSPACE, port);
        server = started;
        var key = started.adminKey();
        if (key == null) {
            throw new IllegalStateException("The first start printed no admin key.");
        }
        return running(started, key);
    }

    private Running running(ServerProcess started, String adminKey) {
        screen.line(
                "Serving at "
                        + started.address()
                        + " after "
                        + DemoText.seconds(started.startUp())
                        + " (process "
                        + started.pid()
                        + ")");
        var settings =
                ClientSettings.of(started.address(), adminKey)
                        .withDeadline(DEADLINE)
                        .withConcurrentCallsMax(CALLERS);
        return new Running(started, adminKey, new ScripClient(settings));
    }

    private int freePort() {
        if (wishes.port() != null) {
            return wishes.port();
        }
        try (var _ = new ServerSocket(PORT_LIKED, 1, InetAddress.getLoopbackAddress())) {
            return PORT_LIKED;
        } catch (IOException _) {
            return 0;
        }
    }

    private List<Customer> openAccounts(Running running, PricingFile file) {
        screen.part("Open accounts", "through the API");
        var plans = file.plans().values();
        var customers = Customer.of(plans, CUSTOMERS, new Random(SEED));
        for (var customer : customers) {
            var _ =
                    running.client()
                            .openAccount(
                                    AccountOpening.onPlan(customer.account(), customer.plan()),
                                    new IdempotencyKey("open/" + customer.account()))
                            .orThrow();
        }
        screen.table(DemoText.plans(plans, customers, file.currency()));
        return customers;
    }

    private Replay.Result replay(
            Running running, List<Customer> customers, List<TracedCall> calls)
            throws InterruptedException {
        screen.part(
                "Charge the calls",
                DemoText.count(calls.size())
                        + " charges over HTTP, "
                        + CALLERS
                        + " at a time, each with the tokens it used");
        long start = System.nanoTime();
        var result =
                new Replay(running.client(), calls, customers, new Random(SEED))
                        .run(
                                CALLERS,
                                wishes.speed(),
                                done ->
                                        screen.progress(
                                                done,
                                                calls.size(),
                                                progress(done, calls.size(), start)));
        screen.endProgress();
        screen.lines(DemoText.replay(result));
        screen.check(result.failures().isEmpty(), "Every call was charged or refused for good");
        result.failures().stream().distinct().limit(5).forEach(screen::warning);
        return result;
    }

    private static String progress(int done, int total, long start) {
        long millis = Math.max(1, Duration.ofNanos(System.nanoTime() - start).toMillis());
        return DemoText.count(done)
                + " of "
                + DemoText.count(total)
                + ", "
                + DemoText.count(done * 1_000L / millis)
                + " a second";
    }

    /// @return how many calls were charged: one
    private int showCharge(Running running, List<Customer> customers, List<TracedCall> calls)
            throws InterruptedException {
        screen.part("A charge, and the same charge again", "a retry is not charged twice");
        var account = customers.getLast().account();
        var call =
                new RawCall(
                        running.server().address(),
                        running.adminKey(),
                        "show-1",
                        body(account, calls.getFirst().operation(), 1));
        var before = available(running.client(), account);
        screen.remark(call.toString());
        var first = call.send();
        screen.lines(DemoText.answer(first));
        var between = available(running.client(), account);
        var again = call.send();
        var after = available(running.client(), account);
        var other = call.withBody(body(account, calls.getFirst().operation(), 2)).send();
        screen.gap();
        screen.check(
                first.statusCode() == 201 && between.compareTo(before) < 0,
                "The balance went from "
                        + DemoText.credits(before)
                        + " to "
                        + DemoText.credits(between)
                        + " credits");
        screen.check(
                again.statusCode() == 201
                        && again.body().equals(first.body())
                        && again.headers().firstValue("Idempotent-Replayed").orElse("").equals("true")
                        && after.compareTo(between) == 0,
                "Sent again under its Idempotency-Key: the same 201, marked Idempotent-Replayed, and"
                        + " still "
                        + DemoText.credits(after)
                        + " credits");
        screen.check(
                other.statusCode() == 422,
                "Another request under the same key is refused ("
                        + other.statusCode()
                        + ") and changes nothing");
        return 1;
    }

    private static String body(String account, String operation, int quantity) {
        return "{\"account\":\"%s\",\"operation\":\"%s\",\"quantity\":%d}"
                .formatted(account, operation, quantity);
    }

    private void showRefusal(Running running, Replay.Result result) throws InterruptedException {
        screen.part("An account that ran dry", "only credits mend it, so nobody is told to retry");
        if (result.tooFew().isEmpty()) {
            screen.check(false, "No account ran dry");
            return;
        }
        var refused = result.tooFew().getLast();
        var call =
                new RawCall(
                        running.server().address(),
                        running.adminKey(),
                        "show-2",
                        body(refused.account(), refused.call().operation(), 1));
        screen.remark(call.toString());
        var answer = call.send();
        screen.lines(DemoText.answer(answer));
        screen.gap();
        screen.check(answer.statusCode() == 402, "Refused with 402, and nothing was charged");
    }

    private Running killAndRestart(
            Running running, List<Customer> customers, Map<String, AccountState> before)
            throws InterruptedException {
        screen.part("Kill it and start again", "SIGKILL: no chance to save anything");
        running.server().kill();
        screen.line("Killed process " + running.server().pid());
        var restarted =
                ServerProcess.start(
                        directory.path().resolve("data"),
                        pricing,
                        WORKSPACE,
                        running.server().address().getPort());
        server = restarted;
        var fresh = running(restarted, running.adminKey());
        var after = states(fresh.client(), customers);
        long same =
                customers.stream()
                        .map(Customer::account)
                        .filter(account -> Objects.equals(before.get(account), after.get(account)))
                        .count();
        screen.check(
                same == customers.size(),
                same
                        + " of "
                        + customers.size()
                        + " accounts have the same balance and the same grants as before");
        return fresh;
    }

    private void showMargins(Running running, long charged) {
        screen.part("The margin of every operation", "what was charged against what it really cost");
        var report = running.client().margins(MARGIN_HOURS).orThrow();
        screen.table(DemoText.margins(report));
        screen.gap();
        var leaks = report.operations().stream().filter(one -> one.leak()).toList();
        if (leaks.isEmpty()) {
            screen.line("No operation leaks: each keeps more than its floor.");
        } else {
            leaks.forEach(leak -> screen.warning(leak.operation() + " leaks money"));
        }
        long counted = report.operations().stream().mapToLong(one -> one.calls()).sum();
        screen.check(
                counted == charged,
                DemoText.count(counted)
                        + " calls counted, "
                        + DemoText.count(charged)
                        + " answered 201: each is there once");
    }

    private void showWhereToLook(Running running) {
        screen.part("Look around", "");
        var url = running.server().address();
        screen.line("The page      " + url + "/  (sign in with the key)");
        screen.line("Admin key     " + running.adminKey());
        screen.gap();
        screen.line("KEY=" + running.adminKey());
        for (var path : List.of("/v1/price-book", "/v1/margins", "/metrics", "/openapi.yaml")) {
            screen.line("curl -H \"Authorization: Bearer $KEY\" " + url + path);
        }
    }

    private static Map<String, AccountState> states(ScripClient client, List<Customer> customers) {
        var states = new HashMap<String, AccountState>();
        for (var customer : customers) {
            states.put(customer.account(), client.account(customer.account()).orThrow());
        }
        return states;
    }

    private static BigDecimal available(ScripClient client, String account) {
        return client.account(account).orThrow().credits().available();
    }

    /// Waits until the server is stopped, by Ctrl-C usually.
    void serveOn() throws InterruptedException {
        screen.line("Serving on; Ctrl-C stops it.");
        var serving = server;
        if (serving != null) {
            serving.await();
        }
    }

    /// Stops the server and removes its data. Does nothing the second time.
    @Override
    public synchronized void close() {
        var running = server;
        if (running != null) {
            running.close();
        }
        directory.close();
    }
}
