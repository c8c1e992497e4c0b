package dev.scrip.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Durable charges a second over HTTP against answers a second of the same server to a request that
/// asks nothing of it. All run in turn on one machine, several rounds; wrk runs on it too.
///
/// The request that asks nothing has the headers and the body of a charge and comes from the same
/// script, so that neither what wrk spends nor the reading of a request counts as the cost of
/// charging. Beside it, an empty request without either, which wrk sends without a script.
public final class HttpAgainstEmpty {

    private static final int ACCOUNTS = 1_000;
    private static final int WARM_UP_SECONDS = 10;
    private static final int PACED_CONNECTIONS = 256;
    private static final double PACED_QUANTILES_MAX = 5;
    private static final Map<Integer, Double> GOALS = Map.of(64, 0.45, 256, 0.70);

    private final ServedProcess server;
    private final String script;
    private final int seconds;
    private double chargesPerSecondMax;

    /// What wrk asks.
    ///
    /// @param ask method and path
    /// @param scripted with the headers and the body of a charge
    /// @param pauseMillis between an answer and the next request of a connection, on average
    private record Load(String name, String ask, boolean scripted, long pauseMillis) {

        private static final Load CHARGES = new Load("charges", "POST /v1/charges", true, 0);
        private static final Load EMPTY = new Load("empty  ", "GET /health/live", true, 0);
        private static final Load BARE = new Load("bare   ", "GET /health/live", false, 0);

        Load paced(long millis) {
            return new Load(name, ask, scripted, millis);
        }
    }

    /// A run and what server and client together took of the machine for each request.
    private record Round(Wrk run, double cpuMicros) {

        double perSecond() {
            return run.perSecond();
        }
    }

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
            bench.pace(rounds);
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
            var _ = run(64, WARM_UP_SECONDS, Load.EMPTY);
            var _ = run(64, WARM_UP_SECONDS, Load.CHARGES);
        }
    }

    private void compare(int connections, int rounds) throws IOException {
        System.out.printf("%d connections%n", connections);
        var empty = new double[rounds];
        var bare = new double[rounds];
        var charges = new double[rounds];
        var emptyMicros = new double[rounds];
        var chargeMicros = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            var anEmpty = round(connections, Load.EMPTY);
            var aCharge = round(connections, Load.CHARGES);
            empty[round] = anEmpty.perSecond();
            charges[round] = aCharge.perSecond();
            bare[round] = round(connections, Load.BARE).perSecond();
            emptyMicros[round] = anEmpty.cpuMicros;
            chargeMicros[round] = aCharge.cpuMicros;
        }
        chargesPerSecondMax = Math.max(chargesPerSecondMax, Figures.median(charges));
        System.out.printf(
                "  median: empty %,.0f/s, charges %,.0f/s, ratio %.2f%s, by CPU %.2f; bare"
                        + " %,.0f/s, ratio %.2f%n",
                Figures.median(empty),
                Figures.median(charges),
                Figures.medianRatio(charges, empty),
                GOALS.containsKey(connections)
                        ? " (goal %.2f)".formatted(GOALS.get(connections))
                        : "",
                Figures.medianRatio(emptyMicros, chargeMicros),
                Figures.median(bare),
                Figures.medianRatio(charges, bare));
    }

    /// Charges at half of the highest throughput measured: each connection pauses so long between
    /// an answer and its next request. The empty request at the same pace says what of the tail is
    /// the machine's.
    private void pace(int rounds) throws IOException {
        double wanted = chargesPerSecondMax / 2;
        long pauseMillis = Math.max(1, Math.round(PACED_CONNECTIONS * 1_000 / wanted) - 1);
        System.out.printf(
                "%d connections at half of the highest throughput, %,.0f/s: pauses of %d ms%n",
                PACED_CONNECTIONS, wanted, pauseMillis);
        var quantiles = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            var _ = round(PACED_CONNECTIONS, Load.EMPTY.paced(pauseMillis));
            var run = round(PACED_CONNECTIONS, Load.CHARGES.paced(pauseMillis)).run;
            quantiles[round] = run.p99Millis() / run.p50Millis();
        }
        System.out.printf(
                "  median: p99 %.1f times p50 (goal: at most %.0f)%n",
                Figures.median(quantiles), PACED_QUANTILES_MAX);
    }

    private Wrk run(int connections, int duration, Load load) throws IOException {
        var what = new ArrayList<String>();
        if (load.scripted) {
            what.addAll(List.of("-s", script));
        }
        what.add(server.url() + load.ask.substring(load.ask.indexOf(' ') + 1));
        return Wrk.run(
                connections,
                duration,
                Map.of(
                        "SCRIP_KEY", server.key(),
                        "SCRIP_ASK", load.ask,
                        "SCRIP_PAUSE_MS", Long.toString(load.pauseMillis)),
                what);
    }

    private Round round(int connections, Load load) throws IOException {
        var before = server.metrics();
        var timesBefore = ThreadTimes.of(server.pid());
        var run = run(connections, seconds, load);
        var times = ThreadTimes.of(server.pid());
        var spent = times.since(timesBefore, run.requests());
        var counted = delta(before, server.metrics());
        System.out.printf(
                "  %s %,8.0f/s  p50 %6.2f ms  p99 %6.2f ms  failed %d",
                load.name, run.perSecond(), run.p50Millis(), run.p99Millis(), failed(run, counted));
        double commits = counted.getOrDefault("scrip_commits_total", 0.0);
        if (commits > 0) {
            System.out.printf(
                    "  %.0f a batch, commit %.0f µs",
                    counted.getOrDefault("scrip_facts_total", 0.0) / commits,
                    counted.getOrDefault("scrip_commit_seconds_total", 0.0) * 1e6 / commits);
        }
        System.out.printf("%n          CPU µs each:%s; wrk %.1f%n", spent, run.cpuMicros());
        return new Round(run, run.cpuMicros() + times.allMicrosSince(timesBefore) / run.requests());
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
