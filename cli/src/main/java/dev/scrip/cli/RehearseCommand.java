package dev.scrip.cli;

import dev.scrip.client.AccountOpening;
import dev.scrip.client.ChargeRequest;
import dev.scrip.client.ClientSettings;
import dev.scrip.client.IdempotencyKey;
import dev.scrip.client.ScripClient;
import dev.scrip.service.ScripServer;
import dev.scrip.service.ServeOptions;
import java.net.URI;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// Starts, serves a little of everything and stops, so that a recording of it
/// (`-XX:AOTCacheOutput`) holds the classes and methods that later starts need.
@Command(
        name = "rehearse",
        hidden = true,
        description =
                "Serves a little of everything and stops; the start-up cache is made from it.")
final class RehearseCommand implements Callable<Integer> {

    private static final int CHARGES = 2_000;
    private static final String ACCOUNT = "rehearsal";

    @Override
    public Integer call() {
        ServerLog.configure();
        try (var directory = TemporaryDirectory.create();
                var server =
                        ScripServer.start(
                                ServeOptions.of(directory.path().resolve("data"))
                                        .withPricingFile(
                                                Home.file("examples/image-api/pricing.yaml"))
                                        .withAddress("127.0.0.1", 0));
                var client =
                        new ScripClient(
                                ClientSettings.of(
                                        URI.create(server.url()),
                                        server.newAdminKeys().getFirst().secret()))) {
            play(client);
        }
        return ExitCode.DONE;
    }

    private static void play(ScripClient client) {
        var prices = client.priceBook().orThrow();
        var plan = prices.plans().getLast().id();
        var operation = prices.operations().getFirst().operation();
        var _ =
                client.openAccount(AccountOpening.onPlan(ACCOUNT, plan), IdempotencyKey.random())
                        .orThrow();
        for (int i = 0; i < CHARGES; i++) {
            var _ = client.charge(ChargeRequest.of(ACCOUNT, operation), IdempotencyKey.random());
        }
        var _ = client.estimate(ChargeRequest.of(ACCOUNT, operation)).orThrow();
        var _ = client.account(ACCOUNT).orThrow();
        var _ = client.entries(ACCOUNT, 50, null).orThrow();
        var _ = client.usage(ACCOUNT).orThrow();
        var _ = client.margins(24).orThrow();
    }
}
