package dev.scrip.cli;

import dev.scrip.cli.report.Bars;
import dev.scrip.cli.report.Block;
import dev.scrip.cli.report.Curves;
import dev.scrip.cli.report.Curves.Axis;
import dev.scrip.cli.report.Curves.Curve;
import dev.scrip.cli.report.Curves.Point;
import dev.scrip.cli.report.Curves.Scale;
import dev.scrip.cli.report.Curves.Shape;
import dev.scrip.cli.report.TextTable;
import dev.scrip.cli.report.TextTable.Column;
import dev.scrip.insight.Backtest.AccountChange;
import dev.scrip.insight.Backtest.OperationChange;
import dev.scrip.insight.Backtest.Outcome;
import dev.scrip.insight.Tally;
import dev.scrip.pricing.Money;
import dev.scrip.pricing.Prose;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A backtest to read.
final class BacktestText {

    private static final String NONE = "–";
    private static final int ACCOUNTS_SHOWN = 10;
    private static final BigDecimal FAR = new BigDecimal("0.2");
    private static final Duration MONTH = Duration.ofDays(28);

    private BacktestText() {}

    /// How bills move.
    ///
    /// @param median by which share; null when no account had a bill
    /// @param p95 the share that 95 of 100 accounts stay at or under
    /// @param farAbove accounts whose bill rises by more than a fifth
    record Moves(@Nullable BigDecimal median, @Nullable BigDecimal p95, long farAbove) {

        static Moves of(Outcome outcome) {
            var shares = outcome.billChangeShares();
            return new Moves(
                    rank(shares, 50),
                    rank(shares, 95),
                    shares.stream().filter(share -> share.compareTo(FAR) > 0).count());
        }

        private static @Nullable BigDecimal rank(List<BigDecimal> sorted, int percent) {
            return sorted.isEmpty() ? null : sorted.get((sorted.size() * percent + 99) / 100 - 1);
        }
    }

    static String summary(Outcome outcome, String currency) {
        var before = outcome.billedBefore();
        var after = outcome.billedAfter();
        return "Billed "
                + currency
                + " "
                + money(before)
                + " → "
                + money(after)
                + change(before, after)
                + ", margin at list price "
                + percent(outcome.before().margin())
                + " → "
                + percent(outcome.after().margin());
    }

    static List<Block> blocks(Outcome outcome, String currency) {
        var blocks = new ArrayList<Block>();
        blocks.add(
                new Block.Paragraph(
                        String.format(
                                Locale.ROOT,
                                "%s made the calls, from %s to %s. They are taken to be made as"
                                        + " they were: nobody uses less because a price rose.",
                                Prose.counted(outcome.accounts().size(), "account"),
                                outcome.from(),
                                outcome.to())));
        blocks.add(new Block.Table("", totals(outcome)));
        unpriced(blocks, outcome);
        var onPlans = outcome.accounts().stream().anyMatch(one -> one.subscriber().plan() != null);
        if (onPlans && outcome.window().compareTo(MONTH) < 0) {
            blocks.add(
                    new Block.Paragraph(
                            "The log is shorter than a month: what plans include counts in full,"
                                    + " fees for as long as the log, so less is billed as overage"
                                    + " than over a whole period."));
        }
        blocks.add(new Block.Heading("Operations"));
        blocks.add(new Block.Table("", operations(outcome)));
        blocks.add(revenue(outcome));
        blocks.add(new Block.Heading("Accounts"));
        blocks.add(new Block.Paragraph(moves(outcome)));
        var curve = distribution(outcome);
        if (curve != null) {
            blocks.add(curve);
        }
        accounts(blocks, "Pay more, most first", outcome.losers());
        accounts(blocks, "Pay less, most first", outcome.winners());
        return blocks;
    }

