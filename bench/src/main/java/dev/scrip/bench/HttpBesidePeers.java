package dev.scrip.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Durable charges a second over HTTP beside Redis with a script and PostgreSQL with a function
/// that charge as durably; on one account beside many; and how far latency scatters at half of what
/// is possible. All run in turn on one machine, several rounds, with their clients.
public final class HttpBesidePeers {

    private static final int ACCOUNTS = 1_000;
    private static final int MANY_ACCOUNTS = 100_000;
    private static final int PAID_GRANTS = 4;
    private static final int WARM_UP_SECONDS = 6;
    private static final int FEW = 64;
    private static final int MANY = 256;
    private static final int LAG_SECONDS_MAX = 10;

    private final ServedProcess server;
    private final String script;
    private final int rounds;
    private final int seconds;

    private HttpBesidePeers(ServedProcess server, String script, int rounds, int seconds) {
        this.server = server;
        this.script = script;
        this.rounds = rounds;
        this.seconds = seconds;
    }

    /// Arguments: rounds, seconds a run, the pricing file, the directory of bench, the port of
    /// Redis, the hash of its script, the command that serves.
    public static void main(String[] args) throws IOException {
        var bench = Path.of(args[3]);
        var function = bench.resolve("peers/postgres/function.sql");
        var redis = new RedisBenchmark.Server(Integer.parseInt(args[4]), args[5]);
        var command = List.of(args).subList(6, args.length);
        var directory = Files.createTempDirectory("scrip-bench");
        try (var server =
                ServedProcess.start(command, Path.of(args[2]), directory.resolve("data"))) {
            ServedAccounts.open(server, ACCOUNTS, PAID_GRANTS);
            ServedAccounts.open(server, bench.resolve("http/open.lua"), MANY_ACCOUNTS);
            var beside =
                    new HttpBesidePeers(
                            server,
                            bench.resolve("http/spread.lua").toString(),
                            Integer.parseInt(args[0]),
                            Integer.parseInt(args[1]));
            var _ = beside.charge("warm-up", FEW, ACCOUNTS, 0, WARM_UP_SECONDS);
            var _ = beside.charge("warm-up", MANY, ACCOUNTS, 0, WARM_UP_SECONDS);
            double highest = beside.compareWithPeers(redis, function);
            beside.compareOneWithMany();
            beside.compareTailWithMiddle(highest / 2);
        } finally {
            Figures.delete(directory);
        }
    }

