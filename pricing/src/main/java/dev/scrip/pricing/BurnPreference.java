package dev.scrip.pricing;

import java.util.Locale;

/// Which credits of an account are to be used first.
public enum BurnPreference {
    /// Those that expire first.
    EXPIRY_FIRST,
    /// Those that were given away, whenever they expire.
    FREE_FIRST;

    /// As files and people write it, such as `free_first`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
