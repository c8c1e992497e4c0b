package dev.scrip.cli;

import dev.scrip.cli.report.Block;
import dev.scrip.cli.report.Curves;
import dev.scrip.cli.report.Report;
import dev.scrip.cli.report.TextTable;
import dev.scrip.cli.report.TextTable.Column;
import dev.scrip.pricing.Glide;
import dev.scrip.pricing.GlidePath;
import dev.scrip.pricing.GlidePath.DatedStep;
import dev.scrip.pricing.Prose;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// A glide path, with its calendar and notices when there are dates.
///
/// @param path null when these credits cannot move so
/// @param redenominated null unless they cannot
/// @param calendar null without dates
record GlideResult(
        Glide glide,
        @Nullable GlidePath path,
        @Nullable GlidePath redenominated,
        @Nullable Calendar calendar)
        implements Result {

    /// @param operation whose customers get a notice; null for none
    /// @param reason in the author's words; null for none
    record Calendar(
            LocalDate start, int noticeDays, @Nullable String operation, @Nullable String reason) {}

    /// The first day on which customers must be told; null without dates or steps.
    @Nullable LocalDate firstNotice() {
        var steps = steps();
        return steps.isEmpty() ? null : steps.getFirst().notice();
    }

    @Override
    public Report report() {
        var walked = walked();
        var blocks = new ArrayList<Block>();
        if (walked != null) {
            blocks.add(new Block.Table("", table(walked)));
            blocks.add(picture(walked));
            notices(walked, blocks);
        }
        return new Report("Glide path", lead(), blocks);
    }

    @Override
    public String json() {
        return JsonText.of(json -> {
            json.writeStartObject();
            json.writeBooleanProperty("reachable", path != null);
            path(json, path);
            json.writeName("redenominated");
            if (redenominated == null) {
                json.writeNull();
            } else {
                json.writeStartObject();
                json.writeNumberProperty("factor", redenominated.factor());
                path(json, redenominated);
                json.writeEndObject();
            }
            if (calendar != null) {
                calendar(json);
            }
            json.writeEndObject();
        });
    }

    @Override
    public List<String> csv() {
        var lines = new ArrayList<String>();
        lines.add("factor,month,credits,change,notice,effective");
        var walked = walked();
        if (walked != null) {
            var steps = steps();
            for (int i = 0; i < walked.values().size(); i++) {
                var step = i == 0 || steps.isEmpty() ? null : steps.get(i - 1);
                lines.add(
                        new CsvLine()
                                .figure(Long.toString(walked.factor()))
                                .figure(Integer.toString(i))
                                .figure(Numbers.plain(walked.values().get(i)))
                                .figure(i == 0 ? "" : Numbers.rate(change(walked, i)))
                                .figure(step == null ? "" : step.notice().toString())
                                .figure(step == null ? "" : step.effective().toString())
                                .toString());
            }
        }
        return lines;
    }

    private @Nullable GlidePath walked() {
        return path == null ? redenominated : path;
    }

    private List<DatedStep> steps() {
        var walked = walked();
        return calendar == null || walked == null
                ? List.of()
                : walked.onCalendar(calendar.start(), calendar.noticeDays());
    }

    private String lead() {
        var way =
                Numbers.plain(glide.from())
                        + " → "
                        + Numbers.plain(glide.to())
                        + " "
                        + Prose.numbered(glide.to(), "credit")
                        + ", at most "
                        + percent(glide.maxStep())
                        + " a month: ";
        if (path != null) {
            return way + months(path);
        }
        return way
                + "not reachable in "
                + (glide.decimals() == 0 ? "whole credits" : "steps of " + unit())
                + (redenominated == null
                        ? ""
                        : "; with "
                                + redenominated.factor()
                                + " new credits for each one, "
                                + months(redenominated));
    }

    private String unit() {
        return BigDecimal.ONE.movePointLeft(glide.decimals()).toPlainString();
    }

    private static String months(GlidePath path) {
        return Prose.counted(path.months(), "month");
    }

    private TextTable table(GlidePath walked) {
        var columns = new ArrayList<Column>();
        columns.add(Column.right("month"));
        columns.add(Column.right(walked.factor() == 1 ? "credits" : "new credits"));
        columns.add(Column.right("change"));
        var steps = steps();
        if (!steps.isEmpty()) {
            columns.add(Column.left("tell by"));
            columns.add(Column.left("in force from"));
        }
        var table = new TextTable(columns.toArray(Column[]::new));
        for (int i = 0; i < walked.values().size(); i++) {
            var cells = new ArrayList<String>();
            cells.add(Integer.toString(i));
            cells.add(Numbers.plain(walked.values().get(i)));
            cells.add(i == 0 ? "" : signed(change(walked, i)));
            if (!steps.isEmpty()) {
                cells.add(i == 0 ? "" : steps.get(i - 1).notice().toString());
                cells.add(i == 0 ? "" : steps.get(i - 1).effective().toString());
            }
            table.add(cells.toArray(String[]::new));
        }
        return table;
    }

    private static Curves picture(GlidePath walked) {
        var points = new ArrayList<Curves.Point>();
        for (int i = 0; i < walked.values().size(); i++) {
            points.add(new Curves.Point(i, walked.values().get(i).doubleValue()));
        }
        return new Curves(
                "Credits in each month",
                new Curves.Axis("month", Curves.Scale.LINEAR),
                new Curves.Axis("credits", Curves.Scale.LINEAR),
                List.of(new Curves.Curve("credits", Curves.Shape.STEPS, points)),
                null,
                List.of());
    }

    private void notices(GlidePath walked, List<Block> blocks) {
        var terms = new ArrayList<Block.Term>();
        for (var step : steps()) {
            var notice = notice(walked, step);
            if (notice != null) {
                terms.add(new Block.Term(notice.subject(), notice.paragraphs()));
            }
        }
        if (!terms.isEmpty()) {
            blocks.add(new Block.Heading("Notices to send"));
            blocks.add(new Block.Terms(Block.Tone.PLAIN, terms));
        }
    }

    private @Nullable GlideNotice notice(GlidePath walked, DatedStep step) {
        return calendar == null || calendar.operation() == null
                ? null
                : new GlideNotice(calendar.operation(), calendar.reason(), walked, step, steps());
    }

    private static void path(JsonGenerator json, @Nullable GlidePath path) {
        JsonText.number(json, "months", path == null ? null : Integer.toString(path.months()));
        json.writeName("path");
        json.writeStartArray();
        if (path != null) {
            path.values().forEach(value -> json.writeNumber(Numbers.plain(value)));
        }
        json.writeEndArray();
    }

    private void calendar(JsonGenerator json) {
        json.writeName("calendar");
        json.writeStartArray();
        var walked = walked();
        for (var step : steps()) {
            json.writeStartObject();
            json.writeNumberProperty("month", step.number());
            JsonText.number(json, "before", Numbers.plain(step.before()));
            JsonText.number(json, "credits", Numbers.plain(step.credits()));
            json.writeStringProperty("notice", step.notice().toString());
            json.writeStringProperty("effective", step.effective().toString());
            var notice = walked == null ? null : notice(walked, step);
            if (notice != null) {
                json.writeStringProperty("subject", notice.subject());
                json.writeStringProperty("text", String.join("\n\n", notice.paragraphs()));
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static BigDecimal change(GlidePath walked, int step) {
        return walked.values()
                .get(step)
                .divide(walked.values().get(step - 1), MathContext.DECIMAL128)
                .subtract(BigDecimal.ONE);
    }

    private static String signed(BigDecimal share) {
        return (share.signum() > 0 ? "+" : "") + percent(share);
    }

    static String percent(BigDecimal share) {
        return Numbers.plain(share.movePointRight(2).setScale(1, RoundingMode.HALF_EVEN)) + " %";
    }
}