    /// Returns the highest rate of the server.
    private double compareWithPeers(RedisBenchmark.Server redis, Path function) throws IOException {
        int clients = Pgbench.bestClients(function, ACCOUNTS);
        var few = new double[rounds];
        var many = new double[rounds];
        var redisFew = new double[rounds];
        var redisMany = new double[rounds];
        var postgres = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            redisFew[round] = redis(redis, FEW);
            few[round] = charge("charges", FEW, ACCOUNTS, 0, seconds).perSecond();
            redisMany[round] = redis(redis, MANY);
            many[round] = charge("charges", MANY, ACCOUNTS, 0, seconds).perSecond();
            postgres[round] = postgres(function, clients);
        }
        compare(FEW, few, "Redis, appendfsync always", redisFew, new Goal.AtLeast(1));
        compare(MANY, many, "Redis, appendfsync always", redisMany, new Goal.AtLeast(1));
        var peer = "PostgreSQL, a function, %d clients".formatted(clients);
        compare(FEW, few, peer, postgres, new Goal.AtLeast(4));
        compare(MANY, many, peer, postgres, new Goal.AtLeast(4));
        return Math.max(Figures.median(few), Figures.median(many));
    }

    private static void compare(
            int connections, double[] rates, String peer, double[] others, Goal goal) {
        Comparison.ofRates(
                        "Charges over HTTP, %d connections".formatted(connections),
                        rates,
                        peer,
                        others,
                        goal)
                .print();
    }

    private void compareOneWithMany() throws IOException {
        var one = new double[rounds];
        var many = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            many[round] = charge("100,000 accounts", FEW, MANY_ACCOUNTS, 0, seconds).perSecond();
            one[round] = charge("one account", FEW, 1, 0, seconds).perSecond();
        }
        Comparison.ofRates(
                        "One account over HTTP, 64 connections",
                        one,
                        "100,000 accounts",
                        many,
                        new Goal.AtLeast(0.9))
                .print();
    }

    /// wrk has no rates, so its connections rest between requests: as long as it takes to come to
    /// the rate that is wanted.
    private void compareTailWithMiddle(double perSecond) throws IOException {
        double cycleMillis = MANY * 1e3 / perSecond;
        var first = charge("half", MANY, ACCOUNTS, cycleMillis, seconds);
        double answerMillis = MANY * 1e3 / first.perSecond() - cycleMillis;
        // A run that was disturbed says too much of an answer.
        double restMillis = Math.max(cycleMillis / 2, cycleMillis - answerMillis);
        var p50 = new double[rounds];
        var p99 = new double[rounds];
        var rates = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            var run = charge("half", MANY, ACCOUNTS, restMillis, seconds);
            p50[round] = run.p50Millis();
            p99[round] = run.p99Millis();
            rates[round] = run.perSecond();
        }
        new Comparison(
                        "p99 at half of the highest rate (%,.0f/s)"
                                .formatted(Figures.median(rates)),
                        "%.2f ms".formatted(Figures.median(p99)),
                        "p50: %.2f ms".formatted(Figures.median(p50)),
                        Figures.medianRatio(p99, p50),
                        new Goal.AtMost(5))
                .print();
    }

    /// @param restMillis how long a connection rests after an answer, on average
    private Wrk charge(String what, int connections, int accounts, double restMillis, int seconds)
            throws IOException {
        var before = server.metrics();
        var run =
                Wrk.run(
                        connections,
                        seconds,
                        Map.of("SCRIP_KEY", server.key()),
                        List.of(
                                "-s",
                                script,
                                server.url() + "/v1/charges",
                                "--",
                                Integer.toString(accounts),
                                String.format(Locale.ROOT, "%.1f", restMillis)));
        var after = server.metrics();
        System.out.printf(
                Locale.ROOT,
                "  %s, %d connections: %,.0f/s, p50 %.2f ms, p99 %.2f ms, failed %.0f%n",
                what,
                connections,
                run.perSecond(),
                run.p50Millis(),
                run.p99Millis(),
                run.failed() + refused(after) - refused(before));
        // What was still on its way when wrk ended is charged, too, and not counted by wrk.
        double charged = charged(after) - charged(before);
        if (charged < run.requests() - run.failed()) {
            throw new IOException(
                    "Of %,d charges that were acknowledged only %,.0f were charged."
                            .formatted(run.requests() - run.failed(), charged));
        }
        awaitProjections();
        return run;
    }

    private static double refused(Map<String, Double> counted) {
        return counted.getOrDefault("scrip_charges_total", 0.0) - charged(counted);
    }

    private static double charged(Map<String, Double> counted) {
        return counted.getOrDefault("scrip_charges_total:charged", 0.0);
    }

    /// So that what a run left to do is not done while the next one is measured.
    private void awaitProjections() throws IOException {
        long start = System.nanoTime();
        while (server.metrics().getOrDefault("scrip_projection_lag_facts", 0.0) > 0
                && System.nanoTime() - start < TimeUnit.SECONDS.toNanos(LAG_SECONDS_MAX)) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    private double redis(RedisBenchmark.Server server, int clients) throws IOException {
        var run = RedisBenchmark.run(server, clients, 1, seconds);
        System.out.printf(
                Locale.ROOT,
                "  Redis, %d clients: %,.0f/s, p50 %.2f ms, p99 %.2f ms%n",
                clients,
                run.perSecond(),
                run.p50Millis(),
                run.p99Millis());
        return run.perSecond();
    }

    private double postgres(Path function, int clients) throws IOException {
        var run = Pgbench.run(function, ACCOUNTS, clients, seconds);
        System.out.printf(
                Locale.ROOT,
                "  PostgreSQL, %d clients: %,.0f/s, average %.2f ms%n",
                clients,
                run.perSecond(),
                run.averageMillis());
        return run.perSecond();
    }
}
