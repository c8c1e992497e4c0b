package dev.scrip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreviewCommandTest {

    private static final String DYNAMIC = CommandLineRun.file("examples/dynamic/pricing.yaml");

    @TempDir Path temporary = Path.of("");

    /// The load is above 0.9 from 12:00, still on at 0.86, and off at 0.84.
    @Test
    void everyHourStandsBesideTheTable() {
        var calls =
                write(
                        "calls.csv",
                        """
                        at,operation,quantity,account,commitment
                        2026-03-01T03:59:59.999Z,image.resize,2,live/acme,1000000
                        2026-03-01T04:00:00Z,image.resize,,,
                        2026-03-01T12:00:00Z,image.resize,,,
                        2026-03-01T12:45:00Z,image.resize,,,
                        2026-03-01T13:00:00Z,image.resize,,,
                        2026-03-01T13:01:00Z,image.rotate,,,
                        2026-03-02T00:00:00Z,image.resize,,,
                        """);
        var loads =
                write(
                        "load.csv",
                        """
                        at,load
                        2026-03-01T11:59:00Z,0.95
                        2026-03-01T12:30:00Z,0.86
                        2026-03-01T12:59:00Z,0.84
                        """);
        var run =
                CommandLineRun.of(
                        "preview", DYNAMIC, "--usage", calls, "--load", loads, "-o", "csv");
        assertThat(run.err())
                .startsWith("Left out: 1 of 7 calls of ")
                .contains("not made on 2026-03-01 in UTC; --day shows another day.");
        assertThat(run.out().lines())
                .hasSize(25)
                .contains(
                        "2026-03-01T03:00:00Z,1,0,,0.42,night committed,4.2,10,0.0042,0.01,0.0016,0.619,0.84",
                        "2026-03-01T04:00:00Z,1,0,,0.7,night,3.5,5,0.0035,0.005,0.0008,0.7714,0.84",
                        "2026-03-01T12:00:00Z,2,0,0.85,1.5,busy,15,10,0.015,0.01,0.0016,0.8933,0.84",
                        "2026-03-01T13:00:00Z,1,0,,1,,5,5,0.005,0.005,0.0008,0.84,0.84");
        assertThat(CommandLineRun.of("preview", DYNAMIC, "--usage", calls, "--load", loads).out())
                .contains(
                        "2026-03-01 in UTC, 5 calls",
                        "Left out, since the pricing file does not have them: image.rotate.");
    }

    @Test
    void theExampleRuns() {
        var run =
                CommandLineRun.of(
                        "preview",
                        DYNAMIC,
                        "--usage",
                        CommandLineRun.file("examples/dynamic/calls.csv"),
                        "--load",
                        CommandLineRun.file("examples/dynamic/load.csv"));
        assertThat(run.exitCode()).isEqualTo(0);
        assertThat(run.out())
                .contains("With adjustments 22.07 at a margin of 79.5 %; by the table alone 24.65");
    }

    @Test
    void aDayWithoutCallsIsSaid() {
        var run =
                CommandLineRun.of(
                        "preview",
                        DYNAMIC,
                        "--usage",
                        CommandLineRun.file("examples/dynamic/calls.csv"),
                        "--day",
                        "2026-04-01");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("was made on 2026-04-01", "the first one was on 2026-03-01");
    }

    @Test
    void aPlanThatThePricingFileDoesNotHaveIsRefused() {
        var calls =
                write("calls.csv", "at,operation,plan\n2026-03-01T00:00:00Z,image.resize,por\n");
        var run = CommandLineRun.of("preview", DYNAMIC, "--usage", calls);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains(
                        "calls.csv:2:plan: \"por\" is no plan of the pricing file; expected one of");
    }

    @Test
    void aBadRowIsNamed() {
        var calls = write("calls.csv", "at,operation,quantity\nnoon,image.resize,-1\n");
        var run = CommandLineRun.of("preview", DYNAMIC, "--usage", calls);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains(
                        "calls.csv:2:at: \"noon\" is no instant",
                        "calls.csv:2:quantity: \"-1\" is no amount");
    }

    private String write(String name, String text) {
        try {
            return Files.writeString(temporary.resolve(name), text).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
