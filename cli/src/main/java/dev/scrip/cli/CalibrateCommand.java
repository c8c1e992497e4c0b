package dev.scrip.cli;

import dev.scrip.insight.Calibration;
import dev.scrip.insight.Calibration.Billed;
import dev.scrip.insight.UsedResources;
import dev.scrip.pricing.CostBreakdown;
import dev.scrip.pricingfile.Bill;
import dev.scrip.pricingfile.PricingFile;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `scrip calibrate`: cost rates that add up to the bill.
@Command(
        name = "calibrate",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        header = {
            "Scales or fits cost rates so that recorded usage costs what the bill says.",
            "",
            "Examples:",
            "  scrip calibrate pricing.yaml --usage march.csv --bill focus-march.csv",
            "  scrip calibrate pricing.yaml --usage 2026.jsonl --bill bills.csv --method fit",
            ""
        },
        footer = {"", "Exit codes: 0 done, 2 unusable input."})
final class CalibrateCommand implements Callable<Integer> {

    enum Method {
        SCALE,
        FIT
    }

    @Parameters(
            paramLabel = "PRICING.yaml",
            arity = "1",
            description = "The pricing file; see docs/pricing-file.md.")
    private Path file = Path.of("");

    @Option(
            names = "--usage",
            paramLabel = "FILE",
            required = true,
            description = "The recorded calls of the time the bill is for.")
    private Path usage = Path.of("");

    @Option(
            names = "--bill",
            paramLabel = "BILL.csv",
            required = true,
            description = {
                "A FOCUS export, or category,amount with a period where there are several;",
                "see docs/measuring-cost.md."
            })
    private Path bill = Path.of("");

    @Option(
            names = "--method",
            paramLabel = "METHOD",
            converter = MethodConverter.class,
            defaultValue = "scale",
            description = {
                "scale (default): rates so that the model is the bill exactly;",
                "fit: least squares over the periods, with overhead that is always there."
            })
    private Method method = Method.SCALE;

    @Mixin private Output output = new Output();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var pricing = PricingFile.read(file);
        var paid = Bill.read(bill, pricing.currency(), pricing.costs().services());
        boolean byMonth = paid.lines().stream().anyMatch(line -> !line.period().isEmpty());
        var model = new TreeMap<String, CostBreakdown>();
        var used = new UsedResources(pricing.costRates());
        pricing.usageLog(usage)
                .forEach(event -> {
                    var at = event.at();
                    if (byMonth && at == null) {
                        throw new IllegalArgumentException(
                                usage
                                        + ":"
                                        + event.row()
                                        + ": the call has no time, and the bill is by month;"
                                        + " expected a column such as time, or usage.time in the"
                                        + " pricing file");
                    }
                    var period =
                            byMonth && at != null
                                    ? at.atZone(ZoneOffset.UTC)
                                            .toLocalDate()
                                            .toString()
                                            .substring(0, 7)
                                    : "";
                    used.add(event.use());
                    model.merge(period, pricing.costRates().cost(event.use()), CostBreakdown::plus);
                });
        var lines =
                paid.lines().stream()
                        .map(line ->
                                new Billed(
                                        line.period(),
                                        line.category(),
                                        line.service(),
                                        line.amount()))
                        .toList();
        var found =
                switch (method) {
                    case SCALE -> Calibration.scale(pricing.costRates(), model, lines);
                    case FIT -> Calibration.fit(pricing.costRates(), model, lines);
                };
        output.print(
                new CalibrationText(found, used.unrated(lines), paid, pricing.currency()),
                spec.commandLine());
        return ExitCode.DONE;
    }

    private static final class MethodConverter extends WordConverter<Method> {

        MethodConverter() {
            super(Method.class);
        }
    }
}
