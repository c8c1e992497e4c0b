package dev.scrip.service.http;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// Finds the name that was probably meant.
public final class Nearest {

    private static final int LENGTH_MAX = 64;

    private Nearest() {}

    /// The most alike of some names, or null when none is alike: more than a third would have to
    /// change.
    public static @Nullable String to(String written, Collection<String> names) {
        String nearest = null;
        int fewest = Math.max(2, written.length() / 3) + 1;
        for (var name : names) {
            int edits = editDistance(written, name);
            if (edits < fewest) {
                fewest = edits;
                nearest = name;
            }
        }
        return nearest;
    }

    /// Levenshtein's distance, over at most the first 64 characters.
    private static int editDistance(String left, String right) {
        int leftLength = Math.min(left.length(), LENGTH_MAX);
        int rightLength = Math.min(right.length(), LENGTH_MAX);
        var previous = new int[rightLength + 1];
        for (int j = 0; j <= rightLength; j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= leftLength; i++) {
            var current = new int[rightLength + 1];
            current[0] = i;
            for (int j = 1; j <= rightLength; j++) {
                int kept = previous[j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(kept, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[rightLength];
    }
}
