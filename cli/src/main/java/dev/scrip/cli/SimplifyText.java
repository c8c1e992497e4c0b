package dev.scrip.cli;

import dev.scrip.cli.report.Block;
import dev.scrip.cli.report.Curves;
import dev.scrip.cli.report.Report;
import dev.scrip.cli.report.TextTable;
import dev.scrip.cli.report.TextTable.Column;
import dev.scrip.insight.BillMoves;
import dev.scrip.insight.ExactPrice;
import dev.scrip.insight.SimplicityFrontier;
import dev.scrip.insight.Simplification;
import dev.scrip.pricing.Prose;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A reduced table to read: the frontier, then one number of levels in full.
final class SimplifyText {

    private final SimplifyResult result;

    SimplifyText(SimplifyResult result) {
        this.result = result;
    }

    static boolean isInBand(int levels) {
        return levels >= SimplicityFrontier.BAND_MIN && levels <= SimplicityFrontier.BAND_MAX;
    }

    static BigDecimal change(ExactPrice price, BigDecimal credits) {
        return credits.divide(price.credits(), MathContext.DECIMAL128).subtract(BigDecimal.ONE);
    }

    Report report() {
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Table("", frontier()));
        if (result.steps().size() > 1) {
            blocks.add(new Block.Paragraph(legend()));
            blocks.add(picture());
        }
        var shown = result.shown();
        blocks.add(new Block.Heading(heading(shown.levels())));
        blocks.add(new Block.Table("", assignment(shown.levels())));
        if (shown.bills() != null) {
            bills(shown.bills(), blocks);
        }
        return new Report("A simpler table", lead(), blocks);
    }

    private String lead() {
        int distinct = result.frontier().distinct();
        var knee = result.frontier().ladderKnee();
        return Prose.counted(result.prices().size(), "operation")
                + ", "
                + Prose.counted(distinct, "distinct level")
                + " exactly, ladder "
                + result.ladder()
                + ", weighed by "
                + result.weighting().name().toLowerCase(Locale.ROOT)
                + (knee == null ? "" : "; the knee is at " + Prose.counted(knee, "level"));
    }

    private static String legend() {
        return "Distortion is the sum over all operations of weight × (ln credits − ln exact)². The"
                + " knee is where the frontier from 1 to 15 levels bends most: more levels gain"
                + " little. People keep 5 to 15 levels in mind.";
    }

    private TextTable frontier() {
        var columns = new ArrayList<Column>();
        columns.add(Column.right("levels"));
        columns.add(Column.right("used"));
        columns.add(Column.right("distortion"));
        columns.add(Column.right("at best"));
        var hasBills = result.steps().getFirst().bills() != null;
        if (hasBills) {
            columns.add(Column.right("median bill"));
            columns.add(Column.right("p95 bill"));
            columns.add(Column.right("over 20 %"));
        }
        columns.add(Column.left("credits"));
        columns.add(Column.left("remark"));
        var table = new TextTable(columns.toArray(Column[]::new));
        for (var step : result.steps()) {
            var levels = step.levels();
            var cells = new ArrayList<String>();
            cells.add(Integer.toString(levels.levels()));
            cells.add(Integer.toString(levels.ladder().credits().size()));
            cells.add(distortion(levels.ladder().distortion()));
            cells.add(distortion(levels.free().distortion()));
            if (hasBills) {
                cells.add(move(step.bills(), BillMoves::median));
                cells.add(move(step.bills(), BillMoves::p95));
                cells.add(move(step.bills(), BillMoves::overFifth));
            }
            cells.add(
                    String.join(
                            ", ", levels.ladder().credits().stream().map(Numbers::plain).toList()));
            cells.add(remark(levels.levels()));
            table.add(cells.toArray(String[]::new));
        }
        return table;
    }

    private static String move(@Nullable BillMoves bills, Function<BillMoves, BigDecimal> figure) {
        return bills == null ? "" : percent(figure.apply(bills));
    }

    private String remark(int levels) {
        var remarks = new ArrayList<String>();
        if (isInBand(levels)) {
            remarks.add("in the band");
        }
        var ladderKnee = result.frontier().ladderKnee();
        if (ladderKnee != null && ladderKnee == levels) {
            remarks.add("knee");
        }
        var freeKnee = result.frontier().freeKnee();
        if (freeKnee != null && freeKnee == levels && !freeKnee.equals(ladderKnee)) {
            remarks.add("knee of free levels");
        }
        return String.join(", ", remarks);
    }

    private Curves picture() {
        var ladder = new ArrayList<Curves.Point>();
        var free = new ArrayList<Curves.Point>();
        var marks = new ArrayList<Curves.Mark>();
        for (var step : result.steps()) {
            var levels = step.levels();
            var at = point(levels, levels.ladder().distortion());
            ladder.add(at);
            free.add(point(levels, levels.free().distortion()));
            if (remark(levels.levels()).endsWith("knee")) {
                marks.add(new Curves.Mark(at, "knee"));
            }
        }
        return new Curves(
                "Distortion by number of levels",
                new Curves.Axis("levels", Curves.Scale.LINEAR),
                new Curves.Axis("distortion", Curves.Scale.LINEAR),
                List.of(
                        new Curves.Curve("on the ladder", Curves.Shape.LINE, ladder),
                        new Curves.Curve("any figures", Curves.Shape.LINE, free)),
                new Curves.Band(
                        SimplicityFrontier.BAND_MIN,
                        SimplicityFrontier.BAND_MAX,
                        "easy to keep in mind"),
                marks);
    }

    private static Curves.Point point(Simplification levels, BigDecimal distortion) {
        return new Curves.Point(levels.levels(), distortion.doubleValue());
    }

    private static String heading(Simplification levels) {
        int used = levels.ladder().credits().size();
        return "The table with "
                + Prose.counted(levels.levels(), "level")
                + (used == levels.levels() ? "" : ", of which it uses " + used);
    }

    private TextTable assignment(Simplification levels) {
        var table =
                new TextTable(
                        Column.left("operation"),
                        Column.right("exact"),
                        Column.right("credits"),
                        Column.right("change"));
        var rising =
                result.prices().stream()
                        .sorted(
                                Comparator.comparing(ExactPrice::credits)
                                        .thenComparing(ExactPrice::operation))
                        .toList();
        for (var price : rising) {
            var credits = levels.ladder().assignment().get(price.operation());
            if (credits != null) {
                table.add(
                        price.operation(),
                        Numbers.plain(price.credits()),
                        Numbers.plain(credits),
                        signed(change(price, credits)));
            }
        }
        return table;
    }

    private static void bills(BillMoves bills, List<Block> blocks) {
        blocks.add(new Block.Heading("Whose bill moves, for the calls they make today"));
        blocks.add(
                new Block.Paragraph(
                        "Of "
                                + Prose.counted(bills.moves().size(), "account")
                                + " half move by at most "
                                + percent(bills.median())
                                + ", 95 % by at most "
                                + percent(bills.p95())
                                + ", and "
                                + percent(bills.overFifth())
                                + " of them by more than 20 %. All bills together change by "
                                + signed(bills.total())
                                + ". The largest:"));
        var table =
                new TextTable(
                        Column.left("account"),
                        Column.right("credits before"),
                        Column.right("after"),
                        Column.right("change"));
        for (var move : bills.moves().stream().limit(SimplifyResult.LISTED_MAX).toList()) {
            table.add(
                    move.account(),
                    Numbers.rate(move.before()),
                    Numbers.rate(move.after()),
                    signed(move.change()));
        }
        blocks.add(new Block.Table("", table));
    }

    private static String distortion(BigDecimal value) {
        return value.setScale(4, RoundingMode.HALF_EVEN).toPlainString();
    }

    private static String signed(BigDecimal share) {
        return (share.signum() > 0 ? "+" : "") + percent(share);
    }

    private static String percent(BigDecimal share) {
        return share.movePointRight(2).setScale(1, RoundingMode.HALF_EVEN).toPlainString() + " %";
    }
}
