package dev.scrip.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// One run of wrk and what it printed.
///
/// @param failed answers other than 2xx and 3xx, and connections that broke
/// @param cpuMicros what wrk itself took of the machine, per request
record Wrk(
        double perSecond,
        double p50Millis,
        double p99Millis,
        long requests,
        long failed,
        double cpuMicros) {

    private static final Pattern RATE = Pattern.compile("Requests/sec: +([0-9.]+)");
    private static final Pattern REQUESTS = Pattern.compile("([0-9]+) requests in");
    private static final Pattern OTHER = Pattern.compile("Non-2xx or 3xx responses: ([0-9]+)");
    private static final Pattern BROKEN =
            Pattern.compile(
                    "Socket errors: connect ([0-9]+), read ([0-9]+), write ([0-9]+), timeout ([0-9]+)");
    private static final Pattern CPU = Pattern.compile("cpu-seconds ([0-9.]+) ([0-9.]+)");

    /// @param environment for the script
    /// @param what options and the URL
    static Wrk run(int connections, int seconds, Map<String, String> environment, List<String> what)
            throws IOException {
        var command =
                new ArrayList<>(
                        List.of(
                                "bash",
                                "-c",
                                "TIMEFORMAT='cpu-seconds %U %S'; time wrk \"$@\"",
                                "wrk",
                                "--latency",
                                "-t1",
                                "-c" + connections,
                                "-d" + seconds + "s"));
        command.addAll(what);
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        builder.environment().put("LC_ALL", "C");
        var said = new String(builder.start().getInputStream().readAllBytes(), UTF_8);
        long requests = (long) sum(said, REQUESTS);
        if (requests == 0) {
            throw new IOException("wrk said: " + said);
        }
        return new Wrk(
                sum(said, RATE),
                latencyMillis(said, "50%"),
                latencyMillis(said, "99%"),
                requests,
                (long) (sum(said, OTHER) + sum(said, BROKEN)),
                sum(said, CPU) * 1e6 / requests);
    }

    /// Of all groups; 0 when the line is not there.
    private static double sum(String said, Pattern pattern) {
        var found = pattern.matcher(said);
        double sum = 0;
        if (found.find()) {
            for (int i = 1; i <= found.groupCount(); i++) {
                sum += Double.parseDouble(found.group(i));
            }
        }
        return sum;
    }

    private static double latencyMillis(String said, String quantile) {
        var found = Pattern.compile(quantile + " +([0-9.]+)(us|ms|s)\\b").matcher(said);
        if (!found.find()) {
            return Double.NaN;
        }
        double figure = Double.parseDouble(found.group(1));
        return switch (found.group(2)) {
            case "us" -> figure / 1e3;
            case "ms" -> figure;
            default -> figure * 1e3;
        };
    }
}
