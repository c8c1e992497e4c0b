package dev.scrip.client;

import java.util.UUID;

/// Names one intent. However often it is sent, what is asked under it happens once.
///
/// Keep it with what you are charging for (a request id, an invoice line): a process that restarts
/// in the middle can then ask again and learn what became of it.
///
/// @param value 1 to 255 visible ASCII characters, neither `"` nor `\`
public record IdempotencyKey(String value) {

    private static final int LENGTH_MAX = 255;

    public IdempotencyKey {
        if (value.isEmpty()
                || value.length() > LENGTH_MAX
                || !value.chars().allMatch(c -> c > ' ' && c < 127 && c != '"' && c != '\\')) {
            throw new IllegalArgumentException(
                    "An idempotency key must be 1 to 255 visible ASCII characters without quotes and"
                            + " backslashes, but has "
                            + value.length()
                            + " characters.");
        }
    }

    public static IdempotencyKey random() {
        return new IdempotencyKey(UUID.randomUUID().toString());
    }
}
