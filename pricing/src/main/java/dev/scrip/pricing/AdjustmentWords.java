package dev.scrip.pricing;

import java.math.BigDecimal;
import java.time.LocalTime;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Adjustments as customers may read them: what they do, and for whom. Which accounts have prices
/// of their own is not said, nor what a call costs us.
public final class AdjustmentWords {

    private AdjustmentWords() {}

    /// One sentence or two, such as `30 % off from 02:00 to 06:00 (UTC).`
    public static String of(Adjustment rule) {
        var words =
                switch (rule) {
                    case Adjustment.OffPeak(_, _, var window, var factor) ->
                            change(factor) + " " + words(window);
                    case Adjustment.LoadPrice(_, _, var above, var until, var factor) ->
                            change(factor)
                                    + " while the load is high: from above "
                                    + Prose.percent(above)
                                    + " until it is under "
                                    + Prose.percent(until);
                    case Adjustment.CommitmentTiers(_, _, var tiers) ->
                            tiers(tiers, "with a commitment of ", " credits a month");
                    case Adjustment.VolumeTiers(_, _, var tiers) ->
                            tiers(tiers, "after ", " credits used in the period");
                    case Adjustment.PlanPrices(_, _, var plans) -> "By plan: " + words(plans);
                    case Adjustment.AccountPrices(_, _, _, var from, var until) ->
                            "Some accounts have prices that were agreed on with them"
                                    + (from == null ? "" : " from " + from)
                                    + (until == null ? "" : " until " + until);
                    case Adjustment.Promotion(_, _, var from, var to, var factor) ->
                            change(factor) + " from " + from + " until " + to;
                };
        return words + (rule.operations().isAll() ? "." : ". For " + rule.operations() + ".");
    }

    /// What bounds all adjustments together; empty when nothing does.
    public static List<String> of(AdjustmentLimits limits) {
        var words = new ArrayList<String>();
        var lowest = limits.lowestFactor();
        if (lowest != null) {
            words.add("Together they leave at least " + Prose.percent(lowest) + " of a price.");
        }
        var highest = limits.highestFactor();
        if (highest != null) {
            words.add(
                    "Together they bring a price to " + Prose.percent(highest) + " of it at most.");
        }
        if (!limits.minimumCharge().equals(Credits.SMALLEST_CHARGE)) {
            words.add(
                    "A call costs at least "
                            + limits.minimumCharge()
                            + " "
                            + Prose.numbered(limits.minimumCharge().toBigDecimal(), "credit")
                            + ".");
        }
        return words;
    }

    private static String change(BigDecimal factor) {
        int side = factor.compareTo(BigDecimal.ONE);
        return side == 0
                ? "No change"
                : Prose.percent(factor.subtract(BigDecimal.ONE).abs())
                        + (side < 0 ? " off" : " more");
    }

    private static String words(TimeWindow window) {
        var days =
                window.days().stream()
                        .map(day -> day.getDisplayName(TextStyle.FULL, Locale.ENGLISH))
                        .toList();
        boolean wholeDay =
                window.from().equals(LocalTime.MIDNIGHT) && window.to().equals(LocalTime.MIDNIGHT);
        return (wholeDay ? "all day" : "from " + window.from() + " to " + window.to())
                + " ("
                + window.zone().getId()
                + ")"
                + (days.isEmpty() ? "" : ", beginning on " + String.join(", ", days));
    }

    private static String tiers(List<Adjustment.Tier> tiers, String before, String after) {
        var words = new ArrayList<String>();
        for (var tier : tiers) {
            words.add(
                    change(tier.factor())
                            + " "
                            + before
                            + Prose.figure(tier.from().toBigDecimal())
                            + after);
        }
        return String.join(", ", words);
    }

    private static String words(Map<String, PriceEffect> plans) {
        var words = new ArrayList<String>();
        plans.forEach((plan, effect) ->
                words.add(
                        plan
                                + " "
                                + switch (effect) {
                                    case PriceEffect.Times(var factor) -> change(factor);
                                    case PriceEffect.Fixed(var credits) ->
                                            credits
                                                    + " "
                                                    + Prose.numbered(
                                                            credits.toBigDecimal(), "credit")
                                                    + " each";
                                }));
        return String.join(", ", words);
    }
}
