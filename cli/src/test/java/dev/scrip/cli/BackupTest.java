package dev.scrip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrip.cli.demo.ServerProcess;
import dev.scrip.client.AccountOpening;
import dev.scrip.client.ChargeOutcome;
import dev.scrip.client.ChargeRequest;
import dev.scrip.client.ClientSettings;
import dev.scrip.client.GrantOrder;
import dev.scrip.client.IdempotencyKey;
import dev.scrip.client.ScripClient;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands that look after stored data, on a real server under load.
class BackupTest {

    private static final String ACCOUNT = "acme";
    private static final int CALLERS = 8;

    @TempDir private Path directory;
    private final AtomicInteger requests = new AtomicInteger();
    private final Queue<String> answered = new ConcurrentLinkedQueue<>();

    @Test
    void aCopyMadeUnderLoadIsSoundAndServesEveryChargeAnsweredBefore() throws Exception {
        var data = directory.resolve("data");
        var copy = directory.resolve("backups/copy");
        var restored = directory.resolve("restored");
        String apiKey;
        List<String> before;
        try (var server = start(data)) {
            apiKey = String.valueOf(server.adminKey());
            try (var client = client(server, apiKey)) {
                client.openAccount(
                                AccountOpening.onPlan(ACCOUNT, "free"), new IdempotencyKey("open"))
                        .orThrow();
                client.grant(
                                ACCOUNT,
                                GrantOrder.paid(new BigDecimal("1000000")),
                                new IdempotencyKey("grant"))
                        .orThrow();
                before = copiedUnderLoad(client, data, copy);
            }
        }
        assertThat(copy).isDirectoryContaining(file -> file.endsWith("journal.db"));
        succeeds("verify", "--data", data.toString());
        assertThat(succeeds("verify", "--data", copy.toString())).contains("there is no views.db");

        assertThat(succeeds("restore", "--from", copy.toString(), "--data", restored.toString()))
                .contains("All is well", "Restored");
        try (var server = start(restored)) {
            assertThat(server.adminKey()).as("the keys were restored").isNull();
            try (var client = client(server, apiKey)) {
                assertThat(charges(client)).containsAll(before);
            }
            assertThat(succeeds("verify", "--data", restored.toString()))
                    .contains("compared up to fact");
        }
    }

    /// Verifies and copies while callers charge; returns the charges answered before the copy.
    private List<String> copiedUnderLoad(ScripClient client, Path data, Path copy)
            throws InterruptedException {
        var done = new AtomicBoolean();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CALLERS; i++) {
                callers.execute(() -> {
                    while (!done.get()) {
                        charge(client);
                    }
                });
            }
            try {
                while (answered.size() < 500) {
                    Thread.sleep(10);
                }
                succeeds("verify", "--data", data.toString());
                var before = List.copyOf(answered);
                succeeds("backup", "--data", data.toString(), "--to", copy.toString());
                return before;
            } finally {
                done.set(true);
            }
        }
    }

    private void charge(ScripClient client) {
        var key = new IdempotencyKey("c-" + requests.incrementAndGet());
        if (client.charge(ChargeRequest.of(ACCOUNT, "image.upload"), key)
                instanceof ChargeOutcome.Charged(var charge, _)) {
            answered.add(charge.id());
        }
    }

    private static Set<String> charges(ScripClient client) {
        var ids = new HashSet<String>();
        @Nullable String cursor = null;
        do {
            var page = client.entries(ACCOUNT, 1_000, cursor).orThrow();
            page.data().forEach(entry -> ids.add(entry.id()));
            cursor = page.nextCursor();
        } while (cursor != null);
        return ids;
    }

    @Test
    void unusableInputIsNamed() throws IOException {
        var nowhere = directory.resolve("nowhere").toString();
        var empty = Files.createDirectory(directory.resolve("empty"));
        Files.writeString(directory.resolve("file"), "text");

        assertThat(refused("verify")).contains("--data");
        assertThat(refused("verify", "--data", nowhere)).contains(nowhere);
        assertThat(refused("verify", "--data", empty.toString())).contains("journal");
        assertThat(refused("verify", "--data", nowhere, "--journal", "postgresql://u:hush@h/d"))
                .contains("jdbc:postgresql://HOST/DATABASE")
                .doesNotContain("hush");
        assertThat(
                        refused(
                                "verify",
                                "--data",
                                empty.toString(),
                                "--journal",
                                "jdbc:postgresql://localhost:1/db?password=hush"))
                .contains("localhost:1")
                .doesNotContain("hush");
        assertThat(refused("backup", "--data", nowhere, "--to", nowhere)).contains(nowhere);
        assertThat(refused("backup", "--data", empty.toString(), "--to", nowhere))
                .contains("pg_dump");
        assertThat(refused("restore", "--from", empty.toString(), "--data", nowhere))
                .contains("journal");
        assertThat(Path.of(nowhere)).doesNotExist();
    }

    @Test
    void aTargetThatHoldsSomethingIsRefusedAndAnUnsoundCopyIsNotRestored() throws Exception {
        var data = directory.resolve("data");
        try (var server = start(data)) {
            assertThat(server.stop()).isTrue();
        }
        assertThat(refused("backup", "--data", data.toString(), "--to", directory.toString()))
                .contains("not empty");
        var copy = directory.resolve("copy");
        succeeds("backup", "--data", data.toString(), "--to", copy.toString());
        assertThat(refused("restore", "--from", copy.toString(), "--data", data.toString()))
                .contains("not empty");

        Files.writeString(copy.resolve("journal.db"), "no journal");
        var target = directory.resolve("target");
        assertThat(refused("restore", "--from", copy.toString(), "--data", target.toString()))
                .contains("journal");
        assertThat(target).doesNotExist();
    }

    private static ServerProcess start(Path data) {
        return ServerProcess.start(data, Home.file("examples/image-api/pricing.yaml"), "live", 0);
    }

    private static ScripClient client(ServerProcess server, String apiKey) {
        return new ScripClient(ClientSettings.of(server.address(), apiKey));
    }

    private static String succeeds(String... command) {
        var run = CommandLineRun.of(command);
        assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(ExitCode.DONE);
        assertThat(run.err()).isEmpty();
        return run.out();
    }

    private static String refused(String... command) {
        var run = CommandLineRun.of(command);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.UNUSABLE_INPUT);
        assertThat(run.err()).isNotBlank().doesNotContain("\tat ");
        return run.err();
    }
}
