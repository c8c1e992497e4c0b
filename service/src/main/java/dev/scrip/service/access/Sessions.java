package dev.scrip.service.access;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// People who signed in to the pages with an API key. Kept in memory: a restart signs everyone out.
public final class Sessions {

    public static final Duration LIFE = Duration.ofHours(12);

    private static final int SESSIONS_MAX = 10_000;
    private static final int ID_BYTES = 32;

    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    /// In the order they were opened, which is the order they expire.
    private final Map<String, Session> sessions = new LinkedHashMap<>();

    private record Session(Caller caller, Instant expires) {}

    public Sessions(InstantSource clock) {
        this.clock = clock;
    }

    /// Opens a session and returns its id, 256 random bits that say nothing of the key.
    public synchronized String open(Caller caller) {
        var now = clock.instant();
        var oldest = sessions.entrySet().iterator();
        while (oldest.hasNext()
                && (!oldest.next().getValue().expires.isAfter(now)
                        || sessions.size() >= SESSIONS_MAX)) {
            oldest.remove();
        }
        var bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        var id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        sessions.put(id, new Session(caller, now.plus(LIFE)));
        return id;
    }

    /// Who signed in, or null when the session is unknown or over.
    public synchronized @Nullable Caller find(String id) {
        var session = sessions.get(id);
        return session != null && session.expires.isAfter(clock.instant()) ? session.caller : null;
    }

    public synchronized void close(String id) {
        sessions.remove(id);
    }
}
