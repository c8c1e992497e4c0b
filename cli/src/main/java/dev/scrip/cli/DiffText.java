package dev.scrip.cli;

import dev.scrip.cli.report.Bars;
import dev.scrip.cli.report.Block;
import dev.scrip.cli.report.TextTable;
import dev.scrip.cli.report.TextTable.Column;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Plan;
import dev.scrip.pricing.PriceBook;
import dev.scrip.pricing.PriceBookDiff;
import dev.scrip.pricing.PriceBookDiff.Kind;
import dev.scrip.pricing.PriceBookDiff.OperationChange;
import dev.scrip.pricing.Prose;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A change of prices to read.
final class DiffText {

    private static final String NONE = "–";

    private DiffText() {}

    static String summary(PriceBookDiff diff) {
        if (diff.isEmpty()) {
            return "Nothing changes.";
        }
        var parts = new ArrayList<String>();
        count(
                parts,
                diff,
                "dearer",
                one -> one.before() != null && one.after() != null && one.isWorse());
        count(parts, diff, "cheaper", one -> one.priceMoves() && !one.isWorse());
        count(parts, diff, "new", one -> one.kind() == Kind.ADDED);
        count(parts, diff, "gone", one -> one.kind() == Kind.REMOVED);
        var operations = parts.isEmpty() ? "No price moves" : String.join(", ", parts);
        var before = diff.before().levels();
        var after = diff.after().levels();
        return operations
                + "; "
                + price(diff)
                + "; "
                + (before == after ? "still " : before + " → ")
                + Prose.counted(after, "level");
    }

