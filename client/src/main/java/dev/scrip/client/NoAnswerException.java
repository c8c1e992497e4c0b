package dev.scrip.client;

import org.jspecify.annotations.Nullable;

/// The deadline passed or the attempts ran out without an answer that can be relied on.
///
/// Whether the call was carried out is not known. Sending it again under the same [IdempotencyKey]
/// settles it: it is done once at most.
public final class NoAnswerException extends RuntimeException {

    private static final long serialVersionUID = 1;

    NoAnswerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
