package dev.scrip.service.access;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// People who signed in to the pages with an API key.
///
/// A session is a text that the browser keeps: which key it was, until when, something random, and
/// a mark over these that only who has the stored key can make. So every server that knows the key
/// knows its sessions, after a restart and a takeover too, and a key that is revoked ends them.
/// Those that were closed are remembered in memory only.
public final class Sessions {

    public static final Duration LIFE = Duration.ofHours(12);

    private static final int RANDOM_BYTES = 16;
    private static final int PARTS = 4;
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final ApiKeys keys;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    /// Closed ones, with when they would have expired.
    private final Map<String, Instant> closed = new HashMap<>();

    private record Session(Caller caller, Instant expires) {}

    public Sessions(ApiKeys keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /// Opens a session and returns its text, which says nothing of the key's secret.
    ///
    /// @throws IllegalStateException if the caller's key was revoked meanwhile
    public String open(Caller caller) {
        var bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        var said =
                caller.keyId()
                        + "."
                        + clock.instant().plus(LIFE).getEpochSecond()
                        + "."
                        + BASE64.encodeToString(bytes);
        var mark = keys.mark(caller.keyId(), said);
        if (mark == null) {
            throw new IllegalStateException("The key " + caller.keyId() + " is not in use.");
        }
        return said + "." + BASE64.encodeToString(mark);
    }

    /// Who signed in, or null when the session is none of ours, or over.
    public @Nullable Caller find(String text) {
        var session = read(text);
        return session == null || isClosed(text) ? null : session.caller;
    }

    /// Ends a session here. What is none does not matter.
    public synchronized void close(String text) {
        var session = read(text);
        if (session != null) {
            var now = clock.instant();
            closed.values().removeIf(expires -> !expires.isAfter(now));
            closed.put(text, session.expires);
        }
    }

    private synchronized boolean isClosed(String text) {
        return closed.containsKey(text);
    }

    private @Nullable Session read(String text) {
        var parts = text.split("\\.", -1);
        if (parts.length != PARTS) {
            return null;
        }
        var caller = keys.inUse(parts[0]);
        int markAt = text.lastIndexOf('.');
        var mark = keys.mark(parts[0], text.substring(0, markAt));
        if (caller == null || mark == null) {
            return null;
        }
        // As text: another writing of the same bytes would not be found among the closed ones.
        var right = BASE64.encodeToString(mark).getBytes(US_ASCII);
        if (!MessageDigest.isEqual(right, text.substring(markAt + 1).getBytes(US_ASCII))) {
            return null;
        }
        var expires = expires(parts[1]);
        return expires != null && expires.isAfter(clock.instant())
                ? new Session(caller, expires)
                : null;
    }

    private static @Nullable Instant expires(String epochSecond) {
        try {
            return Instant.ofEpochSecond(Long.parseLong(epochSecond));
        } catch (NumberFormatException | DateTimeException _) {
            return null;
        }
    }
}
