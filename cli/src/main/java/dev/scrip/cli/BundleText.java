package dev.scrip.cli;

import dev.scrip.cli.report.Block;
import dev.scrip.cli.report.Curves;
import dev.scrip.cli.report.Report;
import dev.scrip.cli.report.TextTable;
import dev.scrip.cli.report.TextTable.Column;
import dev.scrip.insight.BundleFindings;
import dev.scrip.insight.BundleOutcome;
import dev.scrip.insight.PlanFinding;
import dev.scrip.insight.SizedBundle;
import dev.scrip.pricing.Prose;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Chosen bundles to read: the plans, what comes next best, the usual methods, and warnings.
final class BundleText {

    private static final int LISTED_MAX = 10;
    private static final int DAYS = 30;
    private static final String NONE = "–";

    private final BundleResult result;

    BundleText(BundleResult result) {
        this.result = result;
    }

    Report report() {
        var blocks = new ArrayList<Block>();
        var findings = result.findings();
        if (findings == null) {
            blocks.add(new Block.Heading("Why nothing fits"));
            blocks.add(
                    new Block.Terms(
                            Block.Tone.WARNING,
                            List.of(new Block.Term("blocked by", result.answer().blocking()))));
        } else {
            blocks.add(new Block.Table("", plans(findings)));
            wall(findings, blocks);
        }
        if (result.answer().all().size() > 1) {
            blocks.add(new Block.Heading("The combinations with the largest profit"));
            blocks.add(new Block.Table("", combinations()));
        }
        methods(blocks);
        if (findings != null && !findings.warnings().isEmpty()) {
            blocks.add(new Block.Heading("Warnings"));
            var terms = new ArrayList<Block.Term>();
            for (var warning : findings.warnings()) {
                var plan = warning.plan() == null ? "" : " " + warning.plan();
                terms.add(new Block.Term(warning.code() + plan, List.of(warning.message())));
            }
            blocks.add(new Block.Terms(Block.Tone.WARNING, terms));
        }
        return new Report("Bundles", lead(), blocks);
    }

    private String lead() {
        var all = result.answer().all();
        long feasible = all.stream().filter(BundleOutcome::isFeasible).count();
        var tried =
                all.size() == 1
                        ? "1 combination tried"
                        : Prose.counted(all.size(), "combination")
                                + " tried on "
                                + Prose.counted(result.question().accounts().size(), "account")
                                + ", "
                                + grouped(BigDecimal.valueOf(feasible))
                                + " feasible";
        var best = result.answer().best();
        return best == null
                ? "INFEASIBLE: no combination keeps the constraints; " + tried
                : "Profit "
                        + money(best.profit())
                        + " a month, margin "
                        + percent(best.margin())
                        + ", "
                        + over(best)
                        + "; "
                        + tried;
    }

    private String over(BundleOutcome best) {
        if (!hasFees()) {
            return "no plan with a fee";
        }
        return best.paid() == 0
                ? "nobody on a plan with a fee"
                : percent(best.shareOver()) + " of paid accounts over their bundle";
    }

    private boolean hasFees() {
        return result.question().plans().stream().anyMatch(plan -> plan.fee().signum() > 0);
    }

    private static TextTable plans(BundleFindings findings) {
        var table =
                new TextTable(
                        Column.left("plan"),
                        Column.right("fee"),
                        Column.right("included"),
                        Column.right("accounts"),
                        Column.right("hit the wall"),
                        Column.right("half by day"),
                        Column.right("revenue"),
                        Column.right("margin"),
                        Column.right("at full use"),
                        Column.right("breakage"));
        for (var plan : findings.plans()) {
            var median = plan.wall().median();
            table.add(
                    plan.plan().id(),
                    money(plan.plan().fee()),
                    grouped(plan.included()),
                    grouped(BigDecimal.valueOf(plan.accounts())),
                    percent(plan.shareOver()),
                    median == null ? NONE : median.toString(),
                    money(plan.revenue()),
                    percent(plan.marginObserved()),
                    percent(plan.marginAtFullUse()),
                    percent(plan.breakageShare()));
        }
        return table;
    }

