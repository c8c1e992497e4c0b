package dev.scrip.cli;

import dev.scrip.pricing.PriceBook;
import dev.scrip.pricing.PriceBookDiff;
import dev.scrip.pricingfile.PricingFile;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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

/// `scrip plan`: what publishing a pricing file would change, before it is published.
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        header = {
            "Says what publishing a pricing file would change, for whom, and which rules it breaks.",
            "",
            "Examples:",
            "  scrip plan pricing.yaml --server http://127.0.0.1:8080",
            "  scrip plan pricing.yaml --against published.yaml --usage calls.csv",
            "  scrip plan pricing.yaml --against published.yaml --usage calls.csv -o html > plan.html",
            ""
        },
        footer = {"", "Exit codes: 0 it can be published, 1 a rule is broken, 2 unusable input."})
final class PlanCommand implements Callable<Integer> {

    @Parameters(paramLabel = "PRICING.yaml", description = "The pricing file to be published.")
    private Path file = Path.of("");

    @Option(
            names = "--against",
            paramLabel = "OLD.yaml",
            description = "A pricing file to compare with, in place of a server's last price book.")
    private @Nullable Path against;

    @Option(
            names = "--effective",
            paramLabel = "WHEN",
            description =
                    "When it would take effect: a time such as 2027-01-01T06:00:00Z, or a day, which"
                            + " begins at 00:00 UTC. At once when not given.")
    private @Nullable Instant effective;

    @Mixin private UsageOption usage = new UsageOption();

    @Mixin private ServerOption server = new ServerOption();

    @Mixin private Output output = new Output();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var pricing = PricingFile.read(file);
        var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        var from = effective == null ? now : effective;
        var basis = basis(from);
        var before = basis.book();
        var after = pricing.toPriceBook("next", from);
        var diff = PriceBookDiff.between(before, after);
        var backtest = usage.replayed(pricing, before, after, spec.commandLine());
        if (backtest == null && RuleCheck.needsUsage(pricing.rules())) {
            spec.commandLine()
                    .getErr()
                    .println("Not checked without --usage: min_blended_margin and max_bill_rise.");
        }
        var violations = RuleCheck.of(pricing.rules(), diff, now, backtest);
        output.print(
                new PlanResult(diff, basis.calledOff(), violations, backtest), spec.commandLine());
        return violations.isEmpty() ? ExitCode.DONE : ExitCode.FINDING;
    }

    /// What a plan compares with.
    ///
    /// @param calledOff the versions of a server, still to come, that publishing would call off
    private record Basis(PriceBook book, List<String> calledOff) {}

    private Basis basis(Instant from) {
        if (against != null) {
            if (server.isGiven()) {
                throw unusable("Compare with a file or with a server: not with both");
            }
            return new Basis(
                    PricingFile.read(against).toPriceBook(against.toString(), Instant.EPOCH),
                    List.of());
        }
        if (!server.isGiven()) {
            throw unusable("Say what to compare with: --server URL or --against OLD.yaml");
        }
        try (var books = server.priceBooks()) {
            return new Basis(books.last(), books.calledOffFrom(from));
        }
    }

    private ParameterException unusable(String problem) {
        return new ParameterException(spec.commandLine(), problem);
    }
}
