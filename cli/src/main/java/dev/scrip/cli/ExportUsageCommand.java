package dev.scrip.cli;

import dev.scrip.audit.AuditException;
import dev.scrip.audit.RecordedCalls;
import dev.scrip.audit.RecordedCalls.Call;
import dev.scrip.pricing.PriceBook;
import dev.scrip.pricingfile.PricingFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `scrip export-usage`: what was charged, as a usage log.
@Command(
        name = "export-usage",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        header = {
            "Writes the calls that were charged as a usage log, for design, backtest and cohorts.",
            "",
            "Examples:",
            "  scrip export-usage --data data > usage.csv",
            "  scrip export-usage --data data --pricing pricing.yaml > usage.csv",
            "  scrip design pricing.yaml --usage usage.csv",
            ""
        },
        footer = {
            "",
            "A server may run meanwhile; nothing is written to what is read.",
            "Exit codes: 0 written, 2 unusable input."
        })
final class ExportUsageCommand implements Callable<Integer> {

    @Mixin private DataOptions data = new DataOptions();

    @Option(
            names = "--pricing",
            paramLabel = "PRICING.yaml",
            description = {
                "Leaves out costs that are exactly the unit costs of this file: they were",
                "expected, not measured."
            })
    private @Nullable Path pricing;

    @Option(
            names = "--workspace",
            paramLabel = "NAME",
            description = "Only of this workspace; of all when not given.")
    private @Nullable String workspace;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var command = spec.commandLine();
        var out = command.getOut();
        var book =
                pricing == null
                        ? null
                        : PricingFile.read(pricing).toPriceBook("expected", Instant.EPOCH);
        var workspaces = new TreeSet<String>();
        // Not by println, which would flush every line.
        out.print("account,operation,time,quantity,cost\n");
        try {
            RecordedCalls.read(
                    data.directory(),
                    data.journal(),
                    call -> {
                        var its = call.account().substring(0, call.account().indexOf('/'));
                        workspaces.add(its);
                        if (workspace == null || its.equals(workspace)) {
                            out.print(line(call, book) + "\n");
                        }
                    });
        } catch (AuditException e) {
            out.flush();
            return new AuditText(command).refuse(e);
        }
        out.flush();
        if (workspace != null && !workspaces.contains(workspace)) {
            command.getErr()
                    .println(
                            "There is no call of the workspace "
                                    + workspace
                                    + "; those with calls: "
                                    + (workspaces.isEmpty()
                                            ? "none"
                                            : String.join(", ", workspaces)));
        }
        return ExitCode.DONE;
    }

    private static String line(Call call, @Nullable PriceBook book) {
        return new CsvLine()
                .text(call.account())
                .text(call.operation())
                .figure(call.at().toString())
                .figure(Numbers.plain(call.quantity()))
                .figure(isExpected(call, book) ? "" : call.cost().toString())
                .toString();
    }

    private static boolean isExpected(Call call, @Nullable PriceBook book) {
        var quote = book == null ? null : book.quote(call.operation(), call.quantity());
        return quote != null && quote.cost().equals(call.cost());
    }
}
