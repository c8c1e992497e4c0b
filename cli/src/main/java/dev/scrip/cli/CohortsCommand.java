package dev.scrip.cli;

import dev.scrip.insight.Cohorts;
import dev.scrip.insight.Cohorts.Heavy;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.DesignedOperation;
import dev.scrip.pricing.Ladder;
import dev.scrip.pricing.Prose;
import dev.scrip.pricingfile.PricingFile;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `scrip cohorts`: who keeps the old price of an operation that gets dearer.
@Command(
        name = "cohorts",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        header = {
            "Says which accounts keep the price of an operation that gets dearer.",
            "",
            "Examples:",
            "  scrip cohorts calls.csv --pricing pricing.yaml --operation image.enhance",
            "  scrip cohorts calls.csv --pricing pricing.yaml --operation image.enhance \\",
            "      --to 25 --min-monthly-credits 5000 --holdout 0.1 --until 2027-06-01",
            ""
        },
        footer = {"", "Exit codes: 0 done, 2 unusable input."})
final class CohortsCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "USAGE",
            description = "Recorded calls with accounts (.csv, .jsonl, .parquet).")
    private Path usage = Path.of("");

    @Option(
            names = "--pricing",
            paramLabel = "PRICING.yaml",
            required = true,
            description = "The pricing file of now; it names the columns of the usage.")
    private Path pricing = Path.of("");

    @Option(
            names = "--operation",
            paramLabel = "NAME",
            required = true,
            description = "What gets dearer.")
    private String operation = "";

    @Option(
            names = "--to",
            paramLabel = "CREDITS",
            description = {
                "What it shall cost; the lowest value of the ladder that keeps its margin",
                "floor when not given."
            })
    private @Nullable BigDecimal to;

    @ArgGroup private HeavyUse heavy = new HeavyUse();

    private static final class HeavyUse {

        @Option(
                names = "--heavy-share",
                paramLabel = "SHARE",
                description = "Accounts that use most of it, as a share of all; 0.1 (default).")
        private @Nullable BigDecimal share;

        @Option(
                names = "--min-monthly-credits",
                paramLabel = "CREDITS",
                description = "Instead: accounts that use so many credits of it in 30 days.")
        private @Nullable BigDecimal credits;

        Heavy rule() {
            if (credits != null) {
                return new Heavy.AtLeast(credits);
            }
            return new Heavy.TopShare(share == null ? new BigDecimal("0.1") : share);
        }
    }

    @Option(
            names = "--holdout",
            paramLabel = "SHARE",
            defaultValue = "0.1",
            description = {
                "Share of the others that keeps the price by lot, to measure what the new",
                "one does; 0.1 (default)."
            })
    private BigDecimal holdout = BigDecimal.ZERO;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of the lot; the same seed draws the same accounts. 1 (default).")
    private long seed;

    @Option(
            names = "--from",
            paramLabel = "DATE",
            description = "First day of the new price; today when not given.")
    private @Nullable LocalDate from;

    @Option(
            names = "--until",
            paramLabel = "DATE",
            description = "Day from which everybody pays the new price.")
    private @Nullable LocalDate until;

    @Option(
            names = "--workspace",
            paramLabel = "NAME",
            defaultValue = "live",
            description = "Of accounts that the usage names without one; live (default).")
    private String workspace = "";

    @Mixin private Output output = new Output();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var start = from == null ? LocalDate.now(ZoneId.systemDefault()) : from;
        if (until != null && !until.isAfter(start)) {
            throw unusable("--until (" + until + ") must be after the new price begins, " + start);
        }
        var file = PricingFile.read(pricing);
        var now =
                file.design().operations().stream()
                        .filter(one -> one.operation().equals(operation))
                        .findFirst()
                        .orElseThrow(() ->
                                unusable(
                                        "--operation "
                                                + operation
                                                + " is not in "
                                                + pricing
                                                + "; known: "
                                                + file.design().operations().stream()
                                                        .map(DesignedOperation::operation)
                                                        .collect(Collectors.joining(", "))));
        if (!OperationUse.ACCOUNT.matcher(workspace + "/a").matches()) {
            throw unusable(
                    "--workspace '"
                            + workspace
                            + "' is none; expected a lower-case letter and then up to 31 of"
                            + " a-z 0-9 _ -");
        }
        if (now.isFree()) {
            throw unusable("--operation " + operation + " is free, so there is no price to keep");
        }
        var target = target(file, now);
        var rule = new Cohorts(heavy.rule(), holdout, seed);
        var use = OperationUse.read(file, usage, operation, workspace);
        var members = rule.of(use.monthlyCredits());
        output.print(
                new CohortsResult(file.design(), now, target, rule, members, start, until),
                spec.commandLine());
        return ExitCode.DONE;
    }

    private Credits target(PricingFile file, DesignedOperation now) {
        var target = to == null ? floorCredits(file, now) : to;
        if (target.compareTo(now.credits().toBigDecimal()) <= 0) {
            throw unusable(
                    to == null
                            ? operation
                                    + " keeps its margin floor at "
                                    + now.credits()
                                    + " "
                                    + Prose.numbered(now.credits().toBigDecimal(), "credit")
                                    + ": say with --to what it shall cost"
                            : "--to ("
                                    + target.toPlainString()
                                    + ") must be more than the "
                                    + now.credits()
                                    + " "
                                    + Prose.numbered(now.credits().toBigDecimal(), "credit")
                                    + " of now");
        }
        return Credits.of(target, RoundingMode.HALF_UP);
    }

    /// The lowest value of the ladder that keeps the floor of an operation.
    private BigDecimal floorCredits(PricingFile file, DesignedOperation now) {
        var design = file.design();
        var needed =
                now.unitCost()
                        .divide(
                                BigDecimal.ONE
                                        .subtract(now.marginFloor())
                                        .multiply(design.creditPrice().perCredit().toBigDecimal()),
                                MathContext.DECIMAL128);
        if (needed.compareTo(design.ladder().values().getLast()) > 0) {
            throw unusable(
                    operation
                            + " needs more credits than the ladder has: say with --to what it"
                            + " shall cost");
        }
        return needed.signum() == 0
                ? BigDecimal.ZERO
                : design.ladder().round(needed, Ladder.Rounding.UP);
    }

    private ParameterException unusable(String problem) {
        return new ParameterException(spec.commandLine(), problem);
    }
}
