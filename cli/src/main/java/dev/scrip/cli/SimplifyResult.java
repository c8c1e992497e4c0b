package dev.scrip.cli;

import dev.scrip.cli.report.Report;
import dev.scrip.insight.BillMoves;
import dev.scrip.insight.ExactPrice;
import dev.scrip.insight.SimplicityFrontier;
import dev.scrip.insight.Simplification;
import dev.scrip.insight.Weighting;
import dev.scrip.pricing.Ladder;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// A table reduced to some numbers of levels.
///
/// @param steps those that were asked for
record SimplifyResult(
        List<ExactPrice> prices,
        Ladder ladder,
        Weighting weighting,
        SimplicityFrontier frontier,
        List<Step> steps)
        implements Result {

    /// How many accounts are listed.
    static final int LISTED_MAX = 10;

    /// @param bills whose bill moves; null without usage
    record Step(Simplification levels, @Nullable BillMoves bills) {}

    static SimplifyResult of(
            List<ExactPrice> prices,
            Ladder ladder,
            Weighting weighting,
            SimplicityFrontier frontier,
            LevelRange range,
            @Nullable SortedMap<String, SortedMap<String, BigDecimal>> usage) {
        var before = new TreeMap<String, BigDecimal>();
        prices.forEach(price -> before.put(price.operation(), price.credits()));
        var steps = new ArrayList<Step>();
        for (var step : frontier.steps()) {
            if (step.levels() >= range.from()) {
                var after = step.ladder().assignment();
                steps.add(
                        new Step(step, usage == null ? null : BillMoves.of(before, after, usage)));
            }
        }
        return new SimplifyResult(prices, ladder, weighting, frontier, steps);
    }

    /// The step that is shown in full: the only one, or the knee on the ladder, or the last.
    Step shown() {
        var knee = frontier.ladderKnee();
        for (var step : steps) {
            if (knee != null && step.levels().levels() == knee) {
                return step;
            }
        }
        return steps.getLast();
    }

    @Override
    public Report report() {
        return new SimplifyText(this).report();
    }

    @Override
    public List<String> csv() {
        var lines = new ArrayList<String>();
        lines.add("levels,operation,exact_credits,monthly_calls,credits,change");
        for (var step : steps) {
            for (var price : prices) {
                var credits = step.levels().ladder().assignment().get(price.operation());
                if (credits != null) {
                    lines.add(
                            new CsvLine()
                                    .figure(Integer.toString(step.levels().levels()))
                                    .text(price.operation())
                                    .figure(Numbers.plain(price.credits()))
                                    .figure(Numbers.plain(price.monthlyCalls()))
                                    .figure(Numbers.plain(credits))
                                    .figure(Numbers.rate(SimplifyText.change(price, credits)))
                                    .toString());
                }
            }
        }
        return lines;
    }

    @Override
    public String json() {
        return JsonText.of(json -> {
            json.writeStartArray();
            steps.forEach(step -> step(json, step));
            json.writeEndArray();
        });
    }

    private void step(JsonGenerator json, Step step) {
        var levels = step.levels();
        json.writeStartObject();
        json.writeNumberProperty("levels", levels.levels());
        json.writeNumberProperty("distinct_values", frontier.distinct());
        json.writeBooleanProperty("in_band", SimplifyText.isInBand(levels.levels()));

        json.writeName("free");
        json.writeStartObject();
        JsonText.number(json, "distortion", Numbers.plain(levels.free().distortion()));
        numbers(json, "centres", levels.free().centres());
        json.writeName("sizes");
        json.writeStartArray();
        levels.free().sizes().forEach(json::writeNumber);
        json.writeEndArray();
        json.writeNumberProperty("levels_used", levels.free().centres().size());
        json.writeBooleanProperty("knee", isKnee(frontier.freeKnee(), levels));
        json.writeEndObject();

        json.writeName("ladder");
        json.writeStartObject();
        JsonText.number(json, "distortion", Numbers.plain(levels.ladder().distortion()));
        numbers(json, "credits", levels.ladder().credits());
        json.writeName("assignment");
        json.writeStartObject();
        levels.ladder()
                .assignment()
                .forEach((operation, credits) ->
                        JsonText.number(json, operation, Numbers.plain(credits)));
        json.writeEndObject();
        json.writeNumberProperty("levels_used", levels.ladder().credits().size());
        json.writeBooleanProperty("knee", isKnee(frontier.ladderKnee(), levels));
        json.writeEndObject();

        if (step.bills() != null) {
            bills(json, step.bills());
        }
        json.writeEndObject();
    }

    private static boolean isKnee(@Nullable Integer knee, Simplification levels) {
        return knee != null && knee == levels.levels();
    }

    private static void numbers(JsonGenerator json, String name, List<BigDecimal> values) {
        json.writeName(name);
        json.writeStartArray();
        values.forEach(value -> json.writeNumber(Numbers.plain(value)));
        json.writeEndArray();
    }

    private static void bills(JsonGenerator json, BillMoves bills) {
        json.writeName("bills");
        json.writeStartObject();
        json.writeNumberProperty("accounts", bills.moves().size());
        JsonText.number(json, "median_move", Numbers.rate(bills.median()));
        JsonText.number(json, "p95_move", Numbers.rate(bills.p95()));
        JsonText.number(json, "share_moved_over_20_percent", Numbers.rate(bills.overFifth()));
        JsonText.number(json, "total_change", Numbers.rate(bills.total()));
        json.writeName("largest");
        json.writeStartArray();
        for (var move : bills.moves().stream().limit(LISTED_MAX).toList()) {
            json.writeStartObject();
            json.writeStringProperty("account", move.account());
            JsonText.number(json, "before", Numbers.rate(move.before()));
            JsonText.number(json, "after", Numbers.rate(move.after()));
            JsonText.number(json, "change", Numbers.rate(move.change()));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
