package dev.scrip.cli;

import dev.scrip.cli.report.Report;
import dev.scrip.insight.BundleAnswer;
import dev.scrip.insight.BundleFindings;
import dev.scrip.insight.BundleOutcome;
import dev.scrip.insight.BundleQuestion;
import dev.scrip.insight.PlanFinding;
import dev.scrip.insight.SizedBundle;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Bundles that were chosen, and all that were tried.
///
/// @param findings about the best; null when nothing is feasible
record BundleResult(
        BundleQuestion question,
        BundleAnswer answer,
        @Nullable BundleFindings findings,
        Methods methods)
        implements Result {

    /// What the usual methods give; null where their input is missing.
    record Methods(
            @Nullable List<SizedBundle> costMultiple,
            @Nullable List<SizedBundle> useCase,
            @Nullable List<SizedBundle> parity) {}

    @Override
    public Report report() {
        return new BundleText(this).report();
    }

    @Override
    public List<String> csv() {
        var lines = new ArrayList<String>();
        var header = new CsvLine();
        question.plans().forEach(plan -> header.text(plan.id()));
        header.text("revenue").text("cost").text("profit").text("margin");
        question.plans().forEach(plan -> header.text("accounts_on_" + plan.id()));
        header.text("share_over_included_among_paid").text("feasible").text("reasons");
        lines.add(header.toString());
        for (var outcome : answer.all()) {
            var line = new CsvLine();
            outcome.included().values().forEach(included -> line.figure(Numbers.plain(included)));
            line.figure(Numbers.plain(outcome.revenue()))
                    .figure(Numbers.plain(outcome.cost()))
                    .figure(Numbers.plain(outcome.profit()))
                    .figure(orBlank(outcome.margin()));
            outcome.accountsOn().values().forEach(count -> line.figure(count.toString()));
            line.figure(Numbers.rate(outcome.shareOver()))
                    .figure(Boolean.toString(outcome.isFeasible()))
                    .text(String.join("; ", outcome.broken()));
            lines.add(line.toString());
        }
        return lines;
    }

    private static String orBlank(@Nullable BigDecimal share) {
        return share == null ? "" : Numbers.rate(share);
    }

    @Override
    public String json() {
        return JsonText.of(json -> {
            json.writeStartObject();
            json.writeName("best");
            var best = answer.best();
            if (best == null) {
                json.writeNull();
            } else {
                json.writeStartObject();
                outcome(json, best);
                json.writeEndObject();
            }
            json.writeStringProperty("status", best == null ? "INFEASIBLE" : "OPTIMAL");
            sentences(json, "blocking", answer.blocking());
            details(json);
            methods(json);
            json.writeName("all");
            json.writeStartArray();
            for (var outcome : answer.all()) {
                json.writeStartObject();
                outcome(json, outcome);
                json.writeBooleanProperty("feasible", outcome.isFeasible());
                sentences(json, "reasons", outcome.broken());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void outcome(JsonGenerator json, BundleOutcome outcome) {
        outcome.included()
                .forEach((plan, included) -> JsonText.number(json, plan, Numbers.plain(included)));
        JsonText.number(json, "revenue", Numbers.plain(outcome.revenue()));
        JsonText.number(json, "cost", Numbers.plain(outcome.cost()));
        JsonText.number(json, "profit", Numbers.plain(outcome.profit()));
        JsonText.number(json, "margin", orNull(outcome.margin()));
        json.writeName("accounts_on");
        json.writeStartObject();
        outcome.accountsOn().forEach(json::writeNumberProperty);
        json.writeEndObject();
        JsonText.number(json, "share_over_included_among_paid", Numbers.rate(outcome.shareOver()));
    }

    private void details(JsonGenerator json) {
        json.writeName("plans");
        json.writeStartArray();
        if (findings != null) {
            findings.plans().forEach(plan -> plan(json, plan));
        }
        json.writeEndArray();
        json.writeName("warnings");
        json.writeStartArray();
        if (findings != null) {
            for (var warning : findings.warnings()) {
                json.writeStartObject();
                json.writeStringProperty("code", warning.code());
                json.writeStringProperty("plan", warning.plan());
                json.writeStringProperty("message", warning.message());
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }

    private static void plan(JsonGenerator json, PlanFinding plan) {
        json.writeStartObject();
        json.writeStringProperty("plan", plan.plan().id());
        JsonText.number(json, "fee", Numbers.plain(plan.plan().fee()));
        JsonText.number(json, "included", Numbers.plain(plan.included()));
        json.writeNumberProperty("accounts", plan.accounts());
        JsonText.number(json, "revenue", Numbers.plain(plan.revenue()));
        JsonText.number(json, "cost", Numbers.plain(plan.cost()));
        JsonText.number(json, "margin_at_full_use", orNull(plan.marginAtFullUse()));
        JsonText.number(json, "margin_at_observed_use", orNull(plan.marginObserved()));
        JsonText.number(json, "breakage", Numbers.plain(plan.breakage()));
        JsonText.number(json, "breakage_share", orNull(plan.breakageShare()));
        json.writeName("wall");
        json.writeStartObject();
        json.writeNumberProperty("accounts", plan.over());
        JsonText.number(json, "share", orNull(plan.shareOver()));
        var median = plan.wall().median();
        JsonText.number(json, "median_day", median == null ? null : median.toString());
        json.writeName("by_day");
        json.writeStartArray();
        plan.wall()
                .accounts()
                .forEach((day, accounts) -> {
                    json.writeStartObject();
                    json.writeNumberProperty("day", day);
                    json.writeNumberProperty("accounts", accounts);
                    json.writeEndObject();
                });
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
    }

    private void methods(JsonGenerator json) {
        json.writeName("methods");
        json.writeStartObject();
        method(json, "cost_multiple", methods.costMultiple());
        method(json, "use_case_anchor", methods.useCase());
        method(json, "competitive_parity", methods.parity());
        json.writeEndObject();
    }

    private static void method(
            JsonGenerator json, String name, @Nullable List<SizedBundle> bundles) {
        json.writeName(name);
        if (bundles == null) {
            json.writeNull();
            return;
        }
        json.writeStartArray();
        for (var bundle : bundles) {
            json.writeStartObject();
            json.writeStringProperty("plan", bundle.plan());
            JsonText.number(json, "low", Numbers.rate(bundle.low()));
            JsonText.number(json, "high", Numbers.rate(bundle.high()));
            JsonText.number(json, "friendly", Numbers.plain(bundle.friendly()));
            JsonText.number(json, "margin_at_full_use", orNull(bundle.marginAtFullUse()));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void sentences(JsonGenerator json, String name, List<String> sentences) {
        json.writeName(name);
        json.writeStartArray();
        sentences.forEach(json::writeString);
        json.writeEndArray();
    }

    private static @Nullable String orNull(@Nullable BigDecimal share) {
        return share == null ? null : Numbers.rate(share);
    }
}
