package dev.scrip.pricingfile;

import dev.scrip.pricing.CostRates;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// Reads the `usage` part of a pricing file: which columns of a usage log mean what.
final class UsageSection {

    private UsageSection() {}

    /// @param measured operations whose size bands also split the calls of a usage log
    static UsageColumns read(Section root, CostRates rates, List<MeasuredLog> measured) {
        var columns = new TreeMap<String, String>();
        var thirdParty = new TreeMap<String, String>();
        var names = new TreeMap<String, String>();
        var bands = new TreeMap<String, SizeBands>();
        String operation = null;
        var section = root.section("usage", "columns such as operation: endpoint");
        if (section != null) {
            for (var part : new TreeMap<>(UsageColumns.PARTS).keySet()) {
                var column = section.text(part, "a column of the usage log");
                if (column != null) {
                    columns.put(part, column);
                }
            }
            var units = section.section("third_party", "a column for each unit");
            if (units != null) {
                for (var unit : units.all()) {
                    var column = unit.text("a column of the usage log");
                    if (OperationReader.checkRate(unit, rates) && column != null) {
                        thirdParty.put(unit.name(), column);
                    }
                }
            }
            var renamed = section.section("names", "an operation for each name in the log");
            if (renamed != null) {
                for (var name : renamed.all()) {
                    var id = name.text("an operation");
                    if (id != null) {
                        names.put(name.name(), id);
                    }
                }
            }
            operation = section.text("every_call_is", "an operation");
            if (operation != null && section.has("operation")) {
                section.problem("has operation and every_call_is", "one of the two");
            }
            section.refuseOthers();
        }
        for (var log : measured) {
            if (log.bands() != null) {
                bands.put(log.family(), log.bands());
            }
        }
        var byDefault = new ArrayList<>(rates.thirdParty().keySet());
        byDefault.removeAll(thirdParty.keySet());
        return new UsageColumns(columns, thirdParty, byDefault, operation, names, bands);
    }
}
