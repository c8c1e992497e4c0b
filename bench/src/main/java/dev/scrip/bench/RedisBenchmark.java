package dev.scrip.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/// One run of redis-benchmark and what it printed.
record RedisBenchmark(double perSecond, double p50Millis, double p99Millis) {

    private static final int ACCOUNTS = 1_000;
    private static final int FEW = 20_000;
    private static final int RANDOM_MAX = 1_000_000_000;

    /// A line of `--csv`: the name, then rate, average, minimum, p50, p95, p99 and maximum.
    private static final Pattern LINE =
            Pattern.compile(
                    "^\".*\",\"([0-9.]+)\",\"[0-9.]+\",\"[0-9.]+\",\"([0-9.]+)\",\"[0-9.]+\","
                            + "\"([0-9.]+)\",\"[0-9.]+\"$",
                    Pattern.MULTILINE);

    /// A server of the peer and the script that charges there.
    ///
    /// @param script the hash under which the server has it
    record Server(int port, String script) {}

    /// Charges for about as long as said: redis-benchmark counts requests, so a few of them are
    /// timed first.
    ///
    /// @param pipelined requests that a client sends before it waits for an answer
    static RedisBenchmark run(Server server, int clients, int pipelined, int seconds)
            throws IOException {
        double rate = charge(server, clients, pipelined, FEW).perSecond();
        return charge(server, clients, pipelined, Math.round(rate * seconds));
    }

    /// Each run has keys of its own, named by what was charged before. redis-benchmark seeds its
    /// random numbers with the seconds of the clock XOR its process id, so two runs may draw the
    /// same ones, and the second would be answered out of the keys of the first without charging
    /// anything.
    private static RedisBenchmark charge(Server server, int clients, int pipelined, long charges)
            throws IOException {
        long before = audited(server);
        var said =
                output(
                        List.of(
                                "redis-benchmark",
                                "-p",
                                Integer.toString(server.port()),
                                "-c",
                                Integer.toString(clients),
                                "-P",
                                Integer.toString(pipelined),
                                "-n",
                                Long.toString(charges),
                                "-r",
                                Integer.toString(RANDOM_MAX),
                                "-e",
                                "--csv",
                                "EVALSHA",
                                server.script(),
                                "1",
                                "charge:" + before + ":__rand_int__:__rand_int__",
                                "__rand_int__",
                                Integer.toString(ACCOUNTS),
                                "1"));
        var line = LINE.matcher(said);
        if (!line.find()) {
            throw new IOException("redis-benchmark said: " + said);
        }
        // It ends when so many are acknowledged. It sends whole pipelines, so there may be a few
        // more.
        long charged = audited(server) - before;
        if (charged < charges) {
            throw new IOException(
                    "Of %,d charges that Redis acknowledged only %,d are in its audit."
                            .formatted(charges, charged));
        }
        return new RedisBenchmark(
                Double.parseDouble(line.group(1)),
                Double.parseDouble(line.group(2)),
                Double.parseDouble(line.group(3)));
    }

    private static long audited(Server server) throws IOException {
        return Long.parseLong(
                output(List.of("redis-cli", "-p", Integer.toString(server.port()), "xlen", "audit"))
                        .strip());
    }

    private static String output(List<String> command) throws IOException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), UTF_8);
    }
}
