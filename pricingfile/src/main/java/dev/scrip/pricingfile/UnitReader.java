package dev.scrip.pricingfile;

import dev.scrip.pricing.PriceUnit;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// Reads what the quantity of an operation counts: `unit: {name: token, per: 1000, included: 100}`.
final class UnitReader {

    private static final String NAME =
            "the name of one, such as token: a letter, then at most 39 letters, digits, spaces, _"
                    + " or -";

    private UnitReader() {}

    /// Null when the operation has none, or one with problems.
    static @Nullable PriceUnit read(Section operation) {
        var section = operation.section("unit", "name, and per and included where they matter");
        if (section == null) {
            return null;
        }
        var name = section.neededText("name", NAME);
        var per = section.figureOr("per", Figure.POSITIVE_COUNT, BigDecimal.ONE);
        var included = section.figureOr("included", Figure.INCLUDED, BigDecimal.ZERO);
        section.refuseOthers();
        if (name == null) {
            return null;
        }
        if (!PriceUnit.isName(name)) {
            section.problem(Wording.quote(name) + " is no name of a unit", NAME);
            return null;
        }
        return new PriceUnit(name, per, included);
    }
}
