package dev.scrip.service.http;

/// How an idempotency key is written in its header: as a String of RFC 9651, in double quotes, or
/// bare, as is widely done. Both name the same key.
final class IdempotencyKeys {

    private static final int LENGTH_MAX = 255;

    private IdempotencyKeys() {}

    static String parse(String value) {
        var key = value.startsWith("\"") ? unquoted(value) : value;
        if (key.isEmpty() || key.length() > LENGTH_MAX || !isPrintable(key)) {
            throw invalid(key);
        }
        return key;
    }

    private static String unquoted(String value) {
        if (value.length() < 2 || !value.endsWith("\"")) {
            throw invalid(value);
        }
        var inner = value.substring(1, value.length() - 1);
        if (inner.indexOf('\\') < 0) {
            if (inner.indexOf('"') >= 0) {
                throw invalid(value);
            }
            return inner;
        }
        var key = new StringBuilder();
        for (int i = 0; i < inner.length(); i++) {
            char c = inner.charAt(i);
            if (c == '\\' && i + 1 < inner.length()) {
                i++;
                c = inner.charAt(i);
            } else if (c == '\\' || c == '"') {
                throw invalid(value);
            }
            key.append(c);
        }
        return key.toString();
    }

    private static boolean isPrintable(String key) {
        for (int i = 0; i < key.length(); i++) {
            if (key.charAt(i) < ' ' || key.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    private static ProblemException invalid(String key) {
        return Problem.of(
                        ProblemType.IDEMPOTENCY_KEY_INVALID,
                        "The Idempotency-Key must be one value of 1 to "
                                + LENGTH_MAX
                                + " printable ASCII characters, but was "
                                + (key.length() > LENGTH_MAX
                                        ? key.length() + " characters long."
                                        : Quoted.of(key) + "."))
                .toException();
    }
}
