package dev.scrip.client;

import java.net.URI;
import java.time.Duration;

/// Where a [ScripClient] calls, and how long and how often it tries.
///
/// @param server such as `http://127.0.0.1:8080`
/// @param apiKey never printed
/// @param deadline for a whole call: waiting for a connection, every attempt, reading the answer
/// @param attemptsMax how often one call is sent at most
/// @param concurrentCallsMax calls on the wire at one time; further ones wait, within their
///   deadline
/// @param answerBytesMax an answer longer than this is given up
public record ClientSettings(
        URI server,
        String apiKey,
        Duration deadline,
        int attemptsMax,
        int concurrentCallsMax,
        int answerBytesMax) {

    private static final Duration DEADLINE_DEFAULT = Duration.ofSeconds(10);
    private static final Duration DEADLINE_MAX = Duration.ofHours(1);
    private static final int ATTEMPTS_DEFAULT = 6;
    private static final int CONCURRENT_CALLS_DEFAULT = 256;
    private static final int ANSWER_BYTES_DEFAULT = 8 << 20;

    public ClientSettings {
        boolean isWeb = "http".equals(server.getScheme()) || "https".equals(server.getScheme());
        if (!isWeb || server.getHost() == null) {
            throw new IllegalArgumentException(
                    "The server ("
                            + server
                            + ") must be an http or https address. Maybe http://"
                            + server
                            + " is meant.");
        }
        if (apiKey.isEmpty() || !apiKey.chars().allMatch(c -> c > ' ' && c < 127)) {
            // The key itself is not in the message: messages end up in logs.
            throw new IllegalArgumentException(
                    "The API key must be visible ASCII characters. Maybe it was copied with a blank"
                            + " or a line break.");
        }
        if (!deadline.isPositive() || deadline.compareTo(DEADLINE_MAX) > 0) {
            throw new IllegalArgumentException(
                    "The deadline (" + deadline + ") must be more than zero and at most an hour.");
        }
        atLeastOne("attemptsMax", attemptsMax);
        atLeastOne("concurrentCallsMax", concurrentCallsMax);
        atLeastOne("answerBytesMax", answerBytesMax);
    }

    public static ClientSettings of(URI server, String apiKey) {
        return new ClientSettings(
                server,
                apiKey,
                DEADLINE_DEFAULT,
                ATTEMPTS_DEFAULT,
                CONCURRENT_CALLS_DEFAULT,
                ANSWER_BYTES_DEFAULT);
    }

    public ClientSettings withDeadline(Duration deadline) {
        return new ClientSettings(
                server, apiKey, deadline, attemptsMax, concurrentCallsMax, answerBytesMax);
    }

    public ClientSettings withAttemptsMax(int attemptsMax) {
        return new ClientSettings(
                server, apiKey, deadline, attemptsMax, concurrentCallsMax, answerBytesMax);
    }

    public ClientSettings withConcurrentCallsMax(int concurrentCallsMax) {
        return new ClientSettings(
                server, apiKey, deadline, attemptsMax, concurrentCallsMax, answerBytesMax);
    }

    public ClientSettings withAnswerBytesMax(int answerBytesMax) {
        return new ClientSettings(
                server, apiKey, deadline, attemptsMax, concurrentCallsMax, answerBytesMax);
    }

    @Override
    public String toString() {
        return "ClientSettings[" + server + ", within " + deadline + "]";
    }

    private static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(
                    "The setting " + name + " (" + value + ") must be at least 1.");
        }
    }
}
