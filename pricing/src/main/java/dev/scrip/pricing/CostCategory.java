package dev.scrip.pricing;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// What money of ours goes to.
public enum CostCategory {
    COMPUTE,
    MEMORY,
    STORAGE,
    BANDWIDTH,
    THIRD_PARTY,
    /// What no call causes by itself: support, tools, people.
    OVERHEAD;

    /// Those that a cost rate belongs to.
    public static final List<CostCategory> WITH_RATES =
            List.of(COMPUTE, MEMORY, STORAGE, BANDWIDTH, THIRD_PARTY);

    /// Such as `third_party`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static List<String> words() {
        return Stream.of(values()).map(CostCategory::word).toList();
    }

    /// The category of a word, which is one of [#words].
    public static CostCategory of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
