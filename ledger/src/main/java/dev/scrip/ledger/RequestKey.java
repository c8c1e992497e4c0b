package dev.scrip.ledger;

/// The idempotency key of a request with the fingerprint of what it asked.
///
/// @param key as the caller sent it, 1 to 255 printable ASCII characters
public record RequestKey(String key, Fingerprint fingerprint) {

    private static final int LENGTH_MAX = 255;

    public RequestKey {
        if (!isValid(key)) {
            throw new IllegalArgumentException(
                    "An idempotency key must be 1 to 255 printable ASCII characters, but was "
                            + (key.length() > LENGTH_MAX
                                    ? key.length() + " characters long"
                                    : "\"" + key + "\""));
        }
    }

    private static boolean isValid(String key) {
        if (key.isEmpty() || key.length() > LENGTH_MAX) {
            return false;
        }
        for (int i = 0; i < key.length(); i++) {
            if (key.charAt(i) < ' ' || key.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }
}