    /// A call without a price is in no bill, and a log full of them says nothing.
    private static void unpriced(List<Block> blocks, Outcome outcome) {
        var terms = new ArrayList<Block.Term>();
        Predicate<OperationChange> old = one -> one.before().unpriced() == 0;
        Predicate<OperationChange> then = one -> one.after().unpriced() == 0;
        var neither = old.or(then).negate();
        unpriced(terms, "in neither pricing file", outcome, neither);
        unpriced(terms, "only in the old pricing file", outcome, then.negate().and(old));
        unpriced(terms, "only in the new pricing file", outcome, old.negate().and(then));
        if (outcome.operations().stream().allMatch(neither)) {
            terms.add(
                    new Block.Term(
                            "no call has a price",
                            List.of(
                                    "Maybe usage.operation of the pricing file names the wrong"
                                            + " column, or usage.names lacks what the log calls"
                                            + " operations.")));
        }
        if (!terms.isEmpty()) {
            blocks.add(new Block.Terms(Block.Tone.WARNING, terms));
        }
    }

    private static void unpriced(
            List<Block.Term> terms,
            String where,
            Outcome outcome,
            Predicate<OperationChange> isThere) {
        var their =
                outcome.operations().stream()
                        .filter(isThere)
                        .map(one ->
                                one.operation()
                                        + " ("
                                        + Prose.counted(calls(one.before()), "call")
                                        + ")")
                        .toList();
        if (!their.isEmpty()) {
            terms.add(new Block.Term(where, List.of(String.join(", ", their) + ".")));
        }
    }

    private static TextTable totals(Outcome outcome) {
        var table =
                new TextTable(
                        Column.left(""),
                        Column.right("old"),
                        Column.right("new"),
                        Column.right("change"));
        var before = outcome.before();
        var after = outcome.after();
        row(table, "calls charged", before.calls(), after.calls());
        row(table, "calls refused", before.refused(), after.refused());
        if (before.unpriced() + after.unpriced() > 0) {
            row(table, "calls without a price", before.unpriced(), after.unpriced());
        }
        table.add(
                "credits",
                figure(before.credits().toBigDecimal()),
                figure(after.credits().toBigDecimal()),
                change(before.credits().toBigDecimal(), after.credits().toBigDecimal()));
        row(table, "credits at list price", before.revenue(), after.revenue());
        row(table, "billed: fees and overage", outcome.billedBefore(), outcome.billedAfter());
        row(table, "cost", before.cost(), after.cost());
        table.add("margin at list price", percent(before.margin()), percent(after.margin()), "");
        return table;
    }

    private static void row(TextTable table, String name, long before, long after) {
        table.add(
                name,
                String.format(Locale.ROOT, "%,d", before),
                String.format(Locale.ROOT, "%,d", after),
                change(BigDecimal.valueOf(before), BigDecimal.valueOf(after)));
    }

    private static void row(TextTable table, String name, Money before, Money after) {
        table.add(
                name,
                money(before),
                money(after),
                change(before.toBigDecimal(), after.toBigDecimal()));
    }

    private static TextTable operations(Outcome outcome) {
        var table =
                new TextTable(
                        Column.left("operation"),
                        Column.right("calls"),
                        Column.right("refused"),
                        Column.right("credits"),
                        Column.right("then"),
                        Column.right("revenue"),
                        Column.right("then"),
                        Column.right("margin"),
                        Column.right("then"));
        for (var one : outcome.operations()) {
            table.add(
                    one.operation(),
                    String.format(Locale.ROOT, "%,d", calls(one.before())),
                    one.before().refused() == one.after().refused()
                            ? Long.toString(one.after().refused())
                            : one.before().refused() + " → " + one.after().refused(),
                    priced(one.before(), figure(one.before().credits().toBigDecimal())),
                    priced(one.after(), figure(one.after().credits().toBigDecimal())),
                    priced(one.before(), money(one.before().revenue())),
                    priced(one.after(), money(one.after().revenue())),
                    percent(one.before().margin()),
                    percent(one.after().margin()));
        }
        return table;
    }

    private static long calls(Tally tally) {
        return tally.calls() + tally.refused() + tally.unpriced();
    }

    private static String priced(Tally tally, String figure) {
        return tally.unpriced() > 0 ? NONE : figure;
    }