    static List<Block> blocks(PriceBookDiff diff) {
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Table("", operations(diff)));
        var moved = moves(diff);
        if (!moved.bars().isEmpty()) {
            blocks.add(moved);
        }
        if (diff.plans().stream().anyMatch(one -> one.kind() != Kind.SAME)) {
            blocks.add(new Block.Heading("Plans"));
            blocks.add(new Block.Table("", plans(diff)));
        }
        var effective = effective(diff);
        if (effective != null) {
            blocks.add(new Block.Heading("What a call costs by plan"));
            blocks.add(
                    new Block.Paragraph(
                            "At the price of a credit that the plan's fee includes, in "
                                    + diff.after().currency()
                                    + "."));
            blocks.add(new Block.Table("", effective));
        }
        var others = others(diff);
        if (!others.isEmpty()) {
            blocks.add(new Block.Heading("Also"));
            others.forEach(one -> blocks.add(new Block.Paragraph(one)));
        }
        return blocks;
    }

    private static String price(PriceBookDiff diff) {
        var before = perThousand(diff.before());
        var after = perThousand(diff.after());
        return before.equals(after) ? "a credit stays at " + after : before + " → " + after;
    }

    private static String perThousand(PriceBook book) {
        return book.currency()
                + " "
                + Numbers.plain(book.creditPrice().toBigDecimal().movePointRight(3))
                + " per 1,000 credits";
    }

    private static void count(
            List<String> parts, PriceBookDiff diff, String what, Predicate<OperationChange> which) {
        long count = diff.operations().stream().filter(which).count();
        if (count > 0) {
            parts.add(count + " " + what);
        }
    }

    private static TextTable operations(PriceBookDiff diff) {
        var table =
                new TextTable(
                        Column.left("operation"),
                        Column.left("change"),
                        Column.right("credits"),
                        Column.right("price"),
                        Column.right("by"),
                        Column.right("margin"));
        for (var change : diff.operations()) {
            var before = change.before();
            var after = change.after();
            table.add(
                    change.operation(),
                    word(change),
                    arrow(
                            before == null ? null : before.credits().toString(),
                            after == null ? null : after.credits().toString()),
                    arrow(plain(change.priceBefore()), plain(change.priceAfter())),
                    change.priceMoves() ? signed(change.priceChange()) : "",
                    arrow(percent(change.marginBefore()), percent(change.marginAfter())));
        }
        return table;
    }

    /// Whether it changed in what the row shows, or in something less plain such as its title.
    private static String word(OperationChange change) {
        var before = change.before();
        var after = change.after();
        if (change.kind() == Kind.SAME) {
            return "";
        }
        var isSeen =
                before == null
                        || after == null
                        || change.priceMoves()
                        || !before.credits().equals(after.credits())
                        || !before.unitCost().equals(after.unitCost());
        return isSeen ? DiffResult.word(change.kind()) : "details";
    }

    private static Bars moves(PriceBookDiff diff) {
        var bars = new ArrayList<Bars.Bar>();
        for (var change : diff.operations()) {
            var share = change.priceChange();
            if (share != null && change.priceMoves()) {
                bars.add(
                        new Bars.Bar(
                                change.operation(),
                                share.doubleValue(),
                                signed(share),
                                change.isWorse() ? Block.Tone.WARNING : Block.Tone.PLAIN));
            }
        }
        return new Bars("How far the price of a call moves", bars, null, "");
    }

    private static TextTable plans(PriceBookDiff diff) {
        var table =
                new TextTable(
                        Column.left("plan"),
                        Column.left("change"),
                        Column.right("fee"),
                        Column.right("included credits"));
        for (var change : diff.plans()) {
            var before = change.before();
            var after = change.after();
            table.add(
                    change.plan(),
                    change.kind() == Kind.SAME ? "" : DiffResult.word(change.kind()),
                    arrow(
                            before == null ? null : before.fee().toString(),
                            after == null ? null : after.fee().toString()),
                    arrow(
                            before == null ? null : before.includedCredits().toString(),
                            after == null ? null : after.includedCredits().toString()));
        }
        return table;
    }

    /// What each operation costs those who pay by a plan; null when no plan has a fee.
    private static @Nullable TextTable effective(PriceBookDiff diff) {
        var ids = new TreeSet<String>();
        for (var change : diff.plans()) {
            if (isPaid(change.before()) || isPaid(change.after())) {
                ids.add(change.plan());
            }
        }
        if (ids.isEmpty()) {
            return null;
        }
        var columns = new ArrayList<Column>();
        columns.add(Column.left("operation"));
        ids.forEach(id -> columns.add(Column.right(id)));
        var table = new TextTable(columns.toArray(Column[]::new));
        for (var change : diff.operations()) {
            var cells = new ArrayList<String>();
            cells.add(change.operation());
            for (var id : ids) {
                var before = change.before();
                var after = change.after();
                cells.add(
                        arrow(
                                effective(
                                        before == null ? null : before.credits(),
                                        diff.before().plans().get(id)),
                                effective(
                                        after == null ? null : after.credits(),
                                        diff.after().plans().get(id))));
            }
            table.add(cells.toArray(String[]::new));
        }
        return table;
    }

    private static boolean isPaid(@Nullable Plan plan) {
        return plan != null && !plan.fee().isZero() && plan.includedCredits().isPositive();
    }

    private static @Nullable String effective(@Nullable Credits credits, @Nullable Plan plan) {
        if (credits == null || plan == null || !isPaid(plan)) {
            return null;
        }
        return Numbers.plain(
                plan.fee()
                        .toBigDecimal()
                        .multiply(credits.toBigDecimal())
                        .divide(plan.includedCredits().toBigDecimal(), MathContext.DECIMAL128)
                        .round(new MathContext(4)));
    }

    private static List<String> others(PriceBookDiff diff) {
        var others = new ArrayList<String>();
        if (!diff.before().costRates().equals(diff.after().costRates())) {
            others.add(
                    "The cost rates change: margins of measured calls are counted by the new ones.");
        }
        if (diff.before().burnPreference() != diff.after().burnPreference()) {
            others.add(
                    "The burn order of new subscriptions changes from "
                            + diff.before().burnPreference().word()
                            + " to "
                            + diff.after().burnPreference().word()
                            + ".");
        }
        if (!diff.before().adjustments().equals(diff.after().adjustments())) {
            others.add(
                    "The adjustments change: "
                            + diff.before().adjustments().rules().size()
                            + " before, "
                            + diff.after().adjustments().rules().size()
                            + " after.");
        }
        return others;
    }

    private static String arrow(@Nullable String before, @Nullable String after) {
        if (before == null || after == null) {
            return (before == null ? NONE : before) + " → " + (after == null ? NONE : after);
        }
        return before.equals(after) ? after : before + " → " + after;
    }

    private static @Nullable String plain(@Nullable BigDecimal value) {
        return value == null ? null : Numbers.plain(value.round(new MathContext(5)));
    }

    private static @Nullable String percent(@Nullable BigDecimal share) {
        return share == null ? null : Numbers.percent(share);
    }

    static String signed(@Nullable BigDecimal share) {
        if (share == null) {
            return NONE;
        }
        return (share.signum() > 0 ? "+" : "") + Numbers.percent(share);
    }
}
