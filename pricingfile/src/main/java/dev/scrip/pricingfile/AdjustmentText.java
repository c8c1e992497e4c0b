package dev.scrip.pricingfile;

import dev.scrip.pricing.Adjustment;
import dev.scrip.pricing.AdjustmentLimits;
import dev.scrip.pricing.Adjustments;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.PriceEffect;
import dev.scrip.pricing.TimeWindow;
import java.math.BigDecimal;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;

/// Writes adjustments as [AdjustmentReader] reads them, within the text of a price book.
final class AdjustmentText {

    private final StringBuilder text;

    AdjustmentText(StringBuilder text) {
        this.text = text;
    }

    /// Nothing when there are none, so that a book without them is written as it always was.
    void write(Adjustments adjustments) {
        if (!adjustments.rules().isEmpty()) {
            text.append("adjustments:\n");
            adjustments.rules().forEach(this::write);
        }
        var limits = adjustments.limits();
        if (!limits.equals(AdjustmentLimits.NONE)) {
            text.append("adjustment_limits:\n");
            if (limits.lowestFactor() != null) {
                line(1, "lowest_factor", limits.lowestFactor().toPlainString());
            }
            if (limits.highestFactor() != null) {
                line(1, "highest_factor", limits.highestFactor().toPlainString());
            }
            if (!limits.minimumCharge().equals(Credits.SMALLEST_CHARGE)) {
                line(1, "minimum_charge", limits.minimumCharge().toString());
            }
            if (limits.costFloor() != AdjustmentLimits.CostFloor.NONE) {
                line(1, "cost_floor", limits.costFloor().word());
            }
        }
    }

    private void write(Adjustment rule) {
        open(1, rule.id());
        if (!rule.operations().isAll()) {
            line(2, "operations", list(rule.operations().patterns()));
        }
        switch (rule) {
            case Adjustment.OffPeak(_, _, var window, var factor) -> {
                open(2, "off_peak");
                write(window);
                factor(3, factor);
            }
            case Adjustment.LoadPrice(_, _, var above, var until, var factor) -> {
                open(2, "load");
                line(3, "above", above.toPlainString());
                line(3, "until", until.toPlainString());
                factor(3, factor);
            }
            case Adjustment.CommitmentTiers(_, _, var tiers) -> tiers("commitment", tiers);
            case Adjustment.VolumeTiers(_, _, var tiers) -> tiers("volume", tiers);
            case Adjustment.PlanPrices(_, _, var plans) -> effects("plans", plans);
            case Adjustment.AccountPrices(_, _, var accounts, var from, var until) -> {
                if (from != null) {
                    line(2, "from", quoted(from.toString()));
                }
                if (until != null) {
                    line(2, "until", quoted(until.toString()));
                }
                effects("accounts", accounts);
            }
            case Adjustment.Promotion(_, _, var from, var to, var factor) -> {
                open(2, "promotion");
                line(3, "from", quoted(from.toString()));
                line(3, "to", quoted(to.toString()));
                factor(3, factor);
            }
        }
    }

    private void write(TimeWindow window) {
        line(3, "zone", quoted(window.zone().getId()));
        line(3, "from", quoted(window.from().toString()));
        boolean wholeDay = window.from().equals(window.to());
        line(
                3,
                "to",
                quoted(
                        wholeDay && window.to().equals(LocalTime.MIDNIGHT)
                                ? "24:00"
                                : window.to().toString()));
        if (!window.days().isEmpty()) {
            line(3, "days", list(window.days().stream().map(OffPeakReader::word).toList()));
        }
    }

    private void tiers(String kind, List<Adjustment.Tier> tiers) {
        open(2, kind);
        for (var tier : tiers) {
            text.repeat("  ", 3)
                    .append("- {from: ")
                    .append(tier.from())
                    .append(", factor: ")
                    .append(tier.factor().toPlainString())
                    .append("}\n");
        }
    }

    private void effects(String kind, Map<String, PriceEffect> effects) {
        open(2, kind);
        effects.forEach((name, effect) -> {
            open(3, quoted(name));
            switch (effect) {
                case PriceEffect.Times(var factor) -> factor(4, factor);
                case PriceEffect.Fixed(var credits) -> line(4, "credits", credits.toString());
            }
        });
    }

    private void factor(int depth, BigDecimal factor) {
        line(depth, "factor", factor.toPlainString());
    }

    private void open(int depth, String key) {
        text.repeat("  ", depth).append(key).append(":\n");
    }

    private void line(int depth, String key, String value) {
        text.repeat("  ", depth).append(key).append(": ").append(value).append('\n');
    }

    private static String list(List<String> words) {
        return "[" + String.join(", ", words.stream().map(AdjustmentText::quoted).toList()) + "]";
    }

    /// Names, zones, instants: none of them needs escaping.
    private static String quoted(String word) {
        return '"' + word + '"';
    }
}
