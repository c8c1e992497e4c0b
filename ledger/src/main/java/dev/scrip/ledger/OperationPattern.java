package dev.scrip.ledger;

/// Names one operation, such as `image.resize`, or a family of them, such as `image.*`.
final class OperationPattern {

    private static final String FAMILY = ".*";

    private OperationPattern() {}

    static boolean matches(String pattern, String operation) {
        return pattern.endsWith(FAMILY)
                ? operation.startsWith(pattern.substring(0, pattern.length() - 1))
                : pattern.equals(operation);
    }
}
