package dev.scrip.cli;

import dev.scrip.pricing.CostBreakdown;
import dev.scrip.pricing.CostProfile;
import dev.scrip.pricing.CreditPrice;
import dev.scrip.pricing.CreditTableDesign;
import dev.scrip.pricing.DesignedOperation;
import dev.scrip.pricingfile.UsageCosts;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// A credit table as JSON. Fields are only ever added.
final class DesignJson {

    private DesignJson() {}

    /// @param costs what a usage log said; null when none was given
    static String of(
            CreditTableDesign design,
            @Nullable UsageCosts costs,
            List<MeasuredBands.Proposed> bands) {
        return JsonText.of(json -> {
            json.writeStartObject();
            write(json, design);
            if (costs != null) {
                MeasuredText.write(json, costs, bands);
            }
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, CreditTableDesign design) {
        json.writeName("credit_price");
        price(json, design.creditPrice());
        json.writeStringProperty("base_operation", design.baseOperation());
        json.writeName("ladder");
        json.writeStartArray();
        design.ladder().values().forEach(value -> json.writeNumber(Numbers.plain(value)));
        json.writeEndArray();
        json.writeStringProperty("ladder_name", design.ladder().name());
        json.writeNumberProperty("levels", design.levels());
        JsonText.number(json, "blended_margin", Numbers.rateOrNull(design.blendedMargin()));
        json.writeName("weighted_by_calls");
        json.writeBoolean(design.weightedByCalls());
        json.writeName("operations");
        json.writeStartArray();
        design.operations().forEach(operation -> operation(json, operation));
        json.writeEndArray();
        json.writeName("warnings");
        json.writeStartArray();
        for (var warning : design.warnings()) {
            json.writeStartObject();
            json.writeStringProperty("code", warning.code());
            json.writeStringProperty("operation", warning.operation());
            json.writeStringProperty("message", warning.message());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void price(JsonGenerator json, CreditPrice price) {
        json.writeStartObject();
        JsonText.number(json, "amount", Numbers.plain(price.amount()));
        json.writeNumberProperty("per", price.per());
        json.writeStringProperty("currency", price.currency());
        JsonText.number(json, "exact", Numbers.cost(price.exact()));
        sentences(json, "why", price.why());
        json.writeEndObject();
    }

    private static void operation(JsonGenerator json, DesignedOperation operation) {
        json.writeStartObject();
        json.writeStringProperty("operation", operation.operation());
        json.writeStringProperty("title", operation.title());
        JsonText.number(json, "unit_cost", Numbers.cost(operation.unitCost()));
        json.writeName("cost_breakdown");
        breakdown(json, operation.costBreakdown());
        JsonText.number(json, "cost_ratio", Numbers.rate(operation.costRatio()));
        JsonText.number(json, "value_multiplier", Numbers.plain(operation.valueMultiplier()));
        JsonText.number(json, "exact_credits", Numbers.rate(operation.exactCredits()));
        JsonText.number(json, "credits", operation.credits().toString());
        JsonText.unit(json, "unit", operation.unit());
        json.writeNumberProperty("level", operation.level());
        JsonText.number(json, "level_step", Numbers.rateOrNull(operation.levelStep()));
        JsonText.number(json, "rounding_change", Numbers.rateOrNull(operation.roundingChange()));
        JsonText.number(json, "margin", Numbers.rateOrNull(operation.margin()));
        JsonText.number(json, "margin_floor", Numbers.plain(operation.marginFloor()));
        JsonText.number(json, "competitor_ratio", Numbers.rateOrNull(operation.competitorRatio()));
        var calls = operation.monthlyCalls();
        JsonText.number(json, "monthly_calls", calls == null ? null : calls.toString());
        profile(json, operation.profile());
        sentences(json, "why", operation.why());
        json.writeEndObject();
    }

    private static void breakdown(JsonGenerator json, CostBreakdown breakdown) {
        json.writeStartObject();
        JsonText.number(json, "compute", Numbers.cost(breakdown.compute()));
        JsonText.number(json, "memory", Numbers.cost(breakdown.memory()));
        JsonText.number(json, "storage", Numbers.cost(breakdown.storage()));
        JsonText.number(json, "bandwidth", Numbers.cost(breakdown.bandwidth()));
        JsonText.number(json, "third_party", Numbers.cost(breakdown.thirdParty()));
        JsonText.number(json, "unattributed", Numbers.cost(breakdown.unattributed()));
        json.writeEndObject();
    }

    private static void profile(JsonGenerator json, @Nullable CostProfile profile) {
        json.writeName("cost_profile");
        if (profile == null) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        json.writeNumberProperty("calls", profile.calls());
        JsonText.number(json, "mean", Numbers.cost(profile.mean()));
        JsonText.number(json, "min", profile.min().toString());
        JsonText.number(json, "p50", profile.p50().toString());
        JsonText.number(json, "p95", profile.p95().toString());
        JsonText.number(json, "p99", profile.p99().toString());
        JsonText.number(json, "max", profile.max().toString());
        JsonText.number(json, "spread", Numbers.rateOrNull(profile.spread()));
        json.writeEndObject();
    }

    private static void sentences(JsonGenerator json, String name, List<String> sentences) {
        json.writeName(name);
        json.writeStartArray();
        sentences.forEach(json::writeString);
        json.writeEndArray();
    }
}
