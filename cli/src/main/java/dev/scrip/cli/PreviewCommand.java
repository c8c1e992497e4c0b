package dev.scrip.cli;

import dev.scrip.insight.DayPreview;
import dev.scrip.pricing.Prose;
import dev.scrip.pricingfile.DayLog;
import dev.scrip.pricingfile.PricingFile;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `scrip preview`: a day of real calls by the adjustments of a pricing file.
@Command(
        name = "preview",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        header = {
            "Prices a day of recorded calls, hour by hour, beside the table without adjustments.",
            "",
            "Examples:",
            "  scrip preview pricing.yaml --usage calls.csv",
            "  scrip preview pricing.yaml --usage calls.csv --load load.csv --day 2026-03-01",
            ""
        },
        footer = {
            "",
            "calls.csv: at,operation and perhaps quantity,account,plan,commitment",
            "load.csv:  at,load"
        })
final class PreviewCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "PRICING.yaml",
            arity = "1",
            description = "The pricing file; see docs/pricing-file.md.")
    private Path file = Path.of("");

    @Option(
            names = "--usage",
            paramLabel = "CALLS.csv",
            required = true,
            description = "The calls, each with the instant it was made at.")
    private Path usage = Path.of("");

    @Option(
            names = "--load",
            paramLabel = "LOAD.csv",
            description = "The load over the day; each reading holds until the next.")
    private @Nullable Path load;

    @Option(
            names = "--day",
            paramLabel = "DATE",
            description = "In UTC; the day of the first call when not given.")
    private @Nullable LocalDate day;

    @Mixin private Output output = new Output();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var book = PricingFile.read(file).toPriceBook(file.toString(), Instant.EPOCH);
        var calls =
                DayLog.calls(usage, book.plans().keySet()).stream()
                        .map(one ->
                                new DayPreview.Call(
                                        one.operation(), one.quantity(), one.circumstances()))
                        .toList();
        NavigableMap<Instant, BigDecimal> loads =
                load == null ? Collections.emptyNavigableMap() : DayLog.loads(load);
        var first =
                dayOf(
                        calls.stream()
                                .map(call -> call.circumstances().at())
                                .min(Instant::compareTo)
                                .orElseThrow());
        var shown = day == null ? first : day;
        var preview =
                DayPreview.of(book, shown.atStartOfDay(ZoneOffset.UTC).toInstant(), calls, loads);
        if (preview.day().calls() + preview.day().refused() == 0 && preview.unknown().isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "no call of "
                            + usage
                            + " was made on "
                            + shown
                            + " in UTC; the first one was on "
                            + first);
        }
        tellLeftOut(shown, calls);
        output.print(new PreviewText(preview, book.currency()), spec.commandLine());
        return ExitCode.DONE;
    }

    /// A log of several days must not pass for one day.
    private void tellLeftOut(LocalDate shown, List<DayPreview.Call> calls) {
        long elsewhere =
                calls.stream()
                        .filter(call -> !dayOf(call.circumstances().at()).equals(shown))
                        .count();
        if (elsewhere > 0) {
            spec.commandLine()
                    .getErr()
                    .printf(
                            Locale.ROOT,
                            "Left out: %,d of %s of %s, not made on %s in UTC; --day shows"
                                    + " another day.%n",
                            elsewhere,
                            Prose.counted(calls.size(), "call"),
                            usage,
                            shown);
        }
    }

    private static LocalDate dayOf(Instant instant) {
        return instant.atZone(ZoneOffset.UTC).toLocalDate();
    }
}
