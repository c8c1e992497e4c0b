package dev.scrip.ledger;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// What a request asked for, in 128 bits: the first half of the SHA-256 of its content.
///
/// Half is enough: a collision would only let a caller repeat a request of their own.
public record Fingerprint(long high, long low) {

    private static final MessageDigest SHA_256 = sha256();

    public static Fingerprint of(byte[] content) {
        try {
            // A copy of a digest is there at once; a new one is looked up among the providers.
            return of((MessageDigest) SHA_256.clone(), content);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("This platform's SHA-256 cannot be copied.", e);
        }
    }

    /// As [#of(byte\[\])], by a digest that belongs to the caller's thread.
    static Fingerprint of(MessageDigest sha256, byte[] content) {
        var hash = ByteBuffer.wrap(sha256.digest(content));
        return new Fingerprint(hash.getLong(), hash.getLong());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
