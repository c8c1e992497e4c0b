package dev.scrip.cli;

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

/// `scrip backtest`: what recorded usage comes to under two pricing files.
@Command(
        name = "backtest",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        header = {
            "Replays recorded usage through two pricing files, with grants, plans and refusals.",
            "",
            "Examples:",
            "  scrip backtest calls.csv --pricing pricing.yaml --against next.yaml",
            "  scrip backtest calls.csv --pricing old.yaml --against new.yaml \\",
            "      --accounts accounts.csv -o html > change.html",
            ""
        })
final class BacktestCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "USAGE",
            description = "Recorded calls by time (.csv, .jsonl, .parquet).")
    private Path usage = Path.of("");

    @Option(
            names = "--pricing",
            paramLabel = "OLD.yaml",
            required = true,
            description = "The pricing file of now; it names the columns of the usage.")
    private Path before = Path.of("");

    @Option(
            names = "--against",
            paramLabel = "NEW.yaml",
            required = true,
            description = "The pricing file to compare it with.")
    private Path after = Path.of("");

    @Mixin private ReplayOptions replay = new ReplayOptions();

    @Mixin private Output output = new Output();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var old = PricingFile.read(before);
        var oldBook = old.toPriceBook("old", Instant.EPOCH);
        var newBook = PricingFile.read(after).toPriceBook("new", Instant.EPOCH);
        var outcome = replay.replay(old, usage, oldBook, newBook, spec.commandLine());
        output.print(new BacktestResult(outcome, oldBook.currency()), spec.commandLine());
        return ExitCode.DONE;
    }
}
