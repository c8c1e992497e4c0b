package dev.scrip.bench;

import java.io.IOException;
import java.nio.file.Path;

/// Durable charges a second through the engine, each caller waiting for its own, beside the usual
/// design in PostgreSQL: a transaction a charge. Spread over accounts and all on one.
public final class EngineBesidePostgres {

    private static final int ACCOUNTS = 10_000;
    private static final int WARM_UP_SECONDS = 5;

    private EngineBesidePostgres() {}

    /// Arguments: rounds, seconds a run, the directory of the peers.
    public static void main(String[] args) throws IOException {
        int rounds = Integer.parseInt(args[0]);
        int seconds = Integer.parseInt(args[1]);
        var usual = Path.of(args[2], "postgres", "usual.sql");
        int clients = Pgbench.bestClients(usual, ACCOUNTS);
        int clientsOfOne = Pgbench.bestClients(usual, 1);
        var few = new double[rounds];
        var many = new double[rounds];
        var one = new double[rounds];
        var spread = new double[rounds];
        var row = new double[rounds];
        try (var engine = new Engine(ACCOUNTS)) {
            engine.openAll(1);
            engine.chargeAll(512, WARM_UP_SECONDS).print("warm-up");
            for (int round = 0; round < rounds; round++) {
                spread[round] = postgres(usual, ACCOUNTS, clients, seconds);
                few[round] = charged("64 callers", engine.chargeAll(64, seconds));
                many[round] = charged("512 callers", engine.chargeAll(512, seconds));
                row[round] = postgres(usual, 1, clientsOfOne, seconds);
                one[round] = charged("512 callers, one account", engine.chargeOne(512, seconds));
            }
        }
        var peer = "PostgreSQL, a transaction each, %d clients".formatted(clients);
        Comparison.ofRates(
                        "Single charges in one process, 64 callers",
                        few,
                        peer,
                        spread,
                        new Goal.AtLeast(6))
                .print();
        Comparison.ofRates(
                        "Single charges in one process, 512 callers",
                        many,
                        peer,
                        spread,
                        new Goal.AtLeast(20))
                .print();
        Comparison.ofRates(
                        "The same on one account, 512 callers",
                        one,
                        "PostgreSQL, one row, %d clients".formatted(clientsOfOne),
                        row,
                        new Goal.AtLeast(50))
                .print();
    }

    private static double postgres(Path script, int accounts, int clients, int seconds)
            throws IOException {
        var run = Pgbench.run(script, accounts, clients, seconds);
        System.out.printf(
                "  PostgreSQL over %,d accounts: %,.0f/s, average %.2f ms%n",
                accounts, run.perSecond(), run.averageMillis());
        return run.perSecond();
    }

    private static double charged(String what, Engine.Run run) {
        run.print(what);
        return run.perSecond();
    }
}
