package dev.scrip.metering;

import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// A call names an operation that the price book in force does not have.
public final class UnknownOperationException extends RuntimeException {

    private static final long serialVersionUID = 1;
    private static final int NEAREST_SHOWN = 3;

    private final String operation;
    private final transient List<String> nearest;

    UnknownOperationException(String operation, Set<String> known) {
        super("Unknown operation \"" + operation + "\"");
        this.operation = operation;
        this.nearest =
                known.stream()
                        .sorted(
                                Comparator.comparingInt(
                                        (String name) -> editDistance(operation, name)))
                        .limit(NEAREST_SHOWN)
                        .toList();
    }

    public String operation() {
        return operation;
    }

    /// The operations whose names are most alike, the best first.
    public List<String> nearest() {
        return nearest;
    }

    /// Levenshtein's distance, over at most the first 64 characters.
    private static int editDistance(String left, String right) {
        var a = left.substring(0, Math.min(left.length(), 64));
        var b = right.substring(0, Math.min(right.length(), 64));
        var previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            var current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(substituted, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
