package dev.scrip.cli;

import dev.scrip.pricing.Adjustment;
import dev.scrip.pricing.Circumstances;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.PriceBook;
import dev.scrip.pricingfile.PricingFile;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `scrip quote`: what one call would cost, and every step to it.
@Command(
        name = "quote",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        header = {
            "Says what a call costs by a pricing file, with every step to the price.",
            "",
            "Examples:",
            "  scrip quote pricing.yaml video.process",
            "  scrip quote pricing.yaml video.process 2 --at 2026-03-01T03:00:00Z",
            "  scrip quote pricing.yaml image.resize --plan pro --commitment 1000000 --load 0.95",
            ""
        })
final class QuoteCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            paramLabel = "PRICING.yaml",
            description = "The pricing file; see docs/pricing-file.md.")
    private Path file = Path.of("");

    @Parameters(index = "1", paramLabel = "OPERATION", description = "Such as video.process.")
    private String operation = "";

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "QUANTITY",
            defaultValue = "1",
            description = "Units of the operation; 1 when not given.")
    private BigDecimal quantity = BigDecimal.ONE;

    @Option(
            names = "--at",
            paramLabel = "INSTANT",
            description = {
                "When the call is made, such as 2026-03-01T03:00:00Z, or a day, which begins at",
                "00:00 UTC; now when not given."
            })
    private @Nullable Instant at;

    @Option(names = "--plan", paramLabel = "PLAN", description = "The plan of the account.")
    private @Nullable String plan;

    @Option(
            names = "--account",
            paramLabel = "ACCOUNT",
            description = "With its workspace, such as live/acme.")
    private @Nullable String account;

    @Option(
            names = "--commitment",
            paramLabel = "CREDITS",
            defaultValue = "0",
            description = "Credits a month that the account promised to buy.")
    private Credits commitment = Credits.ZERO;

    @Option(
            names = "--used",
            paramLabel = "CREDITS",
            defaultValue = "0",
            description = "Credits that it has used in its period.")
    private Credits used = Credits.ZERO;

    @Option(
            names = "--load",
            paramLabel = "LOAD",
            description = "Such as 0.95, where 1 is full capacity; not known when not given.")
    private @Nullable BigDecimal load;

    @Mixin private Output output = new Output();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var when = at == null ? Instant.now() : at;
        var book = PricingFile.read(file).toPriceBook(file.toString(), Instant.EPOCH);
        var circumstances = circumstances(book, when);
        var quote = book.quote(operation, quantity, circumstances);
        var table = book.quote(operation, quantity);
        if (quote == null || table == null) {
            throw refusal(
                    "there is no operation '"
                            + operation
                            + "'; known: "
                            + String.join(", ", book.operations().keySet()));
        }
        output.print(new QuoteText(book, quote, table, when), spec.commandLine());
        return ExitCode.DONE;
    }

    private Circumstances circumstances(PriceBook book, Instant when) {
        if (plan != null && !book.plans().containsKey(plan)) {
            throw refusal(
                    "there is no plan '"
                            + plan
                            + "'; known: "
                            + (book.plans().isEmpty()
                                    ? "none"
                                    : String.join(", ", book.plans().keySet())));
        }
        if (account != null && !OperationUse.ACCOUNT.matcher(account).matches()) {
            throw refusal(
                    "--account '"
                            + account
                            + "' is no account with its workspace, such as live/acme");
        }
        if (load != null) {
            Adjustment.LoadPrice.requireLoad(load);
        }
        return Circumstances.at(when)
                .under(book.adjustments().loadPricesOn(Set.of(), load))
                .by(account, plan, commitment, used);
    }

    private ParameterException refusal(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
