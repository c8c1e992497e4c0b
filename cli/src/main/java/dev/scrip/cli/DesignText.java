package dev.scrip.cli;

import dev.scrip.cli.report.Bars;
import dev.scrip.cli.report.Block;
import dev.scrip.cli.report.Report;
import dev.scrip.cli.report.TextTable;
import dev.scrip.cli.report.TextTable.Column;
import dev.scrip.cli.report.TextTable.Side;
import dev.scrip.pricing.CreditTableDesign;
import dev.scrip.pricing.DesignWarning;
import dev.scrip.pricing.DesignedOperation;
import dev.scrip.pricing.Prose;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A credit table to read: the table, beneath it why each price is as it is, then the warnings.
final class DesignText {

    private static final String NONE = "–";
    private static final String CALLS = "calls";
    private static final String PER = "per";
    private static final String OTHERS = "vs others";

    private static final List<OperationColumn> COLUMNS =
            List.of(
                    new OperationColumn("operation", Side.LEFT, DesignedOperation::operation),
                    new OperationColumn(CALLS, Side.RIGHT, DesignText::calls),
                    new OperationColumn(
                            "unit cost",
                            Side.RIGHT,
                            one -> Numbers.plain(one.unitCost().round(new MathContext(5)))),
                    new OperationColumn("ratio", Side.RIGHT, one -> brief(one.costRatio())),
                    new OperationColumn(
                            "value", Side.RIGHT, one -> "×" + Numbers.plain(one.valueMultiplier())),
                    new OperationColumn("exact", Side.RIGHT, one -> brief(one.exactCredits())),
                    new OperationColumn(
                            "credits",
                            Side.RIGHT,
                            one -> one.isFree() ? "free" : one.credits().toString()),
                    new OperationColumn(PER, Side.LEFT, DesignText::per),
                    new OperationColumn(
                            "level",
                            Side.RIGHT,
                            one -> one.isFree() ? NONE : Integer.toString(one.level())),
                    new OperationColumn(
                            "margin", Side.RIGHT, one -> orNone(one.margin(), Numbers::percent)),
                    new OperationColumn(
                            OTHERS,
                            Side.RIGHT,
                            one ->
                                    orNone(
                                            one.competitorRatio(),
                                            ratio ->
                                                    "×"
                                                            + Numbers.plain(
                                                                    ratio.round(
                                                                            new MathContext(3))))));

    private record OperationColumn(
            String heading, Side side, Function<DesignedOperation, String> cell) {}

    private DesignText() {}

    static Report report(CreditTableDesign design) {
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Table("", table(design)));
        blocks.add(margins(design));
        blocks.add(new Block.Heading("Why"));
        var reasons = new ArrayList<Block.Term>();
        reasons.add(new Block.Term("a credit", design.creditPrice().why()));
        for (var operation : design.operations()) {
            reasons.add(new Block.Term(operation.operation(), operation.why()));
        }
        blocks.add(new Block.Terms(Block.Tone.PLAIN, reasons));
        if (!design.warnings().isEmpty()) {
            blocks.add(new Block.Heading("Warnings"));
            blocks.add(
                    new Block.Terms(
                            Block.Tone.WARNING,
                            design.warnings().stream()
                                    .map(one ->
                                            new Block.Term(heading(one), List.of(one.message())))
                                    .toList()));
        }
        return new Report("Credit table", summary(design), blocks);
    }

    private static Bars margins(CreditTableDesign design) {
        var bars = new ArrayList<Bars.Bar>();
        for (var operation : design.operations()) {
            var margin = operation.margin();
            if (margin != null) {
                var isLow = margin.compareTo(operation.marginFloor()) < 0;
                bars.add(
                        new Bars.Bar(
                                operation.operation(),
                                margin.doubleValue(),
                                Numbers.percent(margin),
                                isLow ? Block.Tone.WARNING : Block.Tone.PLAIN));
            }
        }
        var floor = design.brief().marginFloor();
        return new Bars(
                "Margin of each operation at list price",
                bars,
                floor.doubleValue(),
                "floor " + Numbers.percent(floor));
    }

    private static String summary(CreditTableDesign design) {
        var margin = design.blendedMargin();
        return design.creditPrice()
                + ", "
                + Prose.counted(design.levels(), "level")
                + " of the ladder "
                + design.ladder()
                + (margin == null
                        ? ""
                        : ", blended margin "
                                + Numbers.percent(margin)
                                + (design.weightedByCalls()
                                        ? " by calls"
                                        : " at one call of each operation"));
    }

    private static TextTable table(CreditTableDesign design) {
        var operations = design.operations();
        var columns = new ArrayList<>(COLUMNS);
        if (operations.stream().allMatch(one -> one.monthlyCalls() == null)) {
            columns.removeIf(column -> column.heading().equals(CALLS));
        }
        if (operations.stream().allMatch(one -> one.competitorRatio() == null)) {
            columns.removeIf(column -> column.heading().equals(OTHERS));
        }
        if (operations.stream().allMatch(one -> one.unit() == null)) {
            columns.removeIf(column -> column.heading().equals(PER));
        }
        var table =
                new TextTable(
                        columns.stream()
                                .map(column -> new Column(column.heading(), column.side()))
                                .toArray(Column[]::new));
        for (var operation : design.operations()) {
            table.add(
                    columns.stream()
                            .map(column -> column.cell().apply(operation))
                            .toArray(String[]::new));
        }
        return table;
    }

    private static String calls(DesignedOperation operation) {
        var calls = operation.monthlyCalls();
        return calls == null ? NONE : calls.toString();
    }

    private static String per(DesignedOperation operation) {
        var unit = operation.unit();
        return unit == null ? "call" : unit.words().substring("per ".length());
    }

    /// Two decimals, or three digits of what is smaller than one.
    private static String brief(BigDecimal value) {
        return Numbers.plain(
                value.compareTo(BigDecimal.ONE) < 0
                        ? value.round(new MathContext(3))
                        : value.setScale(2, RoundingMode.HALF_EVEN));
    }

    private static String orNone(@Nullable BigDecimal value, Function<BigDecimal, String> shown) {
        return value == null ? NONE : shown.apply(value);
    }

    private static String heading(DesignWarning warning) {
        return warning.code() + (warning.operation() == null ? "" : " " + warning.operation());
    }
}
