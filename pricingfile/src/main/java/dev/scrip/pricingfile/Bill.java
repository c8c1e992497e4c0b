package dev.scrip.pricingfile;

import dev.scrip.pricing.CostCategory;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// What was really paid: a FOCUS export of a cloud bill, or amounts by category.
///
/// @param column the column of amounts that was read, such as `EffectiveCost`
public record Bill(Path file, String column, List<Line> lines) {

    /// One line of a bill.
    ///
    /// @param period the month of the charge, `2026-03`; empty when the bill does not say
    /// @param category null for an amount that is the whole bill of the period
    /// @param service what the bill calls it
    /// @param amount negative for a credit
    public record Line(
            String period, @Nullable CostCategory category, String service, BigDecimal amount) {}

    public Bill {
        lines = List.copyOf(lines);
    }

    /// Reads a bill: FOCUS 1.2 or 1.3 when it has a column `BilledCost` or `EffectiveCost`, else
    /// `category,amount` with a `period` where there are several.
    ///
    /// @param currency every amount must be in it
    /// @param services the category of each service the pricing file names
    /// @throws PricingFileException if it cannot be used
    public static Bill read(Path file, String currency, SortedMap<String, String> services) {
        return new BillReader(file, currency, services).read();
    }
}