    /// How many have used up their bundle by each day.
    private static void wall(BundleFindings findings, List<Block> blocks) {
        var curves = new ArrayList<Curves.Curve>();
        for (var plan : findings.plans()) {
            if (plan.over() > 0 && plan.plan().fee().signum() > 0) {
                curves.add(new Curves.Curve(plan.plan().id(), Curves.Shape.STEPS, reached(plan)));
            }
        }
        if (!curves.isEmpty()) {
            blocks.add(
                    new Curves(
                            "Share of a plan's accounts that have hit the wall, by day",
                            new Curves.Axis("day", Curves.Scale.LINEAR),
                            new Curves.Axis("% of accounts", Curves.Scale.LINEAR),
                            curves,
                            null,
                            List.of()));
        }
    }

    private static List<Curves.Point> reached(PlanFinding plan) {
        var points = new ArrayList<Curves.Point>();
        int reached = 0;
        int last = Math.max(DAYS, plan.wall().accounts().lastKey());
        for (int day = 1; day <= last; day++) {
            reached += plan.wall().accounts().getOrDefault(day, 0);
            points.add(new Curves.Point(day, 100.0 * reached / plan.accounts()));
        }
        return points;
    }

    private TextTable combinations() {
        var columns = new ArrayList<Column>();
        result.question().plans().forEach(plan -> columns.add(Column.right(plan.id())));
        columns.add(Column.right("profit"));
        columns.add(Column.right("margin"));
        columns.add(Column.right("over, of paid"));
        columns.add(Column.left("feasible"));
        var table = new TextTable(columns.toArray(Column[]::new));
        var ranked =
                result.answer().all().stream()
                        .sorted(
                                Comparator.comparing((BundleOutcome one) -> !one.isFeasible())
                                        .thenComparing(
                                                BundleOutcome::profit, Comparator.reverseOrder())
                                        .thenComparing(BundleOutcome::shareOver))
                        .limit(LISTED_MAX)
                        .toList();
        for (var outcome : ranked) {
            var cells = new ArrayList<String>();
            outcome.included().values().forEach(included -> cells.add(grouped(included)));
            cells.add(money(outcome.profit()));
            cells.add(percent(outcome.margin()));
            cells.add(outcome.paid() == 0 ? NONE : percent(outcome.shareOver()));
            cells.add(
                    outcome.isFeasible()
                            ? "yes"
                            : "no: "
                                    + String.join(
                                            ", ",
                                            outcome.broken().stream()
                                                    .map(one -> one.substring(0, one.indexOf(':')))
                                                    .toList()));
            table.add(cells.toArray(String[]::new));
        }
        return table;
    }

    private void methods(List<Block> blocks) {
        var table =
                new TextTable(
                        Column.left("method"),
                        Column.left("plan"),
                        Column.right("credits"),
                        Column.right("friendly"),
                        Column.right("margin at full use"));
        var methods = result.methods();
        boolean asked =
                methods.costMultiple() != null
                        || methods.useCase() != null
                        || methods.parity() != null;
        if (!hasFees()) {
            blocks.add(
                    new Block.Paragraph(
                            "No plan has a fee, so nothing tells how much one should include"
                                    + (asked ? ", and the usual methods give nothing" : "")
                                    + ". Give the plan to size a fee greater than 0."));
            return;
        }
        if (!asked) {
            return;
        }
        method(table, "cost multiple", methods.costMultiple());
        method(table, "use case", methods.useCase());
        method(table, "competitors", methods.parity());
        blocks.add(new Block.Heading("What the usual methods give"));
        blocks.add(new Block.Table("", table));
    }

    private static void method(TextTable table, String name, @Nullable List<SizedBundle> bundles) {
        if (bundles == null) {
            return;
        }
        for (var bundle : bundles) {
            var low = whole(bundle.low());
            var high = whole(bundle.high());
            table.add(
                    name,
                    bundle.plan(),
                    low.equals(high) ? low : low + " to " + high,
                    grouped(bundle.friendly()),
                    percent(bundle.marginAtFullUse()));
        }
    }

    private static String whole(BigDecimal credits) {
        return grouped(credits.setScale(0, RoundingMode.HALF_EVEN));
    }

    private static String grouped(BigDecimal value) {
        var plain = value.stripTrailingZeros();
        return String.format(Locale.ENGLISH, "%,." + Math.max(0, plain.scale()) + "f", plain);
    }

    private static String money(BigDecimal amount) {
        return String.format(Locale.ENGLISH, "%,.2f", amount.setScale(2, RoundingMode.HALF_EVEN));
    }

    private static String percent(@Nullable BigDecimal share) {
        return share == null
                ? NONE
                : share.movePointRight(2).setScale(1, RoundingMode.HALF_EVEN).toPlainString()
                        + " %";
    }
}
