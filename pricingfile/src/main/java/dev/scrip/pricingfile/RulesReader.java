package dev.scrip.pricingfile;

import dev.scrip.pricing.PriceBookRules;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// Reads what a price book must keep to be published.
final class RulesReader {

    private RulesReader() {}

    /// None when the section is not there.
    static PriceBookRules read(Section root) {
        var section = root.section("rules", "rules such as max_levels or max_price_rise");
        if (section == null) {
            return PriceBookRules.NONE;
        }
        var levels = section.figure("max_levels", Figure.POSITIVE_COUNT);
        var margin = section.figure("min_margin", Figure.SHARE);
        var blended = section.figure("min_blended_margin", Figure.SHARE);
        var priceRise = section.figure("max_price_rise", Figure.RISE);
        var billRise = section.figure("max_bill_rise", Figure.RISE);
        var notice = section.figure("notice_days", Figure.DAYS);
        section.refuseOthers();
        return new PriceBookRules(
                whole(levels), margin, blended, priceRise, billRise, whole(notice));
    }

    private static @Nullable Integer whole(@Nullable BigDecimal figure) {
        return figure == null ? null : figure.intValueExact();
    }
}
