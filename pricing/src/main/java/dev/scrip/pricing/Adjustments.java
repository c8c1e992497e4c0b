package dev.scrip.pricing;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The adjustments of a price book, in the order in which they apply, and their limits.
///
/// @param rules at most [#RULES_MAX], with different ids
public record Adjustments(List<Adjustment> rules, AdjustmentLimits limits) {

    public static final Adjustments NONE = new Adjustments(List.of(), AdjustmentLimits.NONE);

    public static final int RULES_MAX = 50;

    public Adjustments {
        rules = List.copyOf(rules);
        if (rules.size() > RULES_MAX) {
            throw new IllegalArgumentException(
                    "There are "
                            + rules.size()
                            + " adjustments; at most "
                            + RULES_MAX
                            + " may be.");
        }
        var seen = new HashSet<String>();
        for (var rule : rules) {
            if (!seen.add(rule.id())) {
                throw new IllegalArgumentException(
                        "The adjustment (" + rule.id() + ") is there twice.");
            }
        }
    }

    /// Whether every call costs what the table says.
    public boolean isNone() {
        return rules.isEmpty() && limits.equals(AdjustmentLimits.NONE);
    }

    /// Whether it has to be known who calls, to price anything.
    public boolean needAccount() {
        // A loop, not a stream: it is asked for every charge.
        for (var rule : rules) {
            if (rule.needsAccount()) {
                return true;
            }
        }
        return false;
    }

    public List<Adjustment.LoadPrice> loadPrices() {
        return rules.stream()
                .filter(Adjustment.LoadPrice.class::isInstance)
                .map(Adjustment.LoadPrice.class::cast)
                .toList();
    }

    /// The ids of the load prices that are on at a load.
    ///
    /// @param before those that were on
    /// @param load null when it is not known, by which none is on
    public Set<String> loadPricesOn(Set<String> before, @Nullable BigDecimal load) {
        var on = new HashSet<String>();
        if (load != null) {
            for (var price : loadPrices()) {
                if (price.isOn(before.contains(price.id()), load)) {
                    on.add(price.id());
                }
            }
        }
        return on;
    }
}
