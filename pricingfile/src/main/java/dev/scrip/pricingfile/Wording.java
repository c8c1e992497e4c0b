package dev.scrip.pricingfile;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// Words for error texts: what was found, quoted, and what was probably meant.
final class Wording {

    private static final int SHOWN_MAX = 60;

    private Wording() {}

    /// Quoted, cut when long, and with control characters made visible, so that a bad value cannot
    /// disturb a terminal or a log.
    static String quote(String value) {
        var shown = new StringBuilder("\"");
        value.codePoints()
                .limit(SHOWN_MAX)
                .forEach(c -> {
                    if (Character.isISOControl(c) || c == 0x2028 || c == 0x2029) {
                        shown.append(String.format("\\u%04x", c));
                    } else {
                        shown.appendCodePoint(c);
                    }
                });
        return value.length() <= SHOWN_MAX
                ? shown.append('"').toString()
                : shown + "…\" (" + value.length() + " characters)";
    }

    /// The known word that looks most like this one, or null when none does.
    static @Nullable String nearest(String word, Collection<String> known) {
        String best = null;
        int bestDistance = Math.max(2, word.length() / 3) + 1;
        for (var candidate : known) {
            if (Math.abs(candidate.length() - word.length()) < bestDistance) {
                int distance = distance(word, candidate);
                if (distance < bestDistance) {
                    best = candidate;
                    bestDistance = distance;
                }
            }
        }
        return best;
    }

    /// How many letters to insert, drop or change (Levenshtein).
    private static int distance(String a, String b) {
        var row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
