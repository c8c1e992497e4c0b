package dev.scrip.pricingfile;

import dev.scrip.pricing.CreditTableDesign;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.DesignBrief;
import dev.scrip.pricing.OperationDesign;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Variants of operations, such as a call that is answered from a cache: operations of their own
/// whose credits are a share, or a multiple, of those of the operation they vary.
final class Variants {

    private final Map<String, Variant> variants = new LinkedHashMap<>();

    private record Variant(String of, BigDecimal multiplier, Field field) {}

    /// Notes that an operation varies another one.
    void add(String operation, String of, BigDecimal multiplier, Field field) {
        variants.put(operation, new Variant(of, multiplier, field));
    }

    /// The brief with the credits of variants: first the others are designed without them.
    ///
    /// @throws IllegalArgumentException if no table can be designed
    DesignBrief priced(DesignBrief brief) {
        if (variants.isEmpty()) {
            return brief;
        }
        var others =
                brief.operations().stream()
                        .filter(design -> !variants.containsKey(design.operation()))
                        .toList();
        var table = CreditTableDesign.of(with(others, brief.baseOperation(), brief));
        var all = new ArrayList<OperationDesign>();
        for (var design : brief.operations()) {
            var variant = variants.get(design.operation());
            all.add(variant == null ? design : design.withPinned(credits(variant, table)));
        }
        // A variant is never what others are measured by, however little it costs.
        return with(all, table.baseOperation(), brief);
    }

    private static Credits credits(Variant variant, CreditTableDesign table) {
        var credits =
                table.operation(variant.of())
                        .credits()
                        .toBigDecimal()
                        .multiply(variant.multiplier());
        var shown = credits.stripTrailingZeros();
        if (shown.scale() > 3) {
            variant.field()
                    .problem(
                            "comes to "
                                    + shown.toPlainString()
                                    + " credits, "
                                    + variant.multiplier().toPlainString()
                                    + " times those of "
                                    + variant.of(),
                            "a multiplier that gives steps of 0.001");
            return Credits.ZERO;
        }
        return Credits.of(credits, RoundingMode.UNNECESSARY);
    }

    private static DesignBrief with(
            List<OperationDesign> operations, @Nullable String base, DesignBrief brief) {
        return new DesignBrief(
                brief.currency(),
                brief.costRates(),
                brief.ladder(),
                operations,
                base,
                brief.baseCredits(),
                brief.creditPricing(),
                brief.marginFloor(),
                brief.plans(),
                brief.burnPreference(),
                brief.adjustments());
    }

    /// The multiplier of a variant, with problems noted.
    static @Nullable BigDecimal multiplier(Section section) {
        var multiplier = section.neededFigure("multiplier", Figure.MULTIPLIER);
        var _ = section.neededText("reason", "why it costs that, in one line");
        return multiplier;
    }
}
