package dev.scrip.cli;

import dev.scrip.cli.TextTable.Column;
import dev.scrip.cli.TextTable.Side;
import dev.scrip.pricing.CreditTableDesign;
import dev.scrip.pricing.DesignWarning;
import dev.scrip.pricing.DesignedOperation;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;

/// A credit table to read: the table, beneath it why each price is as it is, then the warnings.
final class DesignText {

    private static final int WIDTH = 100;
    private static final String NONE = "–";
    private static final String CALLS = "calls";
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
                    new OperationColumn(
                            "level",
                            Side.RIGHT,
                            one -> one.isFree() ? NONE : Integer.toString(one.level())),
                    new OperationColumn(
                            "margin", Side.RIGHT, one -> orNone(one.margin(), DesignText::percent)),
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

    static List<String> lines(CreditTableDesign design, Ansi colours) {
        var lines = new ArrayList<String>();
        var table = table(design).toLines();
        lines.add(Styled.text(colours, summary(design), Style.bold));
        lines.add("");
        lines.add(Styled.text(colours, table.getFirst(), Style.bold));
        lines.addAll(table.subList(1, table.size()));
        lines.add("");
        lines.add(Styled.text(colours, "Why", Style.bold));
        lines.add("  a credit");
        design.creditPrice().why().forEach(reason -> lines.addAll(wrapped(reason)));
        for (var operation : design.operations()) {
            lines.add("  " + operation.operation());
            operation.why().forEach(reason -> lines.addAll(wrapped(reason)));
        }
        if (!design.warnings().isEmpty()) {
            lines.add("");
            lines.add(Styled.text(colours, "Warnings", Style.bold));
            for (var warning : design.warnings()) {
                lines.add("  " + Styled.text(colours, heading(warning), Style.fg_yellow));
                lines.addAll(wrapped(warning.message()));
            }
        }
        return lines;
    }

    static List<String> markdown(CreditTableDesign design) {
        var lines = new ArrayList<String>();
        lines.add(summary(design));
        lines.add("");
        lines.addAll(table(design).toMarkdown());
        lines.add("");
        lines.add("## Why");
        lines.add("");
        lines.add("A credit: " + String.join(" ", design.creditPrice().why()));
        for (var operation : design.operations()) {
            lines.add("");
            lines.add("`" + operation.operation() + "`: " + String.join(" ", operation.why()));
        }
        if (!design.warnings().isEmpty()) {
            lines.add("");
            lines.add("## Warnings");
            lines.add("");
            for (var warning : design.warnings()) {
                lines.add("- `" + heading(warning) + "`: " + warning.message());
            }
        }
        return lines;
    }

    /// The codes a warning may have.
    static List<String> codes() {
        return Arrays.stream(DesignWarning.Kind.values())
                .map(kind -> new DesignWarning(kind, null, "").code())
                .toList();
    }

    private static String summary(CreditTableDesign design) {
        var margin = design.blendedMargin();
        return design.creditPrice()
                + ", "
                + design.levels()
                + (design.levels() == 1 ? " level" : " levels")
                + " of the ladder "
                + design.ladder()
                + (margin == null
                        ? ""
                        : ", blended margin "
                                + percent(margin)
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

    private static String percent(BigDecimal share) {
        return share.movePointRight(2).setScale(1, RoundingMode.HALF_EVEN).toPlainString() + " %";
    }

    private static String heading(DesignWarning warning) {
        return warning.code() + (warning.operation() == null ? "" : " " + warning.operation());
    }

    /// A sentence broken at spaces, indented under its heading.
    private static List<String> wrapped(String sentence) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder("   ");
        for (var word : sentence.split(" ", -1)) {
            if (line.length() + 1 + word.length() > WIDTH && !line.toString().isBlank()) {
                lines.add(line.toString());
                line = new StringBuilder("     ");
            }
            line.append(' ').append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
