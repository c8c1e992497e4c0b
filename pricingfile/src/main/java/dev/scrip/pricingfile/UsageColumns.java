package dev.scrip.pricingfile;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Which columns of a usage log mean what.
///
/// @param columns the column of each part of a call ([#PARTS]) as the pricing file names it; parts
///   that are not here have default names
/// @param thirdParty the column that counts each third-party unit, by the unit's name
/// @param unitsByDefault third-party units whose column, if there is one, has the unit's own name
/// @param operation the operation of every call when the log is of one only; null otherwise
/// @param names the operation in our words, by what the log calls it
/// @param bands families sold in size bands: a call that names the family is of the band its size
///   falls in
public record UsageColumns(
        SortedMap<String, String> columns,
        SortedMap<String, String> thirdParty,
        List<String> unitsByDefault,
        @Nullable String operation,
        SortedMap<String, String> names,
        SortedMap<String, SizeBands> bands) {

    /// What a log may say of a call beside third-party units, with the names its column has when
    /// none is given. The first that is there counts.
    static final Map<String, List<String>> PARTS =
            Map.of(
                    "operation", List.of("operation", "op", "endpoint"),
                    "account", List.of("account", "account_id", "customer", "customer_id"),
                    "time", List.of("time", "timestamp", "at", "TIMESTAMP"),
                    "quantity", List.of("quantity"),
                    "compute_ms", List.of("compute_ms", "duration_ms"),
                    "memory_mb", List.of("memory_mb"),
                    "storage_kb", List.of("storage_kb"),
                    "bandwidth_kb", List.of("bandwidth_kb"),
                    "cost", List.of("cost"));

    public UsageColumns {
        columns = sorted(columns);
        thirdParty = sorted(thirdParty);
        unitsByDefault = List.copyOf(unitsByDefault);
        names = sorted(names);
        bands = sorted(bands);
    }

    /// The columns that may hold a part: the one that is named, or those it has by default.
    List<String> candidates(String part) {
        var named = columns.get(part);
        return named == null ? PARTS.getOrDefault(part, List.of()) : List.of(named);
    }

    private static <V> SortedMap<String, V> sorted(Map<String, V> map) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }
}
