package dev.scrip.cli;

import dev.scrip.insight.WhatIf;
import dev.scrip.insight.WhatIf.Change;
import dev.scrip.insight.WhatIf.Verdict;
import dev.scrip.pricingfile.PriceChanges;
import dev.scrip.pricingfile.PricingFile;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `scrip what-if`: what a credit table leaves when costs change.
@Command(
        name = "what-if",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        header = {
            "Says which operations go under their floor or under water when costs change, and when.",
            "",
            "Examples:",
            "  scrip what-if pricing.yaml --cost gpt-4o=+30% --from 2026-03-01",
            "  scrip what-if pricing.yaml --cost gpt-4o=+30% --cost compute=-10% -o md",
            "  scrip what-if pricing.yaml --price-changes llm_price_changes.csv --since 2026-01-01",
            ""
        },
        footer = {"", "Exit codes: 0 done, 1 a verdict of --fail-on was given, 2 unusable input."})
final class WhatIfCommand implements Callable<Integer> {

    private static final Pattern COST =
            Pattern.compile("([^=]{1,100})=([-+])(\\d{1,6}(\\.\\d{1,6})?) ?%");

    @Parameters(
            paramLabel = "PRICING.yaml",
            arity = "1",
            description = "The pricing file; see docs/pricing-file.md.")
    private Path file = Path.of("");

    @Option(
            names = "--cost",
            paramLabel = "NAME=+N%",
            description = {
                "A cost that changes: compute, memory, storage, bandwidth, third_party,",
                "a third-party unit, or the first part of its name. May be repeated."
            })
    private List<String> costs = List.of();

    @Option(
            names = "--from",
            paramLabel = "DATE",
            description = "The day from which --cost holds; today when not given.")
    private @Nullable LocalDate from;

    @Option(
            names = "--price-changes",
            paramLabel = "FILE",
            description = {
                "Dated changes of a supplier's prices as CSV; each is applied to the rates",
                "of the pricing file by what it is relative to the price before."
            })
    private @Nullable Path priceChanges;

    @Option(
            names = "--since",
            paramLabel = "DATE",
            description = {
                "Leaves out earlier changes of that file: those that the rates of the",
                "pricing file have already."
            })
    private @Nullable LocalDate since;

    @Option(
            names = "--usage",
            paramLabel = "FILE",
            description = "Recorded calls to take costs from, as for scrip design.")
    private @Nullable Path usage;

    @Option(
            names = "--fail-on",
            paramLabel = "VERDICT",
            converter = VerdictConverter.class,
            description = "Exit 1 when an operation is that or worse: under-floor, under-water.")
    private @Nullable Verdict failOn;

    @Mixin private Output output = new Output();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        if (costs.isEmpty() && priceChanges == null) {
            throw bad("nothing changes; expected --cost NAME=+N% or --price-changes FILE");
        }
        var pricing =
                usage == null ? PricingFile.read(file) : PricingFile.readWithUsage(file, usage);
        var whatIf = new WhatIf(pricing.design());
        var changes = new ArrayList<Change>();
        var day = from == null ? LocalDate.now(ZoneId.systemDefault()) : from;
        for (var cost : costs) {
            changes.add(change(cost, day, whatIf, pricing));
        }
        if (priceChanges != null) {
            for (var change : PriceChanges.read(priceChanges, pricing.costs().products())) {
                if (!whatIf.matches(change.unit()).isEmpty()
                        && (since == null || !change.date().isBefore(since))) {
                    changes.add(new Change(change.date(), change.unit(), change.factor()));
                }
            }
        }
        var steps = whatIf.after(changes);
        output.print(new WhatIfText(pricing.design(), steps), spec.commandLine());
        var limit = failOn;
        return limit != null
                        && steps.stream()
                                .flatMap(step -> step.operations().stream())
                                .anyMatch(one -> one.verdict().compareTo(limit) >= 0)
                ? ExitCode.FINDING
                : ExitCode.DONE;
    }

    private Change change(String text, LocalDate day, WhatIf whatIf, PricingFile pricing) {
        var found = COST.matcher(text);
        if (!found.matches()) {
            throw bad("--cost " + text + " is not understood; expected such as gpt-4o=+30%");
        }
        var name = found.group(1);
        if (whatIf.matches(name).isEmpty()) {
            var units = pricing.costRates().thirdParty().keySet();
            throw bad(
                    "--cost "
                            + name
                            + " is no cost of this pricing file; expected compute, memory, storage,"
                            + (units.isEmpty()
                                    ? " bandwidth or third_party"
                                    : " bandwidth, third_party or one of "
                                            + String.join(", ", units)));
        }
        var share = new BigDecimal(found.group(2) + found.group(3)).movePointLeft(2);
        var factor = BigDecimal.ONE.add(share);
        if (factor.signum() < 0) {
            throw bad("--cost " + text + " would make it negative; expected -100% or more");
        }
        return new Change(day, name, factor);
    }

    private ParameterException bad(String problem) {
        return new ParameterException(spec.commandLine(), problem);
    }

    private static final class VerdictConverter extends WordConverter<Verdict> {

        VerdictConverter() {
            super(Verdict.class);
        }
    }
}
