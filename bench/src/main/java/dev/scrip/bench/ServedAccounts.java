package dev.scrip.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Accounts on a server, under the names that the scripts of wrk charge: `bench-` and a number of
/// four digits, or as many as the last one has.
final class ServedAccounts {

    private static final int CONNECTIONS = 32;
    private static final int OPENED_AT_ONCE = 256;

    private ServedAccounts() {}

    /// Opens many with the thousand credits of the free plan, by wrk.
    ///
    /// @param script that opens them
    static void open(ServedProcess server, Path script, int accounts) throws IOException {
        int before = count(server);
        for (int opened = 0; opened < accounts; opened = count(server) - before) {
            // What was under way at the end of a run may not have arrived.
            int first = Math.max(0, opened - 2 * OPENED_AT_ONCE);
            var _ =
                    Wrk.run(
                            OPENED_AT_ONCE,
                            1,
                            Map.of("SCRIP_KEY", server.key()),
                            List.of(
                                    "-s",
                                    script.toString(),
                                    server.url() + "/v1/accounts",
                                    "--",
                                    Integer.toString(accounts),
                                    Integer.toString(first)));
        }
    }

    private static int count(ServedProcess server) throws IOException {
        return server.metrics().getOrDefault("scrip_accounts", 0.0).intValue();
    }

    /// Opens accounts and grants them more.
    ///
    /// @param grants how many each account has besides that of the free plan, none of which runs
    ///   dry
    static void open(ServedProcess server, int accounts, int grants) throws IOException {
        int digits = Math.max(4, Integer.toString(accounts - 1).length());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var parts = new ArrayList<Future<Boolean>>();
            for (int i = 0; i < CONNECTIONS; i++) {
                int first = i;
                parts.add(
                        threads.submit(() -> {
                            for (int n = first; n < accounts; n += CONNECTIONS) {
                                openOne(server, ("bench-%0" + digits + "d").formatted(n), grants);
                            }
                            return true;
                        }));
            }
            for (var part : parts) {
                await(part);
            }
        }
    }

    private static void openOne(ServedProcess server, String account, int grants)
            throws IOException {
        server.post(
                "/v1/accounts",
                "open-" + account,
                "{\"account\":\"" + account + "\",\"plan\":\"free\"}");
        for (int grant = 0; grant < grants; grant++) {
            server.post(
                    "/v1/accounts/" + account + "/grants",
                    "grant-" + grant + "-" + account,
                    "{\"credits\":1000000000,\"category\":\"paid\","
                            + "\"cost_basis\":{\"amount\":\"0.0005\",\"currency\":\"USD\"}}");
        }
    }

    private static void await(Future<Boolean> part) throws IOException {
        try {
            part.get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IOException("The accounts could not be opened.", e);
        }
    }
}
