package dev.scrip.metering;

import java.util.List;
import java.util.SortedMap;

/// A measured use names a third-party unit for which the price book that rates the call has no
/// rate.
public final class UnknownUnitException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String unit;
    private final transient List<String> known;

    UnknownUnitException(String unit, SortedMap<String, ?> rates) {
        super("Unknown unit \"" + unit + "\"");
        this.unit = unit;
        this.known = List.copyOf(rates.keySet());
    }

    public String unit() {
        return unit;
    }

    /// The units that have a rate, in the order of their names.
    public List<String> known() {
        return known;
    }
}