    private static Bars revenue(Outcome outcome) {
        var bars = new ArrayList<Bars.Bar>();
        for (var one : outcome.operations()) {
            var change = one.after().revenue().minus(one.before().revenue());
            bars.add(
                    new Bars.Bar(
                            one.operation(),
                            change.toBigDecimal().doubleValue(),
                            signed(change),
                            change.isNegative() ? Block.Tone.WARNING : Block.Tone.PLAIN));
        }
        return new Bars("What each operation brings more or less, at list price", bars, null, "");
    }

    private static String moves(Outcome outcome) {
        var moves = Moves.of(outcome);
        return String.format(
                Locale.ROOT,
                "%,d pay more, %,d pay less, %,d the same. The median bill moves by %s, 95 of 100"
                        + " by no more than %s; %,d rise by more than 20 %%.",
                outcome.losers().size(),
                outcome.winners().size(),
                outcome.accounts().size() - outcome.losers().size() - outcome.winners().size(),
                DiffText.signed(moves.median()),
                DiffText.signed(moves.p95()),
                moves.farAbove());
    }

    private static @Nullable Curves distribution(Outcome outcome) {
        var shares = outcome.billChangeShares();
        if (shares.size() < 2 || shares.getFirst().compareTo(shares.getLast()) == 0) {
            return null;
        }
        var points = new ArrayList<Point>();
        for (int i = 0; i < shares.size(); i++) {
            points.add(
                    new Point(100.0 * (i + 1) / shares.size(), 100 * shares.get(i).doubleValue()));
        }
        return new Curves(
                "How far bills move: so many of 100 accounts by at most so much",
                new Axis("of 100 accounts", Scale.LINEAR),
                new Axis("change of the bill, %", Scale.LINEAR),
                List.of(new Curve("", Shape.STEPS, points)),
                null,
                List.of());
    }

    private static void accounts(List<Block> blocks, String caption, List<AccountChange> accounts) {
        if (accounts.isEmpty()) {
            return;
        }
        var table =
                new TextTable(
                        Column.left("account"),
                        Column.left("plan"),
                        Column.right("bill"),
                        Column.right("then"),
                        Column.right("by"),
                        Column.right(""),
                        Column.right("refused"),
                        Column.right("then"));
        for (var one : accounts.subList(0, Math.min(ACCOUNTS_SHOWN, accounts.size()))) {
            var plan = one.subscriber().plan();
            table.add(
                    one.account(),
                    plan == null ? NONE : plan,
                    money(one.billBefore()),
                    money(one.billAfter()),
                    signed(one.billChange()),
                    DiffText.signed(one.billChangeShare()),
                    Long.toString(one.before().refused()),
                    Long.toString(one.after().refused()));
        }
        var more = accounts.size() - ACCOUNTS_SHOWN;
        blocks.add(
                new Block.Table(
                        caption + (more > 0 ? " (" + more + " more in -o json)" : ""), table));
    }

    private static String change(BigDecimal before, BigDecimal after) {
        return before.compareTo(after) == 0 || before.signum() == 0
                ? ""
                : DiffText.signed(
                        after.divide(before, MathContext.DECIMAL128).subtract(BigDecimal.ONE));
    }

    private static String change(Money before, Money after) {
        var change = change(before.toBigDecimal(), after.toBigDecimal());
        return change.isEmpty() ? "" : " (" + change + ")";
    }

    private static String signed(Money money) {
        return (money.compareTo(Money.ZERO) > 0 ? "+" : "") + money(money);
    }

    /// Two decimals, or more digits of what is small.
    private static String money(Money money) {
        var value = money.toBigDecimal();
        return value.signum() == 0
                ? "0"
                : value.abs().compareTo(BigDecimal.ONE) < 0
                        ? Numbers.plain(value.round(new MathContext(3)))
                        : String.format(
                                Locale.ROOT, "%,.2f", value.setScale(2, RoundingMode.HALF_EVEN));
    }

    private static String figure(BigDecimal value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    private static String percent(@Nullable BigDecimal share) {
        return share == null ? NONE : Numbers.percent(share);
    }
}
