package dev.scrip.cli;

import dev.scrip.cli.MeasuredBands.Proposed;
import dev.scrip.pricing.CreditTableDesign;
import dev.scrip.pricingfile.PricingFile;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `scrip design`: from a pricing file to a credit table.
@Command(
        name = "design",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        header = {
            "Designs a credit table from a pricing file, and says why.",
            "",
            "Examples:",
            "  scrip design pricing.yaml",
            "  scrip design pricing.yaml -o html > table.html",
            "  scrip design pricing.yaml --usage calls.csv",
            "  scrip design pricing.yaml --fail-on margin_below_floor",
            ""
        },
        footer = {"", "Exit codes: 0 done, 1 a warning of --fail-on was given, 2 unusable input."})
final class DesignCommand implements Callable<Integer> {

    private static final String ANY = "any";

    @Parameters(
            paramLabel = "PRICING.yaml",
            arity = "1",
            description = "The pricing file; see docs/pricing-file.md.")
    private Path file = Path.of("");

    @Mixin private Output output = new Output();

    @Option(
            names = "--fail-on",
            paramLabel = "CODE",
            split = ",",
            description = "Exit 1 when one of these warnings is given; 'any' stands for all.")
    private List<String> failOn = List.of();

    @Option(
            names = "--usage",
            paramLabel = "FILE",
            description = {
                "Recorded calls (.csv, .jsonl, .parquet): what they cost takes",
                "the place of what the pricing file states; see docs/measuring-cost.md."
            })
    private @Nullable Path usage;

    @Option(
            names = "--today",
            paramLabel = "DATE",
            description = "The day on which costs must not be too old; today when not given.")
    private @Nullable LocalDate today;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        checkCodes();
        var read = usage == null ? PricingFile.read(file) : PricingFile.readWithUsage(file, usage);
        var costs = read.costs().usage();
        var bands = costs == null ? List.<Proposed>of() : MeasuredBands.of(read, costs);
        var day = today == null ? LocalDate.now(ZoneId.systemDefault()) : today;
        var design = read.design().withWarnings(read.costWarnings(day));
        output.print(new DesignResult(design, costs, bands), spec.commandLine());
        return fails(design) ? ExitCode.FINDING : ExitCode.DONE;
    }

    private boolean fails(CreditTableDesign design) {
        return design.warnings().stream()
                .anyMatch(warning -> failOn.contains(ANY) || failOn.contains(warning.code()));
    }

    /// A misspelt code would never fail anything.
    private void checkCodes() {
        for (var code : failOn) {
            if (!code.equals(ANY) && !DesignResult.codes().contains(code)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "there is no warning '"
                                + code
                                + "'; known: "
                                + String.join(", ", DesignResult.codes()));
            }
        }
    }
}
