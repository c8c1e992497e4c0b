package dev.scrip.cli;

import dev.scrip.cli.report.Report;
import dev.scrip.insight.Backtest.AccountChange;
import dev.scrip.insight.Backtest.Outcome;
import dev.scrip.insight.Tally;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// Recorded usage under two price books.
record BacktestResult(Outcome outcome, String currency) implements Result {

    @Override
    public Report report() {
        return new Report(
                "Backtest",
                BacktestText.summary(outcome, currency),
                BacktestText.blocks(outcome, currency));
    }

    @Override
    public String json() {
        return JsonText.of(json -> {
            json.writeStartObject();
            write(json, outcome, currency);
            json.writeEndObject();
        });
    }

    /// The fields of a backtest, for whoever adds to them.
    static void write(JsonGenerator json, Outcome outcome, String currency) {
        json.writeStringProperty("from", outcome.from().toString());
        json.writeStringProperty("to", outcome.to().toString());
        json.writeStringProperty("currency", currency);
        json.writeName("totals");
        json.writeStartObject();
        json.writeName("old");
        json.writeStartObject();
        tally(json, outcome.before());
        JsonText.number(json, "billed", outcome.billedBefore().toString());
        json.writeEndObject();
        json.writeName("new");
        json.writeStartObject();
        tally(json, outcome.after());
        JsonText.number(json, "billed", outcome.billedAfter().toString());
        json.writeEndObject();
        json.writeEndObject();
        json.writeName("operations");
        json.writeStartArray();
        for (var one : outcome.operations()) {
            json.writeStartObject();
            json.writeStringProperty("operation", one.operation());
            both(json, one.before(), one.after());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeName("accounts");
        json.writeStartArray();
        outcome.accounts().forEach(one -> account(json, one));
        json.writeEndArray();
        names(json, "winners", outcome.winners());
        names(json, "losers", outcome.losers());
        var moves = BacktestText.Moves.of(outcome);
        json.writeName("bill_change");
        json.writeStartObject();
        JsonText.number(json, "median", Numbers.rateOrNull(moves.median()));
        JsonText.number(json, "p95", Numbers.rateOrNull(moves.p95()));
        json.writeNumberProperty("accounts_above_20_percent", moves.farAbove());
        json.writeEndObject();
    }

    @Override
    public List<String> csv() {
        var lines = new ArrayList<String>();
        lines.add(
                "operation,calls_old,calls_new,refused_old,refused_new,credits_old,credits_new,"
                        + "revenue_old,revenue_new,cost_old,cost_new,margin_old,margin_new");
        for (var one : outcome.operations()) {
            lines.add(row(one.operation(), one.before(), one.after()));
        }
        return lines;
    }

    private static String row(String name, Tally before, Tally after) {
        return new CsvLine()
                .text(name)
                .figure(Long.toString(before.calls()))
                .figure(Long.toString(after.calls()))
                .figure(Long.toString(before.refused()))
                .figure(Long.toString(after.refused()))
                .figure(before.credits().toString())
                .figure(after.credits().toString())
                .figure(before.revenue().toString())
                .figure(after.revenue().toString())
                .figure(before.cost().toString())
                .figure(after.cost().toString())
                .figure(Numbers.rateOrNull(before.margin()))
                .figure(Numbers.rateOrNull(after.margin()))
                .toString();
    }

    private static void account(JsonGenerator json, AccountChange one) {
        json.writeStartObject();
        json.writeStringProperty("account", one.account());
        json.writeStringProperty("plan", one.subscriber().plan());
        DiffResult.pair(json, "bill", one.billBefore().toString(), one.billAfter().toString());
        JsonText.number(json, "bill_change", one.billChange().toString());
        JsonText.number(json, "bill_change_share", Numbers.rateOrNull(one.billChangeShare()));
        both(json, one.before(), one.after());
        json.writeEndObject();
    }

    private static void both(JsonGenerator json, Tally before, Tally after) {
        json.writeName("old");
        json.writeStartObject();
        tally(json, before);
        json.writeEndObject();
        json.writeName("new");
        json.writeStartObject();
        tally(json, after);
        json.writeEndObject();
    }

    private static void tally(JsonGenerator json, Tally tally) {
        json.writeNumberProperty("calls", tally.calls());
        json.writeNumberProperty("refused", tally.refused());
        json.writeNumberProperty("unpriced", tally.unpriced());
        JsonText.number(json, "credits", tally.credits().toString());
        JsonText.number(json, "revenue", tally.revenue().toString());
        JsonText.number(json, "cost", tally.cost().toString());
        JsonText.number(json, "margin", Numbers.rateOrNull(tally.margin()));
    }

    private static void names(JsonGenerator json, String name, List<AccountChange> accounts) {
        json.writeName(name);
        json.writeStartArray();
        accounts.forEach(one -> json.writeString(one.account()));
        json.writeEndArray();
    }
}
