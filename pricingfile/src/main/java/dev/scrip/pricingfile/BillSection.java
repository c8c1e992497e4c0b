package dev.scrip.pricingfile;

import dev.scrip.pricing.CostCategory;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads the `bill` part of a pricing file: what the services of a bill count as.
final class BillSection {

    private BillSection() {}

    static SortedMap<String, String> read(Section root) {
        var services = new TreeMap<String, String>();
        var section = root.section("bill", "services, a category for each");
        if (section == null) {
            return Collections.emptySortedMap();
        }
        var named = section.section("services", "a category for each service");
        if (named != null) {
            for (var service : named.all()) {
                var category = service.word(CostCategory.words());
                if (category != null) {
                    services.put(service.name(), category);
                }
            }
        }
        section.refuseOthers();
        return services;
    }
}
