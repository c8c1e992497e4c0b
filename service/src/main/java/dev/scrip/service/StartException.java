package dev.scrip.service;

/// The server cannot start. The message is meant for the person who started it and says what to do.
public final class StartException extends RuntimeException {

    private static final long serialVersionUID = 1;

    StartException(String message) {
        super(message);
    }

    StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
