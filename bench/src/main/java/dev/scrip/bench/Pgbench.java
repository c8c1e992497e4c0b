package dev.scrip.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// One run of pgbench and what it printed. It finds the server by the usual variables, such as
/// PGHOST.
///
/// @param averageMillis of a transaction; pgbench prints no quantiles
record Pgbench(int clients, double perSecond, double averageMillis) {

    private static final int[] CLIENTS = {8, 16, 32, 64};
    private static final int CHOICE_SECONDS = 2;
    private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+)");
    private static final Pattern AVERAGE = Pattern.compile("latency average = ([0-9.]+) ms");
    private static final Pattern FAILED =
            Pattern.compile("number of failed transactions: ([0-9]+)");

    /// @param accounts how many the charges are spread over
    static Pgbench run(Path script, int accounts, int clients, int seconds) throws IOException {
        var command =
                List.of(
                        "pgbench",
                        "--no-vacuum",
                        "--protocol=prepared",
                        "--client=" + clients,
                        "--jobs=2",
                        "--time=" + seconds,
                        "--define=accounts=" + accounts,
                        "--file=" + script);
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        var said = new String(builder.start().getInputStream().readAllBytes(), UTF_8);
        if (figure(said, FAILED) != 0 || said.contains("aborted")) {
            throw new IOException("pgbench said: " + said);
        }
        return new Pgbench(clients, figure(said, RATE), figure(said, AVERAGE));
    }

    /// How many clients charge most; more wait for each other, fewer for the disk.
    static int bestClients(Path script, int accounts) throws IOException {
        int best = 0;
        double most = 0;
        for (int clients : CLIENTS) {
            double rate = run(script, accounts, clients, CHOICE_SECONDS).perSecond();
            System.out.printf(
                    "  %s over %,d accounts, %d clients: %,.0f/s%n",
                    script.getFileName(), accounts, clients, rate);
            if (rate > most) {
                most = rate;
                best = clients;
            }
        }
        return best;
    }

    private static double figure(String said, Pattern pattern) throws IOException {
        var found = pattern.matcher(said);
        if (!found.find()) {
            throw new IOException("pgbench said: " + said);
        }
        return Double.parseDouble(found.group(1));
    }
}
