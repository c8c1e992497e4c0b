package dev.scrip.service.access;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Issues API keys and recognises them.
///
/// A key reads `sk_<workspace>_<id>_<secret>` and is shown once, when it is issued; only its hash
/// is kept. The lookup goes by the id, which is no secret, and the hash is compared in constant
/// time.
public final class ApiKeys {

    private final KeyStore store;
    private final InstantSource clock;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    /// Keys that came before, whole: hashing each time would be a tenth of what a charge costs.
    /// Only keys that were recognised get in, so nobody can fill it.
    private final Map<String, Caller> recognised = new ConcurrentHashMap<>();

    /// @param secret the whole key, to be shown once and then forgotten
    public record Issued(ApiKey key, String secret) {}

    private static final class Known {

        private final Caller caller;
        private final byte[] hash;

        Known(ApiKey key) {
            caller = key.caller();
            hash = HexFormat.of().parseHex(key.secretHash());
        }

        /// The caller, if the text is the whole key.
        @Nullable Caller recognise(String text) {
            return MessageDigest.isEqual(hash, ApiKeys.hash(text)) ? caller : null;
        }
    }

    public ApiKeys(KeyStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
        reload();
    }

    /// Takes in what another server issued and revoked since.
    public void reload() {
        var stored = new HashMap<String, Known>();
        for (var key : store.all()) {
            stored.put(key.id(), new Known(key));
        }
        known.keySet().retainAll(stored.keySet());
        known.putAll(stored);
        recognised.values().removeIf(caller -> !isInUse(caller));
    }

    /// Makes a new key, which works at once.
    public Issued issue(String workspace, Role role) {
        var text = KeyText.random(workspace);
        var key =
                new ApiKey(
                        KeyText.id(text),
                        workspace,
                        role,
                        HexFormat.of().formatHex(hash(text)),
                        clock.instant().truncatedTo(ChronoUnit.MICROS));
        store.add(key);
        known.put(key.id(), new Known(key));
        return new Issued(key, text);
    }

    /// Whose key this is, or null when it is none of ours.
    public @Nullable Caller recognise(String text) {
        var caller = recognised.get(text);
        if (caller == null) {
            caller = lookUp(text);
            if (caller != null) {
                recognised.put(text, caller);
                if (!isInUse(caller)) {
                    // Revoked meanwhile.
                    recognised.remove(text);
                    return null;
                }
            }
        }
        return caller;
    }

    private @Nullable Caller lookUp(String text) {
        var id = KeyText.idOrNull(text);
        var found = id == null ? null : known.get(id);
        return found == null ? null : found.recognise(text);
    }

    /// Whether a text, such as a URL, has a key in it.
    public static boolean isIn(String text) {
        return KeyText.isIn(text);
    }

    /// Takes a key of a workspace out of use, at once and for good. False when it has no such key.
    public boolean revoke(String workspace, String id) {
        var key = known.get(id);
        if (key == null || !key.caller.workspace().equals(workspace)) {
            return false;
        }
        store.remove(id);
        known.remove(id);
        recognised.values().removeIf(caller -> caller.keyId().equals(id));
        return true;
    }

    /// Whose key has this id, or null when none in use has.
    @Nullable Caller inUse(String id) {
        var key = known.get(id);
        return key == null ? null : key.caller;
    }

    /// A mark over a text that only who has the stored key can make: HMAC-SHA-256 with its hash.
    /// Null when no key in use has the id.
    byte @Nullable [] mark(String id, String text) {
        var key = known.get(id);
        return key == null ? null : mark(key.hash, text);
    }

    private static byte[] mark(byte[] secret, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(text.getBytes(ISO_8859_1));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256.", e);
        }
    }

    /// Whether the caller's key is still in use.
    public boolean isInUse(Caller caller) {
        return known.containsKey(caller.keyId());
    }

    /// The keys of a workspace, oldest first: those that work, as the store has them. A change
    /// whose answer was lost shows, and counts, from then on.
    public List<ApiKey> of(String workspace) {
        reload();
        return store.all().stream().filter(key -> key.workspace().equals(workspace)).toList();
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(ISO_8859_1));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
