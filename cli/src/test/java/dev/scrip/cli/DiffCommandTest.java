package dev.scrip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiffCommandTest {

    private static final String IMAGE_API = CommandLineRun.file("examples/image-api/pricing.yaml");

    @TempDir private Path folder = Path.of("");

    @Test
    void aDearerModelIsSeenInCreditsPricesAndMargins() throws IOException {
        var run = CommandLineRun.of("diff", IMAGE_API, dearer());
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(0);
        assertThat(run.out())
                .startsWith("1 dearer; a credit stays at USD 1 per 1,000 credits; 5 → 4 levels\n")
                .containsPattern(
                        "image.analyze +changed +100 → 250 +0.1 → 0.25 +\\+150.0 % +85.0 % → 88.0 %")
                .containsPattern("pro +changed +99 → 89 +250000")
                .containsPattern("image.upload +1 +0.001 +80.0 %");
    }

    @Test
    void theJsonHasBothSides() throws IOException {
        var run = CommandLineRun.of("diff", IMAGE_API, dearer(), "-o", "json", "--exit-code");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains("\"same\" : false", "\"price_change\" : 1.5", "\"old\" : 100");
        assertThat(CommandLineRun.of("diff", IMAGE_API, dearer(), "-o", "csv").out())
                .contains("image.analyze,changed,100,250,0.1,0.25,1.5,0.85,0.88");
    }

    @Test
    void nothingChangesBesideItself() {
        var run = CommandLineRun.of("diff", IMAGE_API, IMAGE_API, "--exit-code");
        assertThat(run.exitCode()).isEqualTo(0);
        assertThat(run.out()).startsWith("Nothing changes.");
    }

    private String dearer() throws IOException {
        var text = Files.readString(Path.of(IMAGE_API));
        var file = folder.resolve("dearer.yaml");
        Files.writeString(
                file,
                text.replace("unit_cost: 0.0150", "unit_cost: 0.0300")
                        .replace("monthly_fee: 99", "monthly_fee: 89"));
        return file.toString();
    }
}
