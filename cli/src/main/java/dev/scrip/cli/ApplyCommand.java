package dev.scrip.cli;

import dev.scrip.client.Answer;
import dev.scrip.client.PriceBookVersion;
import dev.scrip.client.PublishOrder;
import dev.scrip.pricing.PriceBook;
import dev.scrip.pricing.PriceBookDiff;
import dev.scrip.pricing.PriceBookRules;
import dev.scrip.pricing.PriceBookRules.Violation;
import dev.scrip.pricingfile.PriceBookDocument;
import dev.scrip.pricingfile.PricingFile;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
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

/// `scrip apply`: publishes a pricing file, or an earlier price book again, on a running server.
@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        header = {
            "Publishes a pricing file on a running server, unless it breaks a rule of its own.",
            "",
            "Examples:",
            "  scrip apply pricing.yaml --server http://127.0.0.1:8080",
            "  scrip apply pricing.yaml --server $URL --effective 2027-01-01 --reason \"new model\"",
            "  scrip apply pricing.yaml --server $URL --usage calls.csv",
            "      checks the rules about bills, too",
            "  scrip apply pricing.yaml --server $URL --override \"agreed with sales on 3 May\"",
            "  scrip apply pricing.yaml --rollback pb_2 --server $URL",
            "      publishes pb_2 again, checked by the rules of the file",
            ""
        },
        footer = {
            "",
            "The admin key is taken from SCRIP_API_KEY or --key-file.",
            "Exit codes: 0 published, or nothing to change; 1 refused, nothing was published; 2 unusable",
            "input."
        })
final class ApplyCommand implements Callable<Integer> {

    private static final int CONFLICT = 409;
    private static final int UNPROCESSABLE = 422;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "PRICING.yaml",
            description = "The pricing file; with --rollback, only its rules count.")
    private @Nullable Path pricing;

    @Option(
            names = "--effective",
            paramLabel = "WHEN",
            description =
                    "When it takes effect: a time such as 2027-01-01T06:00:00Z, or a day, which begins"
                            + " at 00:00 UTC. At once when not given.")
    private @Nullable Instant effective;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept in the history.")
    private @Nullable String reason;

    @Option(
            names = "--override",
            paramLabel = "REASON",
            description = "Publishes although rules are broken, and keeps why.")
    private @Nullable String override;

    @Option(
            names = "--rollback",
            paramLabel = "VERSION",
            description = "Publishes this version again, as the newest.")
    private @Nullable String rollback;

    @Mixin private UsageOption usage = new UsageOption();

    @Mixin private ServerOption server = new ServerOption();

    @Mixin private Output output = new Output();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        check();
        var file = pricing == null ? null : PricingFile.read(pricing);
        try (var books = server.priceBooks()) {
            var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
            var from = effective == null ? now : effective;
            var last = books.last();
            var book = next(books, file, from);
            var diff = PriceBookDiff.between(last, book);
            if (diff.isEmpty()) {
                return print(new ApplyResult(diff, List.of(), new ApplyResult.Unchanged()));
            }
            var rules = file == null ? PriceBookRules.NONE : file.rules();
            var backtest =
                    file == null ? null : usage.replayed(file, last, book, spec.commandLine());
            boolean allChecked = backtest != null || !RuleCheck.needsUsage(rules);
            if (file == null) {
                remark(
                        "No rules were checked: name the pricing file that has them before --rollback.");
            } else if (!allChecked) {
                remarkUnchecked(rules);
            }
            var violations = RuleCheck.of(rules, diff, now, backtest);
            return override == null && !violations.isEmpty()
                    ? print(new ApplyResult(diff, violations, new ApplyResult.Broken()))
                    : publish(
                            books,
                            diff,
                            violations,
                            violations.isEmpty() && allChecked ? null : override);
        }
    }

    private void check() {
        if (pricing == null && rollback == null) {
            throw unusable("Name a pricing file, or a version with --rollback");
        }
        if (pricing == null && usage.isGiven()) {
            throw unusable(
                    "--usage is for the rules of a pricing file, which also names its columns: name"
                            + " one");
        }
        if (override != null && override.isBlank()) {
            throw unusable("--override needs a reason: it is kept in the history");
        }
    }

    private PriceBook next(ServerPriceBooks books, @Nullable PricingFile file, Instant from) {
        if (rollback != null) {
            return books.version(rollback).dated("next", from);
        }
        if (file == null) {
            throw unusable("Name a pricing file");
        }
        return file.toPriceBook("next", from);
    }

    /// @param exception why, although rules are broken, or may be
    private Integer publish(
            ServerPriceBooks books,
            PriceBookDiff diff,
            List<Violation> violations,
            @Nullable String exception) {
        var order =
                PublishOrder.of(PriceBookDocument.write(diff.after()), diff.before().version())
                        .from(effective)
                        .because(reason())
                        .although(exception);
        var calledOff = books.calledOffFrom(diff.after().effectiveFrom());
        return switch (books.publish(order)) {
            case Answer.Done<PriceBookVersion>(var published, _) ->
                    print(
                            new ApplyResult(
                                    diff,
                                    violations,
                                    new ApplyResult.Published(
                                            published.version(),
                                            published.effectiveFrom(),
                                            calledOff)));
            case Answer.Refused<PriceBookVersion>(var problem) -> {
                spec.commandLine().getErr().println("Nothing was published. " + problem);
                yield problem.status() == CONFLICT || problem.status() == UNPROCESSABLE
                        ? ExitCode.FINDING
                        : ExitCode.UNUSABLE_INPUT;
            }
        };
    }

    /// A rollback says that it is one, unless there is more to say.
    private @Nullable String reason() {
        return reason == null && rollback != null ? "back to " + rollback : reason;
    }

    private Integer print(ApplyResult result) {
        output.print(result, spec.commandLine());
        return result.outcome() instanceof ApplyResult.Broken ? ExitCode.FINDING : ExitCode.DONE;
    }

    private void remarkUnchecked(PriceBookRules rules) {
        var unchecked = new ArrayList<String>();
        if (rules.minBlendedMargin() != null) {
            unchecked.add("min_blended_margin");
        }
        if (rules.maxBillRise() != null) {
            unchecked.add("max_bill_rise");
        }
        remark(
                "Not checked, for want of recorded usage: "
                        + String.join(", ", unchecked)
                        + ". --usage FILE checks them.");
    }

    private void remark(String sentence) {
        spec.commandLine().getErr().println(sentence);
    }

    private ParameterException unusable(String problem) {
        return new ParameterException(spec.commandLine(), problem);
    }
}
