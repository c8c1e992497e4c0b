package dev.scrip.cli;

import dev.scrip.insight.Backtest.Outcome;
import dev.scrip.pricing.PriceBook;
import dev.scrip.pricingfile.PricingFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// Recorded usage that a change of prices is tried on before it is published, and how its accounts
/// pay.
final class UsageOption {

    @Option(
            names = "--usage",
            paramLabel = "FILE",
            description = {
                "Recorded calls to try it on (.csv, .jsonl, .parquet); checks the rules about",
                "bills and about the margin of all calls."
            })
    private @Nullable Path usage;

    @Mixin private ReplayOptions replay = new ReplayOptions();

    /// What the usage comes to under both price books; null when none is given.
    ///
    /// @param columns the pricing file that names the columns of the log
    /// @throws IllegalArgumentException if the log, the accounts or a call cannot be used
    @Nullable Outcome replayed(
            PricingFile columns, PriceBook before, PriceBook after, CommandLine command) {
        if (usage == null) {
            refuseAlone(command);
            return null;
        }
        return replay.replay(columns, usage, before, after, command);
    }

    boolean isGiven() {
        return usage != null;
    }

    private void refuseAlone(CommandLine command) {
        if (replay.isGiven()) {
            throw new ParameterException(
                    command,
                    "--accounts, --plan and --no-overage say how recorded accounts pay: add --usage"
                            + " FILE");
        }
    }
}
