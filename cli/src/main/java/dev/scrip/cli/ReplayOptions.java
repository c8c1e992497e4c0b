package dev.scrip.cli;

import dev.scrip.insight.Backtest;
import dev.scrip.insight.RecordedCall;
import dev.scrip.insight.Subscriber;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import dev.scrip.pricing.PriceBook;
import dev.scrip.pricing.ResourceUse;
import dev.scrip.pricingfile.PricingFile;
import dev.scrip.pricingfile.SubscriberFile;
import dev.scrip.pricingfile.UsageEvent;
import java.io.PrintWriter;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The options of every command that replays recorded usage: how accounts pay.
final class ReplayOptions {

    private static final String NO_ACCOUNT = "everybody";
    private static final long CALLS_TOLD = 250_000;

    @Option(
            names = "--accounts",
            paramLabel = "ACCOUNTS.csv",
            description = {
                "Plans of accounts: account,plan and perhaps overage (unlimited, refuse or",
                "credits). Who is not in it, or has no plan, pays for all that is used."
            })
    private @Nullable Path accounts;

    @Option(
            names = "--plan",
            paramLabel = "PLAN",
            description = "The plan of every account that --accounts does not name.")
    private @Nullable String plan;

    @Option(
            names = "--no-overage",
            description = "Accounts of --plan are refused when their credits are spent.")
    private boolean noOverage;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    /// Replays usage through two price books, and says on a terminal how far it is.
    ///
    /// @param columns the pricing file that names the columns of the log
    /// @throws IllegalArgumentException if the log, the accounts or a call cannot be used
    Backtest.Outcome replay(
            PricingFile columns,
            Path usage,
            PriceBook before,
            PriceBook after,
            @Nullable PrintWriter progress) {
        var backtest = new Backtest(before, after, subscribers(before, after));
        var order = new CallOrder(usage, plan != null || accounts != null);
        columns.usageLog(usage)
                .forEach(event -> {
                    add(backtest, usage, event, order.next(event));
                    if (progress != null && backtest.calls() % CALLS_TOLD == 0) {
                        progress.printf("\r%,d calls replayed", backtest.calls());
                        progress.flush();
                    }
                });
        if (progress != null) {
            progress.print("\r\033[K");
            progress.flush();
        }
        order.remarks().forEach(spec.commandLine().getErr()::println);
        return backtest.outcome();
    }

    private static void add(Backtest backtest, Path usage, UsageEvent event, Instant at) {
        try {
            backtest.add(
                    new RecordedCall(
                            account(event),
                            event.operation(),
                            event.quantity(),
                            event.use().equals(ResourceUse.NONE) ? null : event.use(),
                            event.cost() == null
                                    ? null
                                    : Money.of(event.cost(), RoundingMode.HALF_UP),
                            at));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    usage + ":" + event.row() + ": " + e.getMessage(), e);
        }
    }

    /// The account without its workspace.
    private static String account(UsageEvent event) {
        var account = event.account();
        return account == null ? NO_ACCOUNT : account.substring(account.indexOf('/') + 1);
    }

    private Function<String, Subscriber> subscribers(PriceBook before, PriceBook after) {
        var plans = new TreeSet<>(before.plans().keySet());
        plans.retainAll(after.plans().keySet());
        if (plan != null && !plans.contains(plan)) {
            throw new IllegalArgumentException(
                    "--plan "
                            + plan
                            + " is not in both price books; expected one of "
                            + String.join(", ", plans));
        }
        var others = new Subscriber(plan, noOverage ? Credits.ZERO : null);
        if (accounts == null) {
            return _ -> others;
        }
        var file = SubscriberFile.read(accounts, plans);
        return account -> {
            var row = file.of(account);
            return row == null ? others : new Subscriber(row.plan(), row.overageLimit());
        };
    }
}
