package dev.scrip.cli;

import dev.scrip.insight.Backtest;
import dev.scrip.insight.RecordedCall;
import dev.scrip.insight.Subscriber;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import dev.scrip.pricing.PriceBook;
import dev.scrip.pricing.Prose;
import dev.scrip.pricing.ResourceUse;
import dev.scrip.pricingfile.PricingFile;
import dev.scrip.pricingfile.SubscriberFile;
import dev.scrip.pricingfile.UsageEvent;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/// The options of every command that replays recorded usage: how accounts pay.
final class ReplayOptions {

    private static final String NO_ACCOUNT = "everybody";
    private static final String DEFAULT_WORKSPACE = Backtest.WORKSPACE + "/";
    private static final int SHOWN_MAX = 5;
    private static final long CALLS_TOLD = 250_000;

    @Option(
            names = "--accounts",
            paramLabel = "ACCOUNTS.csv",
            description = {
                "Plans of accounts: account,plan and perhaps overage (unlimited, refuse or",
                "credits) and daily_cap, weekly_cap, monthly_cap (credits). Who is not in it,",
                "or has no plan, pays for all that is used."
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

    boolean isGiven() {
        return accounts != null || plan != null || noOverage;
    }

    /// Replays usage through two price books, and says on a terminal how far it is.
    ///
    /// @param columns the pricing file that names the columns of the log
    /// @throws IllegalArgumentException if the log, the accounts or a call cannot be used
    Backtest.Outcome replay(
            PricingFile columns,
            Path usage,
            PriceBook before,
            PriceBook after,
            CommandLine command) {
        var progress = Terminal.progress(command);
        var rows = subscribers(before, after);
        var backtest = new Backtest(before, after, account -> subscriber(rows, account));
        var order = new CallOrder(usage, plan != null || accounts != null);
        columns.usageLog(usage)
                .forEach(event -> {
                    add(backtest, usage, event, order.next(event));
                    if (progress != null && backtest.calls() % CALLS_TOLD == 0) {
                        progress.print(
                                "\r" + Prose.counted(backtest.calls(), "call") + " replayed");
                        progress.flush();
                    }
                });
        if (progress != null) {
            progress.print("\r\033[K");
            progress.flush();
        }
        var err = command.getErr();
        order.remarks().forEach(err::println);
        var outcome = backtest.outcome();
        idle(rows, usage, outcome).forEach(err::println);
        return outcome;
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

    /// Without the workspace that an account without one is in.
    private static String account(UsageEvent event) {
        var account = event.account();
        if (account == null) {
            return NO_ACCOUNT;
        }
        return account.length() > DEFAULT_WORKSPACE.length()
                        && account.startsWith(DEFAULT_WORKSPACE)
                ? account.substring(DEFAULT_WORKSPACE.length())
                : account;
    }

    /// The account's name in a file that may name it with its workspace or without; null when it
    /// does not.
    private static @Nullable String named(SubscriberFile rows, String account) {
        return Stream.of(
                        account,
                        DEFAULT_WORKSPACE + account,
                        account.substring(account.indexOf('/') + 1))
                .filter(name -> rows.of(name) != null)
                .findFirst()
                .orElse(null);
    }

    /// A row for nobody is mostly a row for somebody under another name.
    private List<String> idle(SubscriberFile rows, Path usage, Backtest.Outcome outcome) {
        var idle = new TreeSet<>(rows.rows().keySet());
        for (var one : outcome.accounts()) {
            var named = named(rows, one.account());
            if (named != null) {
                idle.remove(named);
            }
        }
        return idle.isEmpty()
                ? List.of()
                : List.of(
                        accounts
                                + ": "
                                + Prose.counted(idle.size(), "account")
                                + " without a call in "
                                + usage
                                + ": "
                                + idle.stream().limit(SHOWN_MAX).collect(Collectors.joining(", "))
                                + (idle.size() > SHOWN_MAX ? " …" : ""));
    }

    private Subscriber subscriber(SubscriberFile rows, String account) {
        var named = named(rows, account);
        var row = named == null ? null : rows.of(named);
        return row == null
                ? new Subscriber(plan, noOverage ? Credits.ZERO : null)
                : new Subscriber(
                        row.plan(),
                        row.overageLimit(),
                        row.dailyCap(),
                        row.weeklyCap(),
                        row.monthlyCap());
    }

    private SubscriberFile subscribers(PriceBook before, PriceBook after) {
        var plans = new TreeSet<>(before.plans().keySet());
        plans.retainAll(after.plans().keySet());
        if (plan != null && !plans.contains(plan)) {
            throw new IllegalArgumentException(
                    "--plan "
                            + plan
                            + " is not in both price books; "
                            + (plans.isEmpty()
                                    ? "they have no plan in common"
                                    : "expected one of " + String.join(", ", plans)));
        }
        return accounts == null
                ? new SubscriberFile(Collections.emptySortedMap())
                : SubscriberFile.read(accounts, plans);
    }
}
