package dev.scrip.cli;

import dev.scrip.pricing.PriceBook;
import dev.scrip.pricing.PriceBookDiff;
import dev.scrip.pricingfile.PricingFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `scrip diff`: what one pricing file, or a price book of a server, changes beside another.
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        header = {
            "Says what one pricing file changes beside another: credits, prices, margins, plans.",
            "With a server, its price books are compared, with each other or with a file.",
            "",
            "Examples:",
            "  scrip diff pricing-2025.yaml pricing.yaml",
            "  scrip diff old.yaml new.yaml --exit-code -o md",
            "  scrip diff pricing.yaml --server http://127.0.0.1:8080      beside the last price book",
            "  scrip diff pb_1 pb_2 --server http://127.0.0.1:8080",
            ""
        },
        footer = {
            "",
            "Exit codes: 0 done, 1 they differ and --exit-code was given, 2 unusable input."
        })
final class DiffCommand implements Callable<Integer> {

    private static final Pattern VERSION = Pattern.compile("pb_\\d+");

    @Parameters(
            arity = "1..2",
            paramLabel = "OLD NEW",
            description =
                    "Pricing files; with --server also versions such as pb_2. A single one is compared"
                            + " with the last price book of the server.")
    private List<String> sides = List.of();

    @Option(names = "--exit-code", description = "Exit 1 when they differ.")
    private boolean exitCode;

    @Mixin private ServerOption server = new ServerOption();

    @Mixin private Output output = new Output();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var diff = server.isGiven() ? withServer() : PriceBookDiff.between(file(0), file(1));
        output.print(new DiffResult(diff), spec.commandLine());
        return exitCode && !diff.isEmpty() ? ExitCode.FINDING : ExitCode.DONE;
    }

    private PriceBookDiff withServer() {
        try (var books = server.priceBooks()) {
            return sides.size() == 1
                    ? PriceBookDiff.between(books.last(), side(books, 0))
                    : PriceBookDiff.between(side(books, 0), side(books, 1));
        }
    }

    private PriceBook side(ServerPriceBooks books, int index) {
        return VERSION.matcher(sides.get(index)).matches()
                ? books.version(sides.get(index))
                : file(index);
    }

    private PriceBook file(int index) {
        if (index >= sides.size()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Name two pricing files, or one and a server with --server");
        }
        if (!server.isGiven() && VERSION.matcher(sides.get(index)).matches()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "The price book " + sides.get(index) + " is on a server: add --server URL");
        }
        return PricingFile.read(Path.of(sides.get(index)))
                .toPriceBook(index == 0 ? "old" : "new", Instant.EPOCH);
    }
}
