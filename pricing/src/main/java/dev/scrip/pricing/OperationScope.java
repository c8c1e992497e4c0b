package dev.scrip.pricing;

import java.util.List;
import java.util.regex.Pattern;

/// Which operations something is for: some of them, families of them, or all.
///
/// @param patterns names such as `image.resize` and families such as `image.*`; empty for all
public record OperationScope(List<String> patterns) {

    public static final OperationScope ALL = new OperationScope(List.of());

    private static final String FAMILY = ".*";
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9_.-]{0,63}(?:\\.\\*)?");

    public OperationScope {
        patterns = List.copyOf(patterns);
        for (var pattern : patterns) {
            if (!FORM.matcher(pattern).matches()) {
                throw new IllegalArgumentException(
                        "An operation is named such as image.resize, and a family such as image.*,"
                                + " but was "
                                + Text.quote(pattern));
            }
        }
    }

    public boolean isAll() {
        return patterns.isEmpty();
    }

    public boolean contains(String operation) {
        if (patterns.isEmpty()) {
            return true;
        }
        for (var pattern : patterns) {
            if (matches(pattern, operation)) {
                return true;
            }
        }
        return false;
    }

    public static boolean matches(String pattern, String operation) {
        return pattern.endsWith(FAMILY)
                ? operation.startsWith(pattern.substring(0, pattern.length() - 1))
                : pattern.equals(operation);
    }

    /// Such as `image.*, chat.complete`; `all operations` for all.
    @Override
    public String toString() {
        return isAll() ? "all operations" : String.join(", ", patterns);
    }
}
