package dev.scrip.cli;

import dev.scrip.pricing.PriceBookDiff;
import dev.scrip.pricingfile.PricingFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `scrip diff`: what one pricing file changes beside another.
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        header = {
            "Says what one pricing file changes beside another: credits, prices, margins, plans.",
            "",
            "Examples:",
            "  scrip diff pricing-2025.yaml pricing.yaml",
            "  scrip diff old.yaml new.yaml --exit-code -o md",
            ""
        },
        footer = {
            "",
            "Exit codes: 0 done, 1 they differ and --exit-code was given, 2 unusable input."
        })
final class DiffCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "OLD.yaml", description = "A pricing file.")
    private Path before = Path.of("");

    @Parameters(index = "1", paramLabel = "NEW.yaml", description = "Another.")
    private Path after = Path.of("");

    @Option(names = "--exit-code", description = "Exit 1 when they differ.")
    private boolean exitCode;

    @Mixin private Output output = new Output();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var diff =
                PriceBookDiff.between(
                        PricingFile.read(before).toPriceBook("old", Instant.EPOCH),
                        PricingFile.read(after).toPriceBook("new", Instant.EPOCH));
        output.print(new DiffResult(diff), spec.commandLine());
        return exitCode && !diff.isEmpty() ? ExitCode.FINDING : ExitCode.DONE;
    }
}
