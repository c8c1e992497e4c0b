package dev.scrip.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Durable charges a second over HTTP against answers a second of the same server to a request that
/// asks nothing of it. Both run in turn on one machine, several rounds; wrk runs on it too.
public final class HttpAgainstEmpty {

    private static final int ACCOUNTS = 1_000;
    private static final int WARM_UP_SECONDS = 10;
    private static final Map<Integer, Double> GOALS = Map.of(64, 0.45, 256, 0.70);

    private final ServedProcess server;
    private final String script;
    private final int seconds;

    private HttpAgainstEmpty(ServedProcess server, String script, int seconds) {
        this.server = server;
        this.script = script;
        this.seconds = seconds;
    }

    /// Arguments: rounds, seconds a run, the pricing file, the wrk script, the command that serves.
    public static void main(String[] args) throws IOException {
        int rounds = Integer.parseInt(args[0]);
        int seconds = Integer.parseInt(args[1]);
        var command = List.of(args).subList(4, args.length);
        var directory = Files.createTempDirectory("scrip-bench");
        try (var server =
                ServedProcess.start(command, Path.of(args[2]), directory.resolve("data"))) {
            var bench = new HttpAgainstEmpty(server, args[3], seconds);
            bench.openAccounts();
            bench.warmUp();
            for (int connections : new int[] {1, 64, 256}) {
                bench.compare(connections, rounds);
            }
        } finally {
            Figures.delete(directory);
        }
    }

    private void openAccounts() throws IOException {
        for (int i = 0; i < ACCOUNTS; i++) {
            var account = "bench-%04d".formatted(i);
            server.post(
                    "/v1/accounts",
                    "open-" + account,
                    "{\"account\":\"" + account + "\",\"plan\":\"free\"}");
            server.post(
                    "/v1/accounts/" + account + "/grants",
                    "grant-" + account,
                    "{\"credits\":1000000000,\"category\":\"paid\","
                            + "\"cost_basis\":{\"amount\":\"0.0005\",\"currency\":\"USD\"}}");
        }
    }

    private void warmUp() throws IOException {
        for (int i = 0; i < 2; i++) {
            var _ = Wrk.run(64, WARM_UP_SECONDS, server.key(), empty());
            var _ = Wrk.run(64, WARM_UP_SECONDS, server.key(), charge());
        }
    }

    private List<String> empty() {
        return List.of(server.url() + "/health/live");
    }

    private List<String> charge() {
        return List.of("-s", script, server.url() + "/v1/charges");
    }

    private void compare(int connections, int rounds) throws IOException {
        System.out.printf("%d connections%n", connections);
        var empty = new double[rounds];
        var charges = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            empty[round] = round("empty  ", connections, empty()).perSecond();
            charges[round] = round("charges", connections, charge()).perSecond();
        }
        System.out.printf(
                "  median: empty %,.0f/s, charges %,.0f/s, ratio %.2f%s%n",
                Figures.median(empty),
                Figures.median(charges),
                Figures.medianRatio(charges, empty),
                GOALS.containsKey(connections)
                        ? " (goal %.2f)".formatted(GOALS.get(connections))
                        : "");
    }

    private Wrk round(String name, int connections, List<String> what) throws IOException {
        var before = server.metrics();
        var timesBefore = ThreadTimes.of(server.pid());
        var run = Wrk.run(connections, seconds, server.key(), what);
        var times = ThreadTimes.of(server.pid()).microsSince(timesBefore, run.requests());
        var counted = delta(before, server.metrics());
        System.out.printf(
                "  %s %,8.0f/s  p50 %6.2f ms  p99 %6.2f ms  failed %d",
                name, run.perSecond(), run.p50Millis(), run.p99Millis(), failed(run, counted));
        double commits = counted.getOrDefault("scrip_commits_total", 0.0);
        if (commits > 0) {
            System.out.printf(
                    "  %.0f a batch, commit %.0f µs",
                    counted.getOrDefault("scrip_facts_total", 0.0) / commits,
                    counted.getOrDefault("scrip_commit_seconds_total", 0.0) * 1e6 / commits);
        }
        var spent = new StringBuilder();
        times.forEach((kind, micros) -> spent.append(" %s %.1f".formatted(kind, micros)));
        System.out.printf("%n          CPU µs each:%s; wrk %.1f%n", spent, run.cpuMicros());
        return run;
    }

    /// What was not answered as it should: by wrk's count, and charges the server says became
    /// something else than charged.
    private static long failed(Wrk run, Map<String, Double> counted) {
        double charges = counted.getOrDefault("scrip_charges_total", 0.0);
        double charged = counted.getOrDefault("scrip_charges_total:charged", 0.0);
        return run.failed() + Math.round(charges - charged);
    }

    private static Map<String, Double> delta(
            Map<String, Double> before, Map<String, Double> after) {
        var delta = new TreeMap<String, Double>();
        after.forEach((name, value) -> delta.put(name, value - before.getOrDefault(name, 0.0)));
        return delta;
    }
}
