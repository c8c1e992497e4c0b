package dev.scrip.cli;

import dev.scrip.insight.ExactPrice;
import dev.scrip.insight.SimplicityFrontier;
import dev.scrip.insight.Weighting;
import dev.scrip.pricing.Ladder;
import dev.scrip.pricingfile.AccountUsage;
import dev.scrip.pricingfile.ExactTable;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `scrip simplify`: a table of many prices reduced to few.
@Command(
        name = "simplify",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        header = {
            "Reduces a credit table to few levels, as exactly as that can be done.",
            "",
            "Examples:",
            "  scrip simplify table.csv --levels 1..15",
            "  scrip simplify table.csv --levels 5 --weight revenue",
            "  scrip simplify table.csv --levels 5 --usage usage.csv   whose bill moves by how much",
            ""
        },
        footer = {
            "",
            "TABLE.csv has the columns operation, exact_credits and monthly_calls; USAGE.csv has",
            "account, operation and calls."
        })
final class SimplifyCommand implements Callable<Integer> {

    @Parameters(paramLabel = "TABLE.csv", arity = "1", description = "What calls cost exactly.")
    private Path file = Path.of("");

    @Option(
            names = "--levels",
            paramLabel = "N or FROM..TO",
            converter = LevelRange.Converter.class,
            defaultValue = "1..15",
            description = "How many different credit values there may be; 1..15 (default).")
    private LevelRange levels = new LevelRange(1, 15);

    @Option(
            names = "--ladder",
            paramLabel = "LADDER",
            defaultValue = "1-2.5-5",
            description = {
                "1-2.5-5 (default), 1-2-5, 1-2-5-10-25 or 1-5-10-50,",
                "or values such as 1,5,10,50."
            })
    private Ladder ladder = Ladder.DEFAULT;

    @Option(
            names = "--weight",
            paramLabel = "WEIGHT",
            converter = WeightingConverter.class,
            defaultValue = "unit",
            description = {
                "unit (default): every operation counts the same;",
                "revenue: by exact credits × monthly calls."
            })
    private Weighting weighting = Weighting.UNIT;

    @Option(
            names = "--usage",
            paramLabel = "USAGE.csv",
            description = "Shows which customers' bills move, from their calls of a month.")
    private @Nullable Path usage;

    @Mixin private Output output = new Output();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var table = ExactTable.read(file);
        if (weighting == Weighting.REVENUE && !table.hasCalls()) {
            throw new ParameterException(
                    spec.commandLine(),
                    file + " has no column monthly_calls, which --weight revenue needs");
        }
        var prices = table.rows().stream().map(SimplifyCommand::price).toList();
        if (weighting == Weighting.REVENUE
                && prices.stream().allMatch(price -> price.monthlyCalls().signum() == 0)) {
            throw new IllegalArgumentException(
                    file
                            + ":monthly_calls: all are 0, so nothing weighs anything; expected calls"
                            + " of at least one operation, or --weight unit");
        }
        var frontier = SimplicityFrontier.of(prices, ladder, weighting, levels.to());
        var usage = this.usage;
        var bills =
                usage == null
                        ? null
                        : AccountUsage.calls(
                                usage, prices.stream().map(ExactPrice::operation).toList());
        if (bills != null
                && bills.values().stream()
                        .flatMap(calls -> calls.values().stream())
                        .allMatch(calls -> calls.signum() == 0)) {
            throw new IllegalArgumentException(
                    usage
                            + ":calls: all are 0, so there are no bills to compare; expected what"
                            + " accounts call in a month");
        }
        output.print(
                SimplifyResult.of(prices, ladder, weighting, frontier, levels, bills),
                spec.commandLine());
        return ExitCode.DONE;
    }

    private static ExactPrice price(ExactTable.Row row) {
        var calls = row.monthlyCalls();
        return new ExactPrice(
                row.operation(), row.exactCredits(), calls == null ? BigDecimal.ZERO : calls);
    }

    private static final class WeightingConverter extends WordConverter<Weighting> {

        WeightingConverter() {
            super(Weighting.class);
        }
    }
}
