package dev.scrip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrip.cli.demo.ServerProcess;
import dev.scrip.client.AccountOpening;
import dev.scrip.client.ChargeOutcome;
import dev.scrip.client.ChargeRequest;
import dev.scrip.client.ClientSettings;
import dev.scrip.client.GrantOrder;
import dev.scrip.client.IdempotencyKey;
import dev.scrip.client.MeasuredUse;
import dev.scrip.client.ScripClient;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A usage log of what a running server charged.
class ExportUsageTest {

    private static final String PRICING = CommandLineRun.file("examples/image-api/pricing.yaml");

    @TempDir private Path directory;

    @Test
    void whatWasChargedIsALogThatDesignReads() throws IOException {
        var data = directory.resolve("data");
        try (var server = ServerProcess.start(data, Home.file(PRICING), "live", 0);
                var client =
                        new ScripClient(
                                ClientSettings.of(
                                        server.address(), String.valueOf(server.adminKey())))) {
            client.openAccount(AccountOpening.onPlan("acme", "free"), new IdempotencyKey("open"))
                    .orThrow();
            client.grant(
                            "acme",
                            GrantOrder.paid(new BigDecimal("1000000")),
                            new IdempotencyKey("grant"))
                    .orThrow();
            var upload = ChargeRequest.of("acme", "image.upload");
            var expected = upload.withQuantity(new BigDecimal("2.5"));
            assertThat(client.charge(expected, new IdempotencyKey("a")))
                    .isInstanceOf(ChargeOutcome.Charged.class);
            // Two seconds of computing at $0.0034, and the part of the cost that no use explains.
            var measured =
                    upload.withUse(
                            new MeasuredUse(
                                    new BigDecimal("2000"), null, null, null, new TreeMap<>()));
            assertThat(client.charge(measured, new IdempotencyKey("b")))
                    .isInstanceOf(ChargeOutcome.Charged.class);

            var all = rows("--data", data.toString());
            assertThat(all).hasSize(2);
            assertThat(all.getFirst()).matches("live/acme,image.upload,20[^,]+Z,2.5,0.0005");
            var known = rows("--data", data.toString(), "--pricing", PRICING);
            assertThat(known.getFirst()).matches("live/acme,image.upload,20[^,]+Z,2.5,");
            assertThat(known.getLast()).isEqualTo(all.getLast()).doesNotEndWith(",");
            var none =
                    CommandLineRun.of(
                            "export-usage", "--data", data.toString(), "--workspace", "liv");
            assertThat(none.out().lines()).hasSize(1);
            assertThat(none.err())
                    .contains("There is no call of the workspace liv; those with calls: live");

            var log = directory.resolve("usage.csv");
            var lines = new ArrayList<>(List.of("account,operation,time,quantity,cost"));
            lines.addAll(known);
            Files.write(log, lines);
            var run = CommandLineRun.of("design", PRICING, "--usage", log.toString());
            assertThat(run.err()).isEmpty();
            assertThat(run.out()).contains("A call costs $0.006", "in the mean of 1 measured");
        }
    }

    @Test
    void whatCannotBeReadIsNamed() {
        var nowhere = directory.resolve("nowhere").toString();
        var run = CommandLineRun.of("export-usage", "--data", nowhere);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("There is no data directory " + nowhere);
    }

    private static List<String> rows(String... args) {
        var all = new ArrayList<>(List.of("export-usage"));
        all.addAll(List.of(args));
        var run = CommandLineRun.of(all.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isEqualTo(0);
        return run.out().lines().skip(1).toList();
    }
}
