package dev.scrip.cli;

import dev.scrip.cli.report.Report;
import dev.scrip.pricing.OperationPrice;
import dev.scrip.pricing.Plan;
import dev.scrip.pricing.PriceBookDiff;
import dev.scrip.pricing.PriceBookDiff.OperationChange;
import dev.scrip.pricing.PriceBookDiff.PlanChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// What one price book changes beside another.
record DiffResult(PriceBookDiff diff) implements Result {

    @Override
    public Report report() {
        return new Report("Price change", DiffText.summary(diff), DiffText.blocks(diff));
    }

    @Override
    public String json() {
        return JsonText.of(json -> {
            json.writeStartObject();
            write(json, diff);
            json.writeEndObject();
        });
    }

    /// The fields of a comparison, for whoever adds to them.
    static void write(JsonGenerator json, PriceBookDiff diff) {
        json.writeName("same");
        json.writeBoolean(diff.isEmpty());
        json.writeStringProperty("currency", diff.after().currency());
        pair(
                json,
                "credit_price",
                diff.before().creditPrice().toString(),
                diff.after().creditPrice().toString());
        pair(
                json,
                "levels",
                Integer.toString(diff.before().levels()),
                Integer.toString(diff.after().levels()));
        json.writeName("operations");
        json.writeStartArray();
        diff.operations().forEach(change -> write(json, change));
        json.writeEndArray();
        json.writeName("plans");
        json.writeStartArray();
        diff.plans().forEach(change -> write(json, change));
        json.writeEndArray();
    }

    @Override
    public List<String> csv() {
        var lines = new ArrayList<String>();
        lines.add(
                "operation,change,credits_old,credits_new,price_old,price_new,price_change,"
                        + "margin_old,margin_new,unit_old,unit_new");
        for (var change : diff.operations()) {
            var before = change.before();
            var after = change.after();
            lines.add(
                    new CsvLine()
                            .text(change.operation())
                            .text(word(change.kind()))
                            .figure(before == null ? "" : before.credits().toString())
                            .figure(after == null ? "" : after.credits().toString())
                            .figure(Numbers.plainOrNull(change.priceBefore()))
                            .figure(Numbers.plainOrNull(change.priceAfter()))
                            .figure(Numbers.rateOrNull(change.priceChange()))
                            .figure(Numbers.rateOrNull(change.marginBefore()))
                            .figure(Numbers.rateOrNull(change.marginAfter()))
                            .text(unit(before))
                            .text(unit(after))
                            .toString());
        }
        return lines;
    }

    private static String unit(@Nullable OperationPrice price) {
        return price == null || price.unit() == null ? "" : price.unit().words();
    }

    private static void write(JsonGenerator json, OperationChange change) {
        var before = change.before();
        var after = change.after();
        json.writeStartObject();
        json.writeStringProperty("operation", change.operation());
        json.writeStringProperty("change", word(change.kind()));
        pair(
                json,
                "credits",
                before == null ? null : before.credits().toString(),
                after == null ? null : after.credits().toString());
        JsonText.unit(json, "unit_old", before == null ? null : before.unit());
        JsonText.unit(json, "unit_new", after == null ? null : after.unit());
        pair(
                json,
                "price",
                Numbers.plainOrNull(change.priceBefore()),
                Numbers.plainOrNull(change.priceAfter()));
        JsonText.number(json, "price_change", Numbers.rateOrNull(change.priceChange()));
        pair(
                json,
                "unit_cost",
                before == null ? null : before.unitCost().toString(),
                after == null ? null : after.unitCost().toString());
        pair(
                json,
                "margin",
                Numbers.rateOrNull(change.marginBefore()),
                Numbers.rateOrNull(change.marginAfter()));
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, PlanChange change) {
        json.writeStartObject();
        json.writeStringProperty("plan", change.plan());
        json.writeStringProperty("change", word(change.kind()));
        pair(json, "fee", fee(change.before()), fee(change.after()));
        pair(json, "included_credits", included(change.before()), included(change.after()));
        json.writeEndObject();
    }

    /// Figures under both, null where there is none.
    static void pair(
            JsonGenerator json, String name, @Nullable String before, @Nullable String after) {
        json.writeName(name);
        json.writeStartObject();
        JsonText.number(json, "old", before);
        JsonText.number(json, "new", after);
        json.writeEndObject();
    }

    private static @Nullable String fee(@Nullable Plan plan) {
        return plan == null ? null : plan.fee().toString();
    }

    private static @Nullable String included(@Nullable Plan plan) {
        return plan == null ? null : plan.includedCredits().toString();
    }

    static String word(PriceBookDiff.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
