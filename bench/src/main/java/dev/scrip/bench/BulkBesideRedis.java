package dev.scrip.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Usage events a second over HTTP, a thousand a request, each durable before it is answered,
/// beside Redis with a script that charges, pipelined, flushed once a second.
public final class BulkBesideRedis {

    private static final int ACCOUNTS = 1_000;
    private static final int EVENTS_A_REQUEST = 1_000;
    private static final int CONNECTIONS = 8;
    private static final int WARM_UP_EVENTS = 400_000;
    private static final int WARM_UP_SECONDS_MAX = 20;
    private static final int WARM_UP_STEP_SECONDS = 2;
    private static final int REDIS_CLIENTS = 64;
    private static final int PIPELINED = 16;

    private BulkBesideRedis() {}

    /// Arguments: rounds, seconds a run, the pricing file, the directory of bench, the port of
    /// Redis, the hash of its script, the command that serves.
    public static void main(String[] args) throws IOException {
        int rounds = Integer.parseInt(args[0]);
        int seconds = Integer.parseInt(args[1]);
        var redis = new RedisBenchmark.Server(Integer.parseInt(args[4]), args[5]);
        var events = new double[rounds];
        var charges = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            charges[round] =
                    RedisBenchmark.run(redis, REDIS_CLIENTS, PIPELINED, seconds).perSecond();
            System.out.printf(Locale.ROOT, "  Redis: %,.0f/s%n", charges[round]);
            events[round] = recorded(args, seconds);
        }
        Comparison.ofRates(
                        "Events over HTTP, 1,000 a request",
                        events,
                        "Redis, pipelined 16 deep, appendfsync everysec",
                        charges,
                        new Goal.AtLeast(3))
                .print();
    }

    /// On a server of its own each time: one that has forgotten requests because there were too
    /// many refuses events that may have been among them.
    private static double recorded(String[] args, int seconds) throws IOException {
        var command = List.of(args).subList(6, args.length);
        var directory = Files.createTempDirectory("scrip-bench");
        try (var server =
                ServedProcess.start(command, Path.of(args[2]), directory.resolve("data"))) {
            ServedAccounts.open(server, ACCOUNTS, 1);
            var what =
                    List.of(
                            "-s",
                            Path.of(args[3], "http", "events.lua").toString(),
                            server.url() + "/v1/events");
            warmUp(server, what);
            double before = facts(server);
            var run = Wrk.run(CONNECTIONS, seconds, Map.of("SCRIP_KEY", server.key()), what);
            double facts = facts(server) - before;
            long answered = run.requests() * EVENTS_A_REQUEST;
            System.out.printf(
                    Locale.ROOT,
                    "  events: %,.0f/s, p50 %.1f ms and p99 %.1f ms a request, failed %d,"
                            + " wrk CPU %.0f µs a request%n",
                    run.perSecond() * EVENTS_A_REQUEST,
                    run.p50Millis(),
                    run.p99Millis(),
                    run.failed(),
                    run.cpuMicros());
            // Those of requests that were not answered any more are counted, too.
            if (facts < answered) {
                throw new IOException(
                        "Of %,d events that were answered only %,.0f were charged."
                                .formatted(answered, facts));
            }
            return run.perSecond() * EVENTS_A_REQUEST;
        } finally {
            Figures.delete(directory);
        }
    }

    /// By events rather than by time: on a busy machine little is compiled in a few seconds.
    private static void warmUp(ServedProcess server, List<String> what) throws IOException {
        for (int seconds = 0;
                seconds < WARM_UP_SECONDS_MAX && facts(server) < WARM_UP_EVENTS;
                seconds += WARM_UP_STEP_SECONDS) {
            var _ =
                    Wrk.run(
                            CONNECTIONS,
                            WARM_UP_STEP_SECONDS,
                            Map.of("SCRIP_KEY", server.key()),
                            what);
        }
    }

    private static double facts(ServedProcess server) throws IOException {
        return server.metrics().getOrDefault("scrip_facts_total", 0.0);
    }
}
